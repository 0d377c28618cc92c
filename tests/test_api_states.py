"""JSON of records by grade and as of a day: the same figures as the page, which links it, and nothing that it hides."""

from urllib.parse import urlsplit

import pytest

from tests import factory

pytestmark = pytest.mark.django_db
SURE = "grade=official&grade=company"


@pytest.fixture
def anker(client):
    """The JSON of Anker's incident in the sample data."""
    return lambda query, status=200: get(client, f"/incidents/anker-2025/?{query}", status)


def get(client, address, status=200):
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == status, answer.content
    return answer.json()


def linked(client, page):
    """The JSON that a page links in its head and in its text, which must be one."""
    text = client.get(page).text
    address = text.split('<link rel="alternate" type="application/json" href="')[1].split('"')[0]
    assert f'<a href="{address}">' in text
    return client.get(address.replace("&amp;", "&")).json()


@pytest.fixture
def batch():
    """100 units reported, one line of them, one progress reported and one official."""
    batch = factory.batch(published=True, slug="us-1", units=100, incident=factory.incident(published=True))
    factory.recalled_product(batch, factory.product_model("A1"), units=40)
    batch.products.update(units_grade="reported")
    factory.cite(batch, figure="units", stated_low=98, stated_high=98, stance="contradicts")
    type(batch).objects.filter(pk=batch.pk).update(units_grade="reported")
    return batch


def test_the_parts_of_a_record_have_the_grades_of_its_page(client, batch):
    everything, sure = get(client, "/recalls/us-1/"), linked(client, f"/recalls/us-1/?{SURE}")
    assert [line["units_low"] for line in everything["products"]] == [40]
    assert [(line["units_low"], line["units_grade"]) for line in sure["products"]] == [(None, None)]
    assert (everything["record"]["units_low"], sure["record"]["units_low"]) == (100, None)


def test_a_hidden_figure_is_not_told_by_its_citations(client, batch):
    stated = {row["figure"] for row in get(client, "/recalls/us-1/")["record"]["citations"]}
    hidden = get(client, f"/recalls/us-1/?{SURE}")["record"]["citations"]
    in_list = get(client, f"/recalls/?grade=reported&{SURE}")["results"][0]["citations"]
    assert (stated, {row["figure"] for row in hidden}) == ({"units", None}, {None})
    assert "units" in {row["figure"] for row in in_list}


@pytest.mark.parametrize("address", ["/recalls/", "/incidents/"])
@pytest.mark.usefixtures("sample_data")
def test_a_list_hides_the_figures_that_its_page_hides(client, address):
    query = "?grade=estimated&currency=EUR"
    page = client.get(f"{address}{query}").context["records"].page.object_list
    shown = {row.slug: (row.units_low, row.exposure_low and f"{row.exposure_low:f}") for row in page}
    rows = get(client, f"{address}{query}")["results"]
    assert {row["slug"]: (row["units_low"], row["exposure_low"]) for row in rows} == shown
    assert {units for units, _ in shown.values()} == {None}  # units are all official or reported


def test_claims_of_other_grades_are_left_out_and_counted(client):
    company = factory.company("A maker", slug="a-maker")
    factory.claim(about=company, text="said", grade="alleged", published=True)
    factory.claim(about=company, text="shown", grade="official", published=True)
    factory.claim(about=company, text="a draft", grade="reported")
    told = linked(client, "/suppliers/a-maker/?grade=official")
    assert ([claim["text"] for claim in told["claims"]], told["left_out"]["claims"]) == (["shown"], 1)
    assert len(get(client, "/suppliers/a-maker/")["claims"]) == 2


@pytest.mark.parametrize("address", ["/suppliers/apex/", "/products/a1263/", "/sources/cpsc_25338/"])
@pytest.mark.usefixtures("sample_data")
def test_other_records_take_the_grades_of_their_page(client, address):
    everything, none = get(client, address), linked(client, f"{address}?grade=inferred")
    hidden = {name: len(everything[name]) - len(none[name]) for name in none["left_out"]}
    assert hidden == none["left_out"]
    assert sum(hidden.values()) > 0


@pytest.mark.parametrize("address", ["/incidents/anker-2025/", "/suppliers/apex/", "/sources/cpsc_25338/"])
@pytest.mark.usefixtures("sample_data")
def test_an_unknown_grade_is_refused_with_the_sentence_of_the_page(client, address):
    errors = get(client, f"{address}?grade=sure", 400)["errors"]
    said = "“sure” is no grade: choose of official, company, reported, estimated, alleged, inferred."
    assert errors == [f"grade: {said}"]
    page = client.get(f"{address}?grade=sure").text
    assert said in page and "application/json" not in page


@pytest.mark.usefixtures("sample_data")
def test_units_as_of_a_day_are_those_of_the_page(client, anker):
    # 1,158,000 + 712,964 + 416,789 + 11,985 + 4,501 + 2,100 by then, as in test_as_of_sample_data.
    record = linked(client, "/incidents/anker-2025/?as_of=2025-06-30")["record"]
    assert (record["batches"], record["units_low"], record["units_high"]) == (6, 2_306_339, 2_306_339)
    assert anker("as_of=2025-06-21")["record"]["units_low"] == 1_164_601


@pytest.mark.parametrize("day", ["2025-06-21", "2025-06-30", "2025-09-25", "2025-10-28"])
@pytest.mark.usefixtures("sample_data")
def test_the_exposure_as_of_a_day_is_that_of_the_page(client, anker, day):
    query = f"as_of={day}&{SURE}&currency=EUR"
    shown = client.get(f"/incidents/anker-2025/?{query}").context
    told, exposure = anker(query)["record"], shown["exposure"]
    assert told["exposure_low"] == (exposure.low and f"{exposure.low:f}")
    assert (told["units_low"], told["batches"]) == (shown["totals"].units.low, shown["totals"].batches)
    assert told["exposure_estimated"] == exposure.estimated


@pytest.mark.usefixtures("sample_data")
def test_batches_as_of_a_day_are_those_of_the_page(client, anker):
    batches = anker("as_of=2025-06-21")["batches"]
    assert [(row["slug"], row["units_low"]) for row in batches] == [
        ("cn-2025", None),  # its number is of the 22nd
        ("us-a1263", 1_158_000),
        ("us-25011", 2_100),
        ("cn-2024", 4_501),
    ]
    assert {row["amount_low"] for row in batches} == {None}  # by an undated source


@pytest.mark.usefixtures("sample_data")
def test_no_later_source_and_no_later_part_is_told(anker):
    told = anker("as_of=2025-06-30")
    parts = [row for name in ("batches", "rootcauses", "events") for row in told[name]]
    cited = {citation["source"] for row in parts for citation in row["citations"]}
    june = {"cpsc_25338", "focustaiwan", "caac", "yahoo_jp", "cp24", "cqc", "nfnews", "scmp_atl"}
    assert cited <= {"hunan_2024", "cpsc_25011", "qq"} | june
    assert [row["text"].split()[0] for row in told["rootcauses"]] == ["unapproved", "the", "weak"]
    assert (told["measures"], told["analyses"], told["record"]["note"]) == ([], [], None)


@pytest.mark.usefixtures("sample_data")
def test_the_sources_that_do_not_count_for_a_day_are_counted_as_on_its_page(client, anker):
    # Nine undated and eight later ones, named in test_as_of_sample_data.
    assert anker("as_of=2025-06-30")["sources_left_out"] == {"undated": 9, "later": 8}
    shown = client.get("/incidents/anker-2025/?as_of=2025-10-01").context["left_out"]
    assert anker("as_of=2025-10-01")["sources_left_out"] == shown
    assert anker("")["sources_left_out"] is None


def test_only_what_has_days_counts_the_sources_that_they_leave_out(client, batch):
    assert "sources_left_out" not in get(client, "/recalls/us-1/")


@pytest.mark.usefixtures("sample_data")
def test_before_everything_nothing_is_known_and_no_batch_counts(anker):
    told = anker("as_of=2023-01-01")
    record = told["record"]
    assert (record["units_low"], record["exposure_low"], record["opened_on"]) == (None, None, None)
    assert (record["batches"], record["without_exposure"], told["batches"]) == (0, 0, [])


@pytest.mark.parametrize("day", ["2025-13-01", "tomorrow", "2025-06", "10000-01-01"])
@pytest.mark.usefixtures("sample_data")
def test_a_bad_day_is_refused_with_the_sentence_of_the_page(client, anker, day):
    assert anker(f"as_of={day}", 400)["errors"] == ["as_of: Write the day as 2025-06-30."]
    assert "application/json" not in client.get(f"/incidents/anker-2025/?as_of={day}").text


def test_only_pages_with_a_day_take_one(client, batch):
    assert (
        "as_of: There is no such parameter" in get(client, "/recalls/us-1/?as_of=2025-06-30", 400)["detail"]
    )


def test_drafts_never_leak_into_a_day(client, batch):
    factory.batch(incident=batch.incident, units=7, slug="a-draft")
    told = get(client, f"/incidents/{batch.incident.slug}/?as_of=9999-12-31")
    assert ([row["slug"] for row in told["batches"]], told["record"]["batches"]) == (["us-1"], 1)


def test_what_is_asked_again_in_a_state_is_304(client, batch):
    address = f"/api/v1/incidents/{batch.incident.slug}/?as_of=2025-06-30&grade=official"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_the_page_of_an_answer_shows_the_same(client, batch):
    page = urlsplit(get(client, f"/recalls/us-1/?{SURE}")["page"])
    assert (page.path, page.query) == ("/recalls/us-1/", SURE)
