"""Recall batches by group: each unit once within its group, the same filters, as a page and as a file."""

import csv
import io
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recalls.grouped_list import SORTS, GroupTable
from recalls.grouping import GROUPINGS
from tests import factory

pytestmark = pytest.mark.django_db

MARKER = "the marker of a draft"


@pytest.fixture
def sample_data():
    call_command("load_sample_data", verbosity=0)


def rows(client, group, query=""):
    response = client.get(f"/recalls/?group={group}&export=csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def units(client, group, query=""):
    return {row["key"]: (row["units_low"], row["units_high"]) for row in rows(client, group, query)}


def links(client, group, query=""):
    page = client.get(f"/recalls/?group={group}{query}").context["records"].page
    return {row.key: row.address for row in page.object_list}


def test_the_sample_data_by_region(client, sample_data):
    found = {row["key"]: row for row in rows(client, "region")}
    assert {key: int(row["batches"]) for key, row in found.items()} == {"US": 10, "CN": 6, "JP": 2, "CA": 5}
    japan = found["JP"]  # 522,237 in October and 416,789 in June
    assert (japan["name"], japan["units_low"], japan["units_high"]) == ("Japan", "939026", "939026")
    assert (japan["units_precision"], japan["units_grade"], japan["without_units"]) == (
        "exact",
        "official",
        "0",
    )


def test_published_amounts_are_added_by_currency(client, sample_data):
    found = {row["key"]: row for row in rows(client, "region")}
    assert found["US"]["amounts"] == "CNY 326000000-394000000"  # 223 and 103 to 171
    assert found["CN"]["amounts"] == "CNY 106000000-163000000"
    assert (found["CA"]["amounts"], found["CA"]["without_amount"]) == ("", "5")
    assert "CNY\u00a0326–394\u00a0M" in client.get("/recalls/?group=region").text


def test_months_come_in_their_course(client, sample_data):
    months = [row["key"] for row in rows(client, "month")]
    assert months == sorted(months)
    # 1,158,000 + 712,964 + 416,789 + 11,985 + 491,745
    assert units(client, "month")["2025-06"] == ("2791483", "2791483")


def test_a_supplier_has_the_batches_that_contain_its_cells(client, sample_data):
    # A1681 in 712,964 + 481,000 + 11,985, PAC20-392 in 491,745, PB2030MI in 146,891
    assert units(client, "supplier")["apex"] == ("1844585", "1844585")
    text = client.get("/recalls/?group=supplier").text
    assert "Units and money are of the whole batches that contain such a model" in text


def test_the_filters_of_the_list_narrow_the_groups(client, sample_data):
    assert units(client, "month", "&region=JP") == {
        "2025-06": ("416789", "416789"),
        "2025-10": ("522237", "522237"),
    }
    text = client.get("/recalls/?group=month&region=JP").text
    assert "Recall batches in Japan, by month: 2 batches, 939,026 units" in text


def test_a_batch_with_two_hazards_stands_in_both_groups_and_once_in_the_total(client):
    factory.batch(published=True, units=5, hazards=["fire", "burn", "fire"])
    factory.batch(published=True, units=3, hazards=["fire"])
    factory.batch(published=True, units=2)
    assert units(client, "hazard") == {"fire": ("8", "8"), "burn": ("5", "5"), "": ("2", "2")}
    page = client.get("/recalls/?group=hazard")
    assert page.context["records"].totals.units.low == 10
    assert "groups can be more than the total" in page.text


def test_a_unit_is_counted_once_where_both_batches_stand_in_the_group(client):
    whole = factory.batch(published=True, units=100, hazards=["fire"])
    factory.batch(published=True, units=40, hazards=["fire", "burn"], counted_in=whole)
    found = {row["key"]: row for row in rows(client, "hazard")}
    assert (found["fire"]["units_low"], found["fire"]["batches"], found["fire"]["inside"]) == (
        "100",
        "2",
        "1",
    )
    assert (found["burn"]["units_low"], found["burn"]["inside"]) == ("40", "0")
    assert "<small>1 counted in another</small>" in client.get("/recalls/?group=hazard").text


def test_a_batch_counts_where_its_holder_is_filtered_out(client):
    whole = factory.batch(published=True, units=100, announced_on=date(2025, 7, 1))
    factory.batch(published=True, units=40, counted_in=whole)
    assert units(client, "region", "&announced_before=2025-06-30") == {"US": ("40", "40")}
    assert units(client, "region") == {"US": ("100", "100")}


def test_an_open_part_leaves_the_group_open(client):
    factory.batch(published=True, units=5)
    factory.batch(published=True, units_low=7, units_precision="at_least", units_grade="reported")
    factory.batch(published=True)
    (row,) = rows(client, "region")
    assert (row["units_low"], row["units_high"], row["units_precision"]) == ("12", "", "at_least")
    assert (row["units_grade"], row["without_units"], row["batches"]) == ("reported", "1", "3")


@pytest.mark.parametrize("group", ["region", "month", "regulator", "company"])
def test_one_group_of_all_is_what_the_list_totals(client, group):
    factory.batch(published=True, units=5)
    high = factory.figure("units", 9) | {"units_low": 7, "units_precision": "range"}
    factory.batch(published=True, **high)
    factory.batch(published=True, units_high=4, units_precision="at_most", units_grade="alleged")
    (row,) = client.get(f"/recalls/?group={group}").context["records"].groups
    total = client.get("/recalls/").context["records"].totals.units
    found = (row.units_low, row.units_high, row.units_precision, row.units_grade)
    assert found == (total.low, total.high, total.precision, total.grade)


def test_exposure_is_in_the_readers_currency_with_what_it_rests_on(client):
    price = {"price_low": 2, "price_high": 3, "price_currency": "EUR", "price_grade": "official"}
    factory.batch(published=True, units=10, **price)
    factory.batch(published=True, units=10)
    (row,) = rows(client, "region", "&currency=EUR")
    assert (row["exposure_low"], row["exposure_high"], row["exposure_currency"]) == ("20.00", "30.00", "EUR")
    assert (row["exposure_precision"], row["exposure_grade"]) == ("range", "inferred")
    counts = [
        row[n] for n in ("exposure_published", "exposure_estimated", "without_exposure", "without_rate")
    ]
    assert counts == ["0", "1", "1", "0"]


def test_known_and_merely_alleged_cells_are_told_apart(client):
    known, alleged = factory.product_model("KNOWN"), factory.product_model("ALLEGED")
    apex = factory.company("Apex", slug="apex")
    factory.cell_source(known, apex, published=True)
    factory.cell_source(alleged, apex, published=True, grade="alleged")
    for model, number in ((known, 5), (alleged, 7)):
        factory.recalled_product(factory.batch(published=True, units=number), model)
    found = {row["name"]: row["units_low"] for row in rows(client, "supplier")}
    assert found == {"Apex": "5", "Apex, merely alleged": "7"}
    assert set(links(client, "supplier").values()) == {None}  # no filter tells these apart


def test_a_batch_with_a_known_and_an_alleged_link_stands_with_the_known(client):
    apex, batch = factory.company("Apex", slug="apex"), factory.batch(published=True, units=5)
    for number, grade in (("A1", "alleged"), ("A2", "reported")):
        factory.recalled_product(batch, factory.product_model(number))
        factory.cell_source(factory.product_model(number), apex, published=True, grade=grade)
    assert [row["name"] for row in rows(client, "supplier")] == ["Apex"]
    assert links(client, "supplier") == {"apex": "/recalls/?supplier=apex"}


def test_a_draft_shows_in_no_group(client):
    factory.batch(MARKER, units=9, company=factory.company(MARKER), hazards=["fall"])
    model = factory.product_model()
    factory.recalled_product(factory.batch(published=True, units=1), model)
    factory.cell_source(model, factory.company(MARKER))
    for group in GROUPINGS:
        assert MARKER not in client.get(f"/recalls/?group={group}").text, group
        assert [row["units_low"] for row in rows(client, group)] == ["1"], group


@pytest.mark.parametrize("group", GROUPINGS)
def test_the_link_of_a_group_leads_to_its_batches(client, sample_data, group):
    query = "&region=CN&region=JP"
    found = {row["key"]: (int(row["batches"]), int(row["units_low"])) for row in rows(client, group, query)}
    for key, address in links(client, group, query).items():
        if key is not None:
            totals = client.get(address).context["records"].totals
            assert (totals.batches, totals.units.low) == found[key], address


def test_a_link_keeps_the_filters_and_is_left_out_where_it_would_say_too_much(client):
    factory.batch(published=True, units=5, hazards=["fire", "burn"])
    assert links(client, "region", "&hazard=fire&sort=name&per_page=9") == {
        "US": "/recalls/?hazard=fire&region=US"
    }
    assert links(client, "hazard", "&hazard=fire") == {"fire": "/recalls/?hazard=fire", "burn": None}
    assert links(client, "month", "&announced_after=2025-06-10") == {
        "2025-06": "/recalls/?announced_after=2025-06-10&announced_before=2025-06-30"
    }


@pytest.mark.parametrize("group", GROUPINGS)
def test_every_group_sorts_both_ways(client, sample_data, group):
    there, back = rows(client, group, "&sort=units"), rows(client, group, "&sort=-units")
    named = [row for row in there if row["key"]]
    assert [int(row["units_low"]) for row in named] == sorted(int(row["units_low"]) for row in named)
    assert [row for row in back if row["key"]] == named[::-1]


def test_what_states_no_supplier_comes_last(client, sample_data):
    assert [row["key"] for row in rows(client, "supplier")] == ["apex", ""]


def test_groups_sort_by_every_column(client, sample_data):
    assert set(GroupTable.sortable()) == set(SORTS)
    for sort in SORTS:
        assert len(rows(client, "region", f"&sort={sort}")) == 4, sort
    assert [row["key"] for row in rows(client, "region", "&sort=-batches")] == ["US", "CN", "CA", "JP"]


@pytest.mark.parametrize(
    "query", ["group=planet", "group=%00", "group=region&sort=title", "group=region&region=QQ"]
)
def test_a_wrong_value_shows_its_error_and_no_groups(client, query):
    factory.batch(published=True)
    page = client.get(f"/recalls/?{query}")
    assert 'role="alert"' in page.text
    assert page.context["records"].groups == []
    assert client.get(f"/recalls/?{query}&export=csv").status_code == 400


def test_an_empty_group_is_the_list_itself(client):
    factory.batch("one", published=True)
    assert "/recalls/batch-" in client.get("/recalls/?group=").text


def test_the_list_leads_to_every_group_and_back(client):
    text = client.get("/recalls/?region=US").text
    for group in GROUPINGS:
        assert f'href="?region=US&amp;group={group}"' in text, group
    assert 'href="?region=US">batches</a>' in client.get("/recalls/?region=US&group=month").text


def test_a_filter_form_on_the_grouped_page_keeps_the_group(client):
    assert '<input type="hidden" name="group" value="region">' in client.get("/recalls/?group=Region").text


def test_groups_come_in_pages_and_the_file_has_all(client):
    for name in ("a", "b", "c"):
        factory.batch(published=True, units=1, company=factory.company(name, slug=name))
    assert list(links(client, "company", "&per_page=2&page=2&sort=name")) == ["c"]
    assert len(rows(client, "company", "&per_page=2")) == 3


def test_a_name_that_would_run_as_a_formula_is_disarmed_in_the_file(client):
    factory.batch(published=True, company=factory.company("=SUM(A1)"))
    assert rows(client, "company")[0]["name"] == "'=SUM(A1)"


def test_an_empty_set_has_no_groups(client):
    assert rows(client, "region") == []
    assert "Nothing is published here yet." in client.get("/recalls/?group=region").text


@pytest.mark.parametrize("group", GROUPINGS)
def test_queries_do_not_grow_with_the_groups(client, group, django_assert_num_queries):
    _a_row()
    with CaptureQueriesContext(connection) as of_one_group:
        client.get(f"/recalls/?group={group}")
    for _ in range(5):
        _a_row()
    with django_assert_num_queries(len(of_one_group)):
        client.get(f"/recalls/?group={group}")


def _a_row():
    batch = factory.batch(published=True, units=3, hazards=["fire"])
    model = factory.product_model(f"M{batch.pk}", company=factory.company(f"Brand {batch.pk}"))
    factory.recalled_product(batch, model)
    factory.cell_source(model, factory.company(f"Maker {batch.pk}"), published=True)
    batch.remedies.create(kind="refund")


@pytest.mark.parametrize("group", GROUPINGS)
def test_all_batches_group_as_those_that_a_filter_leaves_all(client, sample_data, group):
    filtered = rows(client, group, "&announced_after=1990-01-01")
    assert len(filtered) > 1
    assert rows(client, group) == filtered


def test_models_without_a_category_stand_in_a_group_of_their_own(client):
    for number, category in (("A1", factory.category()), ("A2", None)):
        model = factory.product_model(number, category=category)
        factory.recalled_product(factory.batch(published=True, units=int(number[1])), model)
    page = client.get("/recalls/?group=category")
    assert {(g.key, g.name, g.units_low) for g in page.context["records"].groups} == {
        ("power-bank", "power bank", 1),
        (None, None, 2),
    }
    assert "not stated" in page.text
