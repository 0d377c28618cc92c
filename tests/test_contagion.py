"""The contagion view: whose cells are where, each step counted once and only as far as it is stated."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from recalls.contagion.list import ContagionList
from recalls.contagion.reach import reach
from recalls.contagion.rows import contagion
from recalls.models import ExchangeRate, RootCause
from suppliers.models import Company
from tests import factory

pytestmark = pytest.mark.django_db
PAGE = "/suppliers/apex/contagion/"


@pytest.fixture
def apex():
    return factory.company("Apex", slug="apex")


@pytest.fixture
def link(apex):
    """A function that links a model to Apex by a published cell source."""

    def make(model_number="A1", brand="Anker", **fields):
        model = factory.product_model(model_number, company=factory.company(brand), slug=model_number.lower())
        factory.cell_source(model, apex, published=True, **fields)
        return model

    return make


def recall(model, title="A recall", units=None, others=(), own=None, **fields):
    """A published batch of a model and perhaps others; `units` are the batch's, `own` the model's."""
    batch = factory.batch(title, published=True, units=units, **fields)
    for each in (model, *others):
        factory.recalled_product(batch, each, units=own if each == model else None)
    return batch


def steps(query=""):
    """What each standing that has links comes to, at an address that ends in this query."""
    shown = ContagionList(Company.objects.get(slug="apex"), QueryDict(query))
    assert not shown.errors
    return {str(each.standing): each for each in shown.totals}


def units(reach):
    return reach.units.low, reach.units.high


def rows(client, query="", page=PAGE):
    response = client.get(f"{page}?export=csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def test_each_step_is_counted_once(link):
    one, two = link("A1", brand="Anker"), link("B2", brand="Baseus")
    recall(one, units=10, region_code="US")
    recall(one, units=5, region_code="CN", others=[two], own=4)
    known = steps()["known"].reach
    assert (known.models, known.brands, known.batches, known.regions) == (2, 2, 2, 2)
    assert (units(known), known.stated, known.up_to) == ((14, 14), 2, 1)


def test_a_model_linked_twice_counts_once(client, apex, link):
    model = link(basis="teardown", grade="reported")
    cell = factory.cell(apex, "21700")
    factory.cell_source(model, apex, published=True, basis="company statement", grade="company", cell=cell)
    recall(model, units=10)
    known = steps()["known"].reach
    assert (known.models, known.cells, known.batches, units(known)) == (1, 1, 1, (10, 10))
    assert len(rows(client)) == 2


def test_a_total_is_as_weak_as_its_weakest_figure_or_link(apex, link):
    model = link(grade="reported", basis="teardown")
    recall(model, units=10)
    assert steps()["known"].reach.units.grade == "reported"
    factory.cell_source(model, apex, published=True, grade="official", basis="regulator")
    assert steps()["known"].reach.units.grade == "official"


def test_an_open_number_leaves_the_total_open(link):
    model = link()
    recall(model, units=10)
    recall(model, units_low=100, units_precision="at_least", units_grade="official")
    assert units(steps()["known"].reach) == (110, None)


def test_up_to_is_never_added(link):
    model = link()
    recall(model, units=10)
    recall(model, "Seven models", units=700, others=[factory.product_model("B")])
    known = steps()["known"]
    assert (units(known.reach), known.reach.up_to) == ((10, 10), 1)
    assert [(line.batch.title, line.up_to_high) for line in known.up_to] == [("Seven models", 700)]


def test_a_batch_counted_in_another_of_the_same_set_is_left_out(link):
    model = link()
    whole = recall(model, units=100, region_code="US")
    recall(model, units=30, region_code="CA", counted_in=whole)
    both = steps()["known"].reach
    assert (units(both), both.batches, both.inside) == ((100, 100), 2, 1)
    assert units(steps("region=CA")["known"].reach) == (30, 30)


def test_units_stated_inside_a_batch_that_says_only_up_to_are_not_lost(link):
    model = link()
    wide = recall(model, units=700, others=[factory.product_model("B")])
    recall(model, units=30, counted_in=wide)
    known = steps()["known"].reach
    assert (units(known), known.up_to, known.inside) == ((30, 30), 1, 0)


def test_a_batch_counted_in_a_draft_is_counted_by_itself(link):
    model = link()
    draft = factory.batch("draft", units=100)
    factory.recalled_product(draft, model, units=100)
    recall(model, units=30, counted_in=draft)
    assert units(steps()["known"].reach) == (30, 30)


def test_alleged_links_are_totalled_apart(link):
    recall(link("A1", grade="company"), units=10)
    recall(link("B2", grade="alleged"), units=7)
    found = steps()
    assert list(found) == ["known", "alleged"]
    assert units(found["known"].reach) == (10, 10)
    assert (units(found["alleged"].reach), found["alleged"].reach.units.grade) == ((7, 7), "alleged")


def test_a_model_both_known_and_alleged_is_known(apex, link):
    model = link(grade="reported", basis="teardown")
    factory.cell_source(model, apex, published=True, grade="alleged", basis="press report")
    recall(model, units=10)
    assert list(steps()) == ["known"]
    assert list(steps("standing=alleged")) == ["alleged"]


@pytest.mark.parametrize("grade", ["estimated", "inferred"])
def test_what_is_worked_out_is_neither_known_nor_alleged(link, grade):
    link(grade=grade)
    assert list(steps()) == ["inferred"]


def test_a_model_in_no_recall_yet_is_shown(client, link):
    link("A1")
    factory.recalled_product(factory.batch("draft"), factory.product_model("A1"))
    known = steps()["known"].reach
    assert (known.models, known.in_no_recall, known.batches, units(known)) == (1, 1, 0, (None, None))
    row = rows(client)[0]
    assert (row["model"], row["batch"], row["units_of"]) == ("A1", "", "in no recall yet")
    assert (row["units_low"], row["batch_address"]) == ("", "")
    assert "in no recall yet" in client.get(PAGE).text


def test_tables_by_model_brand_and_region_agree_with_the_whole(link):
    one, two = link("A1", brand="Anker"), link("B2", brand="Baseus")
    whole = recall(one, units=10, region_code="US")
    recall(one, units=4, region_code="CN", counted_in=whole)
    recall(two, units=5, region_code="CN")
    known = steps()["known"]
    assert [(group.name, units(group.reach)) for group in known.models] == [("A1", (10, 10)), ("B2", (5, 5))]
    assert [(group.name, group.reach.models) for group in known.brands] == [("Anker", 1), ("Baseus", 1)]
    assert [(group.name, units(group.reach)) for group in known.regions] == [
        ("China", (9, 9)),
        ("United States", (10, 10)),
    ]


def test_drafts_appear_nowhere(client, apex, link):
    model = link("A1")
    recall(model, units=10)
    draft = factory.batch("Marker batch", units=99, region_code="JP", slug="marker")
    factory.recalled_product(draft, model)
    factory.cell_source(factory.product_model("Marker model"), apex)
    factory.claim(apex, "Marker claim")
    RootCause.objects.create(
        incident=factory.incident("Marker"), text="Marker cause", attributed_to=apex, grade="alleged"
    ).product_models.add(model)
    factory.agreement(factory.company("Marker buyer"), factory.company("Anker"), replaces=apex)
    assert "marker" not in client.get(PAGE).text.lower()
    assert "marker" not in client.get(f"{PAGE}?export=csv").getvalue().decode().lower()
    assert units(steps()["known"].reach) == (10, 10)


def test_an_alleged_link_is_worded_as_one_with_who_said_it(client, link):
    link("A1", grade="alleged", basis="press report")
    assert "<strong>Alleged, not confirmed</strong>, said by CPSC" in client.get(PAGE).text
    row = rows(client)[0]
    assert (row["standing"], row["said_by"]) == ("alleged", "CPSC")
    cells = rows(client, page="/cells/")[0]
    assert (cells["standing"], cells["said_by"]) == ("alleged", "CPSC")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({}, "answer not stated"),
        ({"answer": "not asked"}, "the party named was not asked"),
        ({"answer": "no comment"}, "Anker gave no comment"),
        ({"answer": "denied", "answer_text": "no"}, "Anker denied it: “no”"),
        ({"answer": "admitted"}, "Anker admitted it"),
    ],
)
def test_an_allegation_stands_in_the_files_with_who_said_it_and_the_answer(client, apex, link, answer, words):
    link("A1")
    if answer.get("answer") not in (None, "not asked"):
        answer = {**answer, "answer_by": factory.company("Anker")}
    factory.claim(apex, "It changed.", published=True, said_by="a newspaper", said_on="2025-06", **answer)
    factory.claim(apex, "It is large.", published=True, grade="reported")
    said = f"alleged: It changed. (said by a newspaper, 2025-06; {words})"
    assert rows(client)[0]["alleged_of_supplier"] == said
    assert rows(client, page="/cells/")[0]["alleged_of_supplier"] == said


def test_a_cause_is_given_only_for_the_models_it_concerns(client, apex, link):
    one, _ = link("A1"), link("B2")
    incident = factory.incident(published=True)
    recall(one, units=1, incident=incident)
    cause = RootCause.objects.create(
        incident=incident, text="a new separator", attributed_to=apex, grade="alleged"
    )
    cause.product_models.add(one)
    factory.cite(cause, source=factory.source(url="https://example.org/cause"))
    first, second = rows(client)
    assert (first["causes"], first["cause_sources"]) == (
        "alleged: a new separator (said by CPSC; answer not stated)",
        "https://example.org/cause",
    )
    assert (second["causes"], second["cause_sources"]) == ("", "")


def test_the_file_names_sources_address_and_holder(client, link, settings):
    settings.PUBLIC_URL = "https://recalls.example"
    model = link("A1")
    whole = recall(model, units=10, slug="whole", announced_on=date(2025, 6, 12))
    recall(model, units=3, slug="piece", counted_in=whole, announced_on=date(2025, 6, 11))
    first, second = rows(client)
    assert first["batch_address"] == "https://recalls.example/recalls/whole/"
    assert (first["counted_in"], second["counted_in"]) == ("", "whole")
    assert first["sources"] != first["unit_sources"]
    assert first["sources"].startswith("https://") and first["unit_sources"].startswith("https://")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("region=cn", ["china"]),
        ("company=baseus", ["china"]),
        ("model=A1", ["america"]),
        ("standing=alleged", ["china"]),
        ("grade=company", ["america"]),
        ("basis=teardown", ["america"]),
        ("units=own+units", []),
        ("units=in+no+recall+yet", [""]),
        ("announced_after=2025-06-13", ["china"]),
        ("announced_before=2025-06-13", ["america"]),
        ("region=CN&region=US&sort=-units", ["america", "china"]),
        ("sort=batch", ["america", "china", ""]),
    ],
)
def test_the_address_is_the_query(client, link, query, found):
    factory.company("Baseus", slug="baseus")
    one = link("A1", grade="company", basis="teardown")
    two = link("B2", brand="Baseus", grade="alleged", basis="press report")
    link("C3", grade="official", basis="filing")
    recall(one, "america", units=9, announced_on=date(2025, 6, 12))
    recall(two, "china", units=2, region_code="CN", announced_on=date(2025, 6, 14))
    assert [row["batch"] for row in rows(client, f"&{query}")] == found
    assert client.get(f"{PAGE}?{query}").context["records"].count == len(found)


def test_every_column_sorts_both_ways(apex, link):
    recall(link(), units=1)
    columns = ContagionList.table_class.sortable()
    for sort in [*columns, *(f"-{name}" for name in columns)]:
        shown = ContagionList(apex, QueryDict(f"sort={sort}"))
        assert (shown.errors, len(shown.page.object_list)) == ([], 1), sort


def test_the_suppliers_page_leads_here(client, link):
    link()
    assert f'href="{PAGE}"' in client.get("/suppliers/apex/").text


def test_pages_neither_skip_nor_repeat_a_row(client, link):
    model = link()
    for number in range(5):
        recall(model, f"batch {number}", units=7)
    seen = []
    for page in (1, 2, 3):
        shown = client.get(f"{PAGE}?sort=units&per_page=2&page={page}").context["records"].page.object_list
        seen += [row.batch_title for row in shown]
    assert sorted(seen) == [f"batch {number}" for number in range(5)]


@pytest.mark.parametrize("query", ["region=QQ", "standing=sure", "units=many", "sort=secret", "per_page=0"])
def test_a_wrong_value_shows_its_error_and_no_rows(client, link, query):
    recall(link(), units=1)
    page = client.get(f"{PAGE}?{query}")
    assert (page.status_code, page.text.count('role="alert"')) == (200, 1)
    assert client.get(f"{PAGE}?{query}&export=csv").status_code == 400


def test_an_unknown_or_unseen_supplier_has_no_page(client):
    factory.company("Silent", slug="silent")
    assert client.get("/suppliers/silent/contagion/").status_code == 404
    assert client.get("/suppliers/nothing/contagion/?export=csv").status_code == 404


def test_a_company_that_makes_no_cells_has_a_page_that_says_so(client):
    factory.batch(published=True, company=factory.company("Anker", slug="anker"))
    page = client.get("/suppliers/ANKER/contagion/")
    assert page.status_code == 200
    assert "Nothing is published here yet." in page.text


def test_queries_do_not_grow_with_the_rows(client, link, django_assert_num_queries):
    def widen(number):
        other = factory.product_model(f"Other {number}", company=factory.company(f"Brand {number}"))
        recall(link(f"M{number}", brand=f"Brand {number}"), units=number, others=[other])
        recall(link(f"N{number}", grade="alleged"), units=number)

    widen(1)
    with CaptureQueriesContext(connection) as of_few:
        client.get(PAGE)
    for number in range(2, 8):
        widen(number)
    with django_assert_num_queries(len(of_few)):
        client.get(PAGE)


def test_a_replacement_names_who_was_dropped_who_came_in_when_and_how_many_cells(client, apex):
    cells = {"cells_low": 500, "cells_high": 500, "cells_precision": "approximate"}
    dates = {"announced_on": "2025-06-25", "started_on": "2025-07"}
    newcomer = factory.company("ATL", slug="atl")
    factory.agreement(newcomer, factory.company("Anker"), replaces=apex, published=True, **cells, **dates)
    for slug in ("apex", "atl"):
        page = client.get(f"/suppliers/{slug}/contagion/").text
        table = page[page.index('id="replaced"') :]
        assert [
            word for word in ("Apex", "ATL", "≈\u00a0500", "2025-06-25", "2025-07") if word not in table
        ] == []


def test_a_reach_takes_two_queries(apex, link, django_assert_num_queries):
    recall(link(), units=1)
    with django_assert_num_queries(2):
        reach(contagion(apex), "USD")


def priced(low, high):
    return {"price_low": low, "price_high": high, "price_currency": "CNY", "price_grade": "official"}


def test_full_refunds_take_the_models_own_units_times_the_price_of_the_batch(link):
    model = link()
    recall(model, units=100, others=[factory.product_model("other")], own=30, **priced(8, 10))
    exposure = steps("currency=CNY")["known"].reach.exposure
    assert (exposure.low, exposure.high, exposure.grade) == (240, 300, "inferred")


def test_full_refunds_of_a_batchs_only_model_are_those_of_the_batch(link):
    amount = {"low": 900, "high": 900, "precision": "exact", "currency": "CNY", "grade": "company"}
    recall(link(), units=100, **{f"amount_{name}": value for name, value in amount.items()})
    exposure = steps("currency=CNY")["known"].reach.exposure
    assert (exposure.low, exposure.grade) == (900, "company")


def test_full_refunds_leave_out_batches_that_state_only_up_to(link):
    recall(link(), units=100, others=[factory.product_model("other")], **priced(8, 10))
    reach = steps("currency=CNY")["known"].reach
    assert (reach.up_to, reach.exposure.low, reach.exposure.batches) == (1, None, 0)


def test_a_currency_without_rates_is_refused(client, link):
    link()
    assert "quotes no rate for “TWD”" in client.get(f"{PAGE}?currency=TWD").text


def exposures(groups):
    return {group.name: (group.reach.exposure.low, group.reach.without_exposure) for group in groups}


def test_each_step_has_its_exposure_and_counts_what_has_none(link):
    """30 × 8; 100 × 8 of a batch's only model; units without a price; only “up to”."""
    one, two, three = link("A1", brand="Anker"), link("B2", brand="Baseus"), link("C3", brand="Baseus")
    recall(one, units=100, others=[factory.product_model("other")], own=30, region_code="US", **priced(8, 8))
    recall(two, units=100, region_code="CN", **priced(8, 8))
    recall(two, units=5, region_code="US")
    recall(three, units=9, others=[factory.product_model("other")], region_code="CN", **priced(8, 8))
    known = steps("currency=CNY")["known"]
    assert exposures(known.models) == {"A1": (240, 0), "B2": (800, 1), "C3": (None, 0)}
    assert exposures(known.brands) == {"Anker": (240, 0), "Baseus": (800, 1)}
    assert exposures(known.regions) == {"United States": (240, 1), "China": (800, 0)}
    assert (known.reach.exposure.low, known.reach.exposure.batches) == (1040, 2)


def test_two_models_of_one_batch_add_up_and_are_one_batch(link):
    one, two = link("A1"), link("B2")
    batch = recall(one, units=100, own=30, **priced(8, 8))
    factory.recalled_product(batch, two, units=20)
    reach = steps("currency=CNY")["known"].reach
    assert (reach.exposure.low, reach.exposure.batches, reach.stated) == (400, 1, 1)


def test_a_step_counts_the_exposure_of_a_unit_once(link):
    model = link()
    whole = recall(model, units=100, region_code="US", **priced(8, 8))
    recall(model, units=30, region_code="CA", counted_in=whole, **priced(8, 8))
    known = steps("currency=CNY")["known"]
    assert (known.reach.exposure.low, exposures(known.models)) == (800, {"A1": (800, 0)})
    assert exposures(known.regions) == {"United States": (800, 0), "Canada": (240, 0)}


def test_exposure_by_alleged_links_stands_apart_and_is_as_weak_as_the_link(link):
    amount = {"low": 900, "high": 900, "precision": "exact", "currency": "CNY", "grade": "company"}
    fields = {f"amount_{name}": value for name, value in amount.items()}
    recall(link("A1", grade="company"), units=100, **fields)
    recall(link("B2", grade="alleged"), units=100, **fields)
    found = steps("currency=CNY")
    assert {name: each.reach.exposure.low for name, each in found.items()} == {"known": 900, "alleged": 900}
    assert found["alleged"].reach.exposure.grade == "alleged"


def test_an_open_number_leaves_the_exposure_of_its_step_open(link):
    model = link()
    recall(model, units_low=10, units_precision="at_least", units_grade="official", **priced(8, 8))
    exposure = steps("currency=CNY")["known"].reach.exposure
    assert (exposure.low, exposure.high, exposure.precision) == (80, None, "at_least")


def test_each_row_of_the_file_has_the_exposure_of_its_part_with_rate_day_and_basis(client, link):
    day = {"day": date(2025, 6, 12), "fixed_on": date(2025, 6, 12)}
    ExchangeRate.objects.create(currency="CNY", per_euro=8, **day)
    ExchangeRate.objects.create(currency="USD", per_euro=1, **day)
    recall(link("A1"), units=100, others=[factory.product_model("other")], own=30, **priced(8, 16))
    recall(link("B2"), units=9, others=[factory.product_model("other")], **priced(8, 16))
    link("C3")
    own, up_to, none = rows(client, "&currency=USD")
    assert (own["exposure_low"], own["exposure_high"], own["exposure_precision"]) == (
        "30.00",
        "60.00",
        "range",
    )
    assert (own["exposure_basis"], own["exposure_from_currency"], own["exposure_grade"]) == (
        "units × price",
        "CNY",
        "inferred",
    )
    assert (own["exposure_rate_date"], own["exposure_rate_source"]) == (
        "2025-06-12",
        "ECB euro reference rate",
    )
    assert float(own["exposure_rate"]) == 0.125
    assert (up_to["exposure_low"], up_to["exposure_basis"], up_to["units_of"]) == ("", "no figure", "up to")
    assert (none["exposure_low"], none["exposure_basis"]) == ("", "")


def test_rows_sort_by_exposure_and_the_page_says_its_currency(client, link):
    recall(link("A1"), "small", units=1, **priced(8, 8))
    recall(link("B2"), "large", units=9, **priced(8, 8))
    recall(link("C3"), "none", units=9)
    assert [row["batch"] for row in rows(client, "&currency=CNY&sort=-exposure")] == [
        "large",
        "small",
        "none",
    ]
    text = client.get(f"{PAGE}?currency=CNY").text
    assert "Exposure, CNY" in text and "Exposure of these, CNY" in text and "currency=EUR" in text


def test_the_suppliers_page_shows_what_its_stated_units_are_worth(client, link):
    recall(link("A1"), units=100, **priced(8, 8))
    recall(link("B2"), units=5)
    recall(link("C3"), units=9, others=[factory.product_model("other")])
    page = client.get("/suppliers/apex/?currency=CNY").text
    assert "≈\u00a0CNY\u00a0800" in page and f'href="{PAGE}?currency=CNY"' in page
    assert "From 1 of 3 recall batches with such models" in page
    assert "1 with stated units but no price, amount or exchange rate" in page
    assert "1 with only the units of all their models, never added" in page
    assert "Alleged, not confirmed" not in page


def test_the_suppliers_page_words_what_is_alleged_as_alleged(client, link):
    recall(link(grade="alleged"), units=100, **priced(8, 8))
    page = client.get("/suppliers/apex/?currency=CNY").text
    assert "<strong>Alleged, not confirmed:</strong> sales value under full refund" in page
    assert "models with its cells" not in page
