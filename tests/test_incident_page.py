"""The page of an incident: its timeline, its models by region, the days between regions, its completion."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from evidence.models import Source
from evidence.partial_dates import PartialDate
from tests import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def crisis():
    return factory.incident("Crisis", published=True, slug="crisis", company=factory.company("Anker"))


def notice(crisis, region_code, announced, *models, units=None, **fields):
    """A published batch of the incident, announced on a day, with products of these models."""
    fields = {"published": True, "incident": crisis, "announced_on": date.fromisoformat(announced), **fields}
    batch = factory.batch(f"Batch of {announced}", region_code, units=units, **fields)
    for model in models:
        factory.recalled_product(batch, factory.product_model(model))
    return batch


def day(text):
    return PartialDate.parse(text)


def blame(crisis, company, *models, **fields):
    fields = {"text": "bad cells", "grade": "alleged", **fields}
    cause = crisis.rootcauses.create(attributed_to=company, **fields)
    cause.product_models.set(models)
    factory.cite(cause)
    return cause


def shown(client, query=""):
    return client.get(f"/incidents/crisis/{query}")


def dated(page):
    return [(str(entry.when), entry.kind.value) for entry in page.context["timeline"].dated]


def section(page, name):
    return page.text.split(f'id="{name}"')[1].split("<h2")[0]


@pytest.fixture
def dated_records(crisis):
    """One of each kind that the timeline holds, but for an agreement."""
    apex, batch = factory.company("Apex"), notice(crisis, "CN", "2025-06-20")
    notice(crisis, "US", "2025-09-18", expands=batch)
    batch.progress.create(as_of=date(2025, 9, 25), rate_pct=78.7, grade="official", source=factory.source())
    blame(crisis, apex)
    factory.certificate(apex, changed_on=day("2025-06"), published=True)
    factory.claim(apex, said_on=day("2025-06-20"), published=True)
    crisis.events.create(text="found", kind="discovery", grade="company", happened_on=day("2025-06"))
    crisis.impacts.create(text="gone", kind="channel", grade="company", happened_on=day("2025"))
    crisis.measures.create(text="audit", grade="company", happened_on=day("2025-06-21"))


@pytest.mark.usefixtures("dated_records")
def test_the_timeline_merges_all_that_is_dated_by_first_day_then_kind(client):
    assert dated(shown(client)) == [
        ("2025", "impact"),
        ("2025-06", "event"),
        ("2025-06", "certificate"),
        ("2025-06-20", "notice"),
        ("2025-06-20", "claim"),
        ("2025-06-21", "measure"),
        ("2025-09-18", "expansion"),
        ("2025-09-25", "progress"),
    ]


def test_an_agreement_stands_at_each_of_its_dates_with_whom_it_replaces(client, crisis):
    notice(crisis, "CN", "2025-06-20")
    dates = {"announced_on": day("2025-06-25"), "ended_on": day("2026")}
    factory.agreement(
        factory.company("ATL"), crisis.company, replaces=factory.company("Apex"), published=True, **dates
    )
    page = shown(client)
    assert dated(page)[1:] == [("2025-06-25", "supplier"), ("2026", "supplier")]
    assert re.search(r"from <a[^>]*>ATL</a> in the place of <a[^>]*>Apex</a>, announced", page.text)


def test_what_has_no_date_is_listed_apart(client, crisis):
    notice(crisis, "CN", "2025-06-20")
    blame(crisis, factory.company("Apex"))
    factory.claim(factory.company("Apex"), "an open word", published=True)
    crisis.measures.create(text="audits", category="suppliers", grade="company")
    assert [entry.kind for entry in shown(client).context["timeline"].undated] == ["claim", "measure"]
    assert "an open word" in section(shown(client), "timeline").split("No date stated")[1]


def test_claims_about_companies_that_no_cause_names_stay_away(client, crisis):
    notice(crisis, "CN", "2025-06-20")
    factory.claim(factory.company("Stranger"), "a word about a stranger", published=True)
    assert "stranger" not in shown(client).text.lower()


def test_the_timeline_can_show_some_kinds_only(client, crisis):
    batch = notice(crisis, "CN", "2025-06-20")
    batch.progress.create(as_of=date(2025, 9, 25), rate_pct=78.7, grade="official", source=factory.source())
    crisis.events.create(text="x", kind="supply", grade="company", happened_on=day("2025"))
    page = shown(client, "?timeline=notice&timeline=progress&timeline=")
    assert dated(page) == [("2025-06-20", "notice"), ("2025-09-25", "progress")]
    assert page.text.count(" checked>") == 2
    assert page.context["timeline"].kinds == [("notice", 1), ("event", 1), ("progress", 1)]


@pytest.mark.parametrize("kind", ["nothing", "%00", "%3Cscript%3E", "x" * 3000])
def test_an_unknown_kind_is_refused_with_a_sentence_and_no_entries(client, crisis, kind):
    notice(crisis, "CN", "2025-06-20")
    page = shown(client, f"?timeline={kind}")
    assert page.status_code == 200
    assert "is no kind of entry: choose of the list." in page.text
    assert '<ol class="timeline">' not in page.text and "<script>" not in page.text


def test_progress_on_the_timeline_says_when_its_denominator_is_not_stated(client, crisis):
    batch = notice(crisis, "CN", "2025-06-20")
    row = {"as_of": date(2025, 9, 25), "grade": "official", "source": factory.source()}
    batch.progress.create(rate_pct="78.7", returned=565_000, **row)
    assert "78.7\u00a0% complete, 565,000 returned, denominator not stated" in shown(client).text


def test_every_entry_has_its_grade_and_its_source(client, crisis):
    notice(crisis, "CN", "2025-06-20", units=10)
    cited = factory.source(title="The report")
    event = crisis.events.create(text="x", kind="supply", grade="company", happened_on=day("2025"))
    factory.cite(event, source=cited)
    page = shown(client)
    assert re.search(r'grade-company">company</span> <sup class="cite"><a href="#source-2"', page.text)
    assert page.text.split('id="source-2"')[1].split("</li>")[0].count("The report") == 1


@pytest.mark.parametrize(("most", "is_shown"), [(2, True), (1, False)])
def test_more_models_than_a_table_holds_are_named_as_too_many(client, crisis, monkeypatch, most, is_shown):
    for module in ("incident_records", "incident_view"):
        monkeypatch.setattr(f"recalls.{module}.MOST_LINES", most)
    notice(crisis, "US", "2025-06-12", "A1263", "A1647")
    page = shown(client)
    assert ("matrix" in page.context) == is_shown
    assert (f"More than {most} recalled products: too many for one table." in page.text) != is_shown


def test_a_model_recalled_in_one_region_only_is_a_gap_in_the_other(client, crisis):
    notice(crisis, "CN", "2025-06-20", "A1680", "A1681")
    notice(crisis, "CA", "2025-06-27", "A1681")
    page = shown(client)
    gaps = [[cell.is_gap for cell in row.cells] for row in page.context["matrix"].rows]
    assert gaps == [[True, False], [False, False]]
    assert "1 of 4 pairs of a model and a region are gaps" in page.text
    assert section(page, "matrix").count('<td class="gap">no recall known here</td>') == 1


def test_a_model_that_only_a_cause_names_has_a_row_of_gaps(client, crisis):
    notice(crisis, "CN", "2025-06-20", "A1681")
    blame(crisis, None, factory.product_model("A1642"))
    assert [row.model.model_number for row in shown(client).context["matrix"].rows] == ["A1642", "A1681"]
    assert shown(client).context["matrix"].gaps == 1


def test_a_cell_states_the_models_own_units_or_the_batch_it_is_in(client, crisis):
    batch = notice(crisis, "JP", "2025-06-26", "A1647", units=416_789)
    factory.recalled_product(batch, factory.product_model("A1257"), units=401_771)
    notice(crisis, "US", "2025-06-12", "A1263", units=1_158_000)
    notice(crisis, "CN", "2025-06-20", "A1680")
    table = re.sub(r"<[^>]+>", "", section(shown(client), "matrix"))
    for words in ("in a batch of 416,789", "401,771 units", "1,158,000 units", "units not stated"):
        assert words in table
    assert "in a batch of 1,158,000" not in table


def test_a_recall_outside_the_incident_is_no_gap(client, crisis):
    notice(crisis, "CN", "2025-06-20", "A1680")
    notice(crisis, "CA", "2025-06-27", "A1681")
    notice(None, "CA", "2024-01-01", "A1680")
    page = shown(client)
    assert page.context["matrix"].gaps == 1
    assert section(page, "matrix").count("outside this incident") == 1


def test_elsewhere_is_no_place_for_a_gap(client, crisis):
    factory.REGIONS["ZZ"] = ("Elsewhere, not named", "")
    notice(crisis, "CN", "2025-06-20", "A1680")
    notice(crisis, "ZZ", "2025-06-20", "A1681")
    matrix = shown(client).context["matrix"]
    assert (matrix.gaps, matrix.pairs) == (1, 2)


def test_intervals_run_from_the_first_notice_of_a_region_to_that_of_the_next(client, crisis):
    for region, announced in [
        ("CN", "2024-09-30"),
        ("US", "2024-10-17"),
        ("CN", "2025-06-20"),
        ("JP", "2025-06-26"),
    ]:
        notice(crisis, region, announced, "A1647")
    steps = [
        (step.start.batch.region.code, step.end.batch.region.code, step.days)
        for step in shown(client).context["intervals"]
    ]
    # To the end of October 14 days, then 30, 31, 31, 28, 31, 30 and 31, and 26 of June.
    assert steps == [("CN", "US", 17), ("US", "JP", 252)]


@pytest.mark.parametrize(
    ("units", "in_scope", "words"),
    [
        (712_964, None, "denominator not stated: not compared"),
        (416_789, 416_789, "of 416,789, all units stated for the batch"),
        (416_789, 400_000, "of 400,000, where 416,789 are stated for the batch"),
        (None, 400_000, "<td>of 400,000</td>"),
    ],
)
def test_a_completion_names_its_denominator(client, crisis, units, in_scope, words):
    batch = notice(crisis, "JP", "2025-06-26", units=units)
    row = {"as_of": date(2025, 10, 27), "rate_pct": "47.8", "grade": "official", "source": factory.source()}
    batch.progress.create(in_scope=in_scope, **row)
    assert words in section(shown(client), "completion")


def test_completions_of_a_batch_stand_by_product_then_day(client, crisis):
    batch = notice(crisis, "JP", "2025-10-21")
    later, first = (factory.recalled_product(batch, factory.product_model(m), units=90) for m in ("B", "A"))
    for line, number in [(later, 7), (first, 8), (first, 7)]:
        row = {"as_of": date(2026, 1, number), "rate_pct": 33, "in_scope": 90, "grade": "official"}
        batch.progress.create(recalled_product=line, source=factory.source(), **row)
    rows = [shown.row for shown in shown(client).context["completions"]]
    assert [(str(row.recalled_product.product_model), row.as_of.day) for row in rows] == [
        ("A", 7),
        ("A", 8),
        ("B", 7),
    ]
    assert "of 90, all units stated for the model" in section(shown(client), "completion")


def test_a_cause_says_who_states_it_of_whom_and_what_was_answered(client, crisis):
    notice(crisis, "CN", "2025-06-20")
    apex = factory.company("Apex")
    blame(crisis, apex, factory.product_model("A1681"))
    said = {"answer": "no comment", "answer_by": crisis.company, "answer_text": "would not confirm it"}
    factory.claim(apex, "it made the cells", published=True, said_by="the press", **said)
    causes = re.sub(r"<[^>]+>|\s+", " ", section(shown(client), "causes"))
    for words in ("Said by CPSC", "said of Apex", "A1681", "said by the press", "Anker gave no comment"):
        assert words in re.sub(r"\s+", " ", causes)


def test_a_cause_that_nobody_answered_says_so(client, crisis):
    notice(crisis, "CN", "2025-06-20")
    blame(crisis, factory.company("Apex"))
    assert "What was answered is not stated" in shown(client).text


def test_an_alleged_part_of_any_kind_is_worded_so(client, crisis):
    notice(crisis, "CN", "2025-06-20")
    crisis.measures.create(text="they shredded it", category="papers", grade="alleged")
    assert shown(client).text.count("; answer not stated: they shredded it") == 2


@pytest.fixture
def drafts(crisis):
    """Drafts beside a published batch, each with the marker word, all from sources of June 2025."""
    notice(crisis, "CN", "2025-06-20", "A1680")
    apex = factory.company("Apex")
    blame(crisis, apex)
    draft = notice(crisis, "JP", "2025-06-21", "MARKER", "A1680", published=False, note="marker")
    factory.cite(draft, source=factory.source(title="Marker source"))
    draft.progress.create(as_of=date(2025, 6, 22), rate_pct=1, grade="official", source=factory.source())
    notice(crisis, "CN", "2025-06-22", expands=draft)
    for record in (
        factory.claim(apex, "a marker claim"),
        factory.certificate(apex, scheme="Marker"),
        factory.agreement(factory.company("Marker Co"), crisis.company, replaces=apex),
    ):
        factory.cite(record)
    Source.objects.update(published_on=day("2025-06"))


@pytest.mark.usefixtures("drafts")
@pytest.mark.parametrize("query", ["", "?as_of=2025-06-30"])
def test_no_draft_shows_anywhere_on_the_page(client, query):
    page = shown(client, query)
    assert "marker" not in page.text.lower()
    assert dated(page) == [("2025-06-20", "notice"), ("2025-06-22", "notice")]
    assert [region.code for region in page.context["matrix"].regions] == ["CN"]
    assert not page.context["intervals"] and not page.context["completions"]


def test_an_incident_with_one_batch_alone_has_a_page_without_empty_tables(client, crisis):
    notice(crisis, "CN", "2025-06-20")
    page = shown(client)
    assert page.status_code == 200
    for name in ("matrix", "intervals", "completion", "causes"):
        assert f'id="{name}"' not in page.text


@pytest.mark.parametrize("query", ["", "?as_of=2025-12-31", "?timeline=notice"])
def test_queries_do_not_grow_with_rows(client, crisis, query):
    grow(crisis, 1)
    with CaptureQueriesContext(connection) as few:
        assert shown(client, query).status_code == 200
    for number in range(2, 6):
        grow(crisis, number)
    with CaptureQueriesContext(connection) as many:
        assert shown(client, query).context["totals"].batches == 10
    assert len(many) == len(few)


def grow(crisis, number):
    """One more of everything that the page lists, from sources of 2025."""
    june, supplier = day("2025-06"), factory.company(f"Maker {number}")
    first = notice(crisis, "CN", f"2025-06-0{number}", f"A{number}", "B", units=10)
    second = notice(crisis, "US", f"2025-07-0{number}", f"A{number}", "B", units=10, expands=first)
    row = {"as_of": date(2025, 9, 1), "rate_pct": 1, "grade": "official"}
    line = first.products.first()
    first.progress.create(recalled_product=line, source=factory.source(published_on=june), **row)
    second.progress.create(source=factory.source(published_on=june), **row)
    blame(crisis, supplier, line.product_model)
    factory.claim(supplier, said_on=june, published=True)
    factory.certificate(supplier, changed_on=june, published=True)
    factory.agreement(supplier, crisis.company, announced_on=june, published=True)
    factory.cite(crisis.events.create(text="x", kind="supply", grade="company", happened_on=june))
    factory.cite(crisis.impacts.create(text="x", kind="channel", grade="company", happened_on=june))
    factory.cite(crisis.measures.create(text="x", grade="company", happened_on=june))
    Source.objects.update(published_on=june)


def priced(crisis, region_code, units, price):
    fields = {"price_low": price, "price_high": price, "price_currency": "CNY", "price_grade": "official"}
    return notice(crisis, region_code, "2025-06-12", units=units, **fields)


def test_the_page_says_what_full_refunds_would_cost_in_the_currency_asked_for(client, crisis):
    priced(crisis, "CN", 100, 20)
    priced(crisis, "JP", 50, 10)
    page = shown(client, "?currency=cny")
    assert (page.context["exposure"].low, page.context["exposure"].estimated) == (2500, 2)
    assert "CNY\u00a02,500" in page.text


def test_a_currency_without_a_rate_is_refused_with_a_sentence(client, crisis):
    priced(crisis, "CN", 100, 20)
    page = shown(client, "?currency=TWD").text
    assert "The European Central Bank quotes no rate for “TWD”." in page
    assert "2,000" not in page


def test_a_headline_typed_on_the_page_is_reconciled_with_its_batches(client, crisis):
    notice(crisis, "CN", "2025-06-12", units=100)
    notice(crisis, "JP", "2025-06-13", units=50)
    notice(crisis, "US", "2025-06-14", units=7)
    [group] = shown(client, "?headline=150+units").context["reconciler"]["groups"]
    [found] = group["sets"]
    assert {batch.region.code for batch, _ in found["parts"]} == {"CN", "JP"}


def test_a_scenario_in_the_address_stands_beside_the_full_refund(client, crisis):
    priced(crisis, "CN", 100, 20)
    page = shown(client, "?currency=CNY&share=30").text
    assert "CNY\u00a0600" in page
    assert "CNY\u00a02,000" in page


def test_measures_and_phases_say_how_far_they_have_come(client, crisis):
    notice(crisis, "CN", "2025-06-20")
    crisis.measures.create(text="a listing", category="capital", grade="reported", state="planned")
    crisis.measures.create(text="new audits", category="supply", grade="reported")
    crisis.recoveryphases.create(
        order=1, name="contain", text="calm", tasks=["x"], grade="estimated", state="under way"
    )
    page = re.sub(r"<[^>]+>|\s+", " ", shown(client).text)
    page = re.sub(r"\s+", " ", page)
    assert "Capital , planned, date not stated: a listing" in page
    assert "Supply , state not stated , date not stated: new audits" in page
    assert "under way · Time given" in page


def test_a_state_is_one_of_the_list(crisis):
    with pytest.raises(IntegrityError, match="measure_state_listed"), transaction.atomic():
        crisis.measures.create(text="x", category="x", grade="reported", state="nearly")
