"""The page of Anker's incident as of a day, worked out by hand from the sample data.

The days of the sources of Anker's incident up to the end of June 2025: hunan_2024 2024-09-30, cpsc_25011 2024-10-17,
qq 2025-05-27, cpsc_25338 2025-06-12, focustaiwan 06-22, caac and yahoo_jp 06-26, cp24 06-28, cqc and nfnews 06-30,
scmp_atl June 2025. Nine have no date, ginlix among them, on which every sales amount rests.
"""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]


@pytest.fixture
def anker(client):
    """Ask for the page of Anker's incident as of a day."""
    return lambda day: client.get(f"/incidents/anker-2025/?as_of={day}")


def parts(page, name):
    return [str(part) for part in getattr(page.context["incident"], name).all()]


def test_a_batch_shows_if_it_was_announced_by_then(anker):
    slugs = [batch.slug for batch in anker("2025-06-30").context["batches"]]
    assert slugs == ["ca-2025", "jp-2025-06", "cn-2025", "us-a1263", "us-25011", "cn-2024"]


def test_units_are_totalled_as_far_as_a_source_by_then_states_them(anker):
    # 1,158,000 + 712,964 + 416,789 + 11,985 + 4,501 + 2,100; the Japanese by yahoo_jp, livedoor being of October.
    totals = anker("2025-06-30").context["totals"]
    assert (totals.units.low, totals.units.high, totals.without_units) == (2_306_339, 2_306_339, 0)


def test_an_amount_that_only_an_undated_source_states_is_not_yet_stated(anker):
    page = anker("2025-06-30")
    assert (page.context["totals"].amounts, page.context["totals"].without_amount) == ({}, 6)
    assert page.text.count('<span class="unknown">not yet stated</span>') == 6
    assert "Ginlix" not in page.text and "CNY\u00a0" not in page.text


def test_a_batch_whose_number_came_later_shows_without_it(anker):
    # Announced in China on the 20th, its 712,964 first stated by focustaiwan on the 22nd: 1,158,000 + 4,501 + 2,100.
    page = anker("2025-06-21")
    totals = page.context["totals"]
    assert (totals.batches, totals.units.low, totals.without_units) == (4, 1_164_601, 1)
    assert "712,964" not in page.text and "712,964" in anker("2025-06-22").text


def test_a_part_shows_if_a_source_by_then_speaks_of_it(anker):
    page = anker("2025-06-30")
    causes = parts(page, "rootcauses")
    assert [cause.split()[0] for cause in causes] == ["unapproved", "the", "weak"]  # jp_1021 is of October
    assert [factor.category for factor in page.context["incident"].contributingfactors.all()] == [
        "quality system"  # by qq; the two others rest on undated sources
    ]
    assert [event[:3] for event in parts(page, "events")] == ["CQC", "par", "Chi", "ove"]


@pytest.mark.parametrize("name", ["impacts", "measures", "recoveryphases", "financialindicators", "analyses"])
def test_no_part_shows_that_rests_on_undated_and_later_sources_alone(anker, name):
    assert parts(anker("2025-06-30"), name) == []


def test_what_is_said_of_suppliers_shows_if_it_was_published_by_then(anker):
    # scmp_atl and cqc are in; aicnbc (3C certificates, two claims) and zhiwei (two claims) have no date.
    timeline = anker("2025-06-30").context["timeline"]
    assert [(kind.value, count) for kind, count in timeline.kinds] == [
        ("notice", 6),
        ("event", 4),
        ("supplier", 3),
        ("certificate", 1),
        ("claim", 1),
    ]
    assert [str(entry.record) for entry in timeline.undated] == [
        "Anker Innovations buys cells from Apex Wuxi"
    ]


def test_a_source_of_a_month_counts_from_its_last_day(anker):
    # Only scmp_atl, of June 2025, names Apex Wuxi by then; cqc's event calls it the cell maker.
    assert "Apex" not in anker("2025-06-29").text
    assert "Apex" in anker("2025-06-30").text


def test_the_matrix_has_the_models_and_regions_of_that_day(anker):
    # A1263 US; A1257 CN JP; A1642 and A1652 CN JP US; A1647 all four; A1680 CN; A1681 and A1689 CA CN: 18 of 8 × 4.
    matrix = anker("2025-06-30").context["matrix"]
    assert (len(matrix.rows), len(matrix.regions), matrix.gaps) == (8, 4, 14)


def test_of_now_three_more_models_and_two_more_batches_fill_seven_more_cells(client):
    # A1263 in Japan, A1257, A1681 and A1689 in the United States, three speakers in Japan: 25 of 11 × 4.
    matrix = client.get("/incidents/anker-2025/").context["matrix"]
    assert (len(matrix.rows), matrix.gaps) == (11, 19)


@pytest.mark.parametrize(
    ("day", "rates"),
    [
        ("2025-09-24", []),
        ("2025-09-25", ["78.70"]),
        ("2025-10-27", ["78.70"]),
        ("2025-10-28", ["47.80", "78.70"]),
    ],
)
def test_progress_shows_when_it_was_made_and_published(anker, day, rates):
    # The Chinese 78.7 % is of the day of its source; the Japanese 47.8 % of 2025-10-27 was published a day later.
    assert [str(shown.row.rate_pct) for shown in anker(day).context["completions"]] == rates


def test_the_banner_counts_the_sources_that_are_left_out(anker):
    # Undated: aicnbc, ginlix, ifeng, kr36, mediawall, pingwest, sushuapos, unbox, zhiwei. Later: cpsc_25466, fortune,
    # itmedia, jp_1021, livedoor, reportify, samr_0925, sina.
    page = anker("2025-06-30")
    assert page.context["left_out"] == {"undated": 9, "later": 8}
    assert "As of 2025-06-30." in page.text and 'href="?"' in page.text
    assert "9 sources without a date are left out" in page.text


def test_the_sources_of_the_page_were_all_published_by_then(anker):
    sources = {entry.source.slug for entry in anker("2025-06-30").context["bibliography"]}
    june = {"cpsc_25338", "focustaiwan", "caac", "yahoo_jp", "cp24", "cqc", "nfnews", "scmp_atl"}
    assert sources == {"hunan_2024", "cpsc_25011", "qq"} | june


def test_before_everything_the_page_says_so(anker):
    page = anker("2023-01-01")
    assert page.status_code == 200
    assert "Nothing was published by then." in page.text
    assert "first announced" not in page.text and "<table" not in page.text


@pytest.mark.parametrize(
    "day", ["2025-13-01", "2025-02-30", "tomorrow", "2025-06", "0", "%00", "9" * 3000, "10000-01-01"]
)
def test_a_bad_day_is_refused_with_a_sentence_and_no_figures(anker, day):
    page = anker(day)
    assert page.status_code == 200
    assert "Write the day as 2025-06-30." in page.text
    assert "<table" not in page.text and "totals" not in page.context


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are_have_a_page(anker, day):
    assert anker(day).status_code == 200


def test_an_empty_day_is_now(anker):
    page = anker("")
    assert page.context["as_of"] is None
    assert "As of" not in page.text.split('id="completion"')[0]
