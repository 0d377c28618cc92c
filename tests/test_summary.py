"""The summary of all published batches says what a live sum says, whatever was written before."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict

from recalls import lists
from recalls.exposure import totals_and_exposure
from recalls.grouped_list import GroupedBatchList
from recalls.grouping import GROUPINGS
from recalls.models import ExchangeRate, RecallBatch
from recalls.summary import KEYS
from recalls.whole import whole_count, whole_totals
from tests import factory

pytestmark = pytest.mark.django_db
FACET = ">Region</summary>"


@pytest.fixture
def some_batches():
    ExchangeRate.objects.create(
        currency="USD", day=date(2025, 6, 12), per_euro="1.2", fixed_on=date(2025, 6, 12)
    )
    ExchangeRate.objects.create(
        currency="CNY", day=date(2025, 6, 12), per_euro="8", fixed_on=date(2025, 6, 12)
    )
    amount = {"amount_low": 100, "amount_high": 200, "amount_precision": "range", "amount_grade": "estimated"}
    whole = factory.batch(
        "whole", published=True, units=100, hazards=["fire", "burn"], amount_currency="CNY", **amount
    )
    at_least = {"units_low": 30, "units_precision": "at_least", "units_grade": "reported"}
    factory.batch("part", "CA", published=True, counted_in=whole, hazards=["fire"], **at_least)
    factory.batch("of May", published=True, units=7, announced_on=date(2025, 5, 1))
    factory.batch("draft", units=1000)
    return whole


def assert_it_agrees():
    assert whole_totals("USD") == totals_and_exposure(RecallBatch.objects.visible(), "USD")
    assert whole_totals("CNY") == totals_and_exposure(RecallBatch.objects.visible(), "CNY")


def groups(group):
    found = GroupedBatchList(QueryDict(f"group={group}")).groups
    return {g.key: (g.batches, g.inside, g.units_low, g.units_high) for g in found}


def test_the_totals_of_all_are_worked_out_by_hand(some_batches):
    totals, exposure = whole_totals("USD")
    assert (totals.batches, totals.inside, totals.units.low, totals.units.high) == (3, 1, 107, 107)
    assert (totals.units.precision, totals.units.grade, totals.without_units) == ("exact", "official", 0)
    assert (totals.amounts["CNY"].low, totals.amounts["CNY"].high, totals.without_amount) == (100, 200, 1)
    assert (exposure.low, exposure.high, exposure.published, exposure.without_figure) == (15, 30, 1, 1)
    assert_it_agrees()


def test_an_empty_table_has_totals():
    assert_it_agrees()
    assert whole_totals("USD")[0].units.precision == "unknown"


def test_it_follows_every_edit(some_batches):
    RecallBatch.objects.filter(title="of May").update(
        units_low=9, units_high=None, units_precision="at_least"
    )
    assert_it_agrees()
    RecallBatch.objects.filter(title="whole").update(is_published=False)
    assert whole_totals("USD")[0].units.low == 39  # the part counts by itself now
    assert_it_agrees()
    RecallBatch.objects.filter(title="part").delete()
    assert whole_count() == 1
    assert_it_agrees()


def test_it_follows_the_exchange_rates(some_batches):
    ExchangeRate.objects.filter(currency="USD").update(per_euro="2.4")
    assert whole_totals("USD")[1].low == 30
    assert_it_agrees()


def test_an_edit_of_what_is_not_summed_appends_nothing(some_batches):
    before = rows()
    RecallBatch.objects.update(note="Seen.")
    assert rows() == before


def test_merging_the_summary_changes_nothing(some_batches):
    RecallBatch.objects.filter(title="of May").update(units_low=8, units_high=8)
    before, sums = rows(), whole_totals("USD")
    with connection.cursor() as cursor:
        cursor.execute("SELECT recalls_merge_summary()")
    assert (whole_totals("USD"), rows() < before) == (sums, True)


@pytest.mark.parametrize("group", [key for key in KEYS if key in GROUPINGS])
def test_groups_from_the_summary_are_those_of_a_live_sum(some_batches, group, monkeypatch):
    some_batches.remedies.create(kind="refund")
    some_batches.remedies.create(kind="repair")
    summed = groups(group)
    monkeypatch.setattr(GroupedBatchList, "is_summed", False)
    assert summed == groups(group)


def test_a_part_counts_in_a_group_where_its_holder_does_not_stand(some_batches):
    assert groups("region") == {"CA": (1, 0, 30, None), "US": (2, 0, 107, 107)}
    assert groups("year") == {"2025": (3, 1, 107, 107)}


def test_groups_by_company_and_by_remedy_are_worked_out_by_hand(some_batches):
    RecallBatch.objects.get(title="of May").remedies.create(kind="refund")
    part = RecallBatch.objects.get(title="part")
    part.remedies.create(kind="refund"), part.remedies.create(kind="repair")
    assert list(groups("company").values()) == [(3, 1, 107, 107)]
    assert groups("remedy") == {
        "refund": (2, 0, 37, None),
        "repair": (1, 0, 30, None),
        None: (1, 0, 100, 100),
    }


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM recalls_summary")
        return cursor.fetchone()[0]


def facets(query=""):
    found = lists.RecallBatchList(QueryDict(query)).facets
    return {facet.heading: {value.label: value.batches for value in facet.values} for facet in found}


def test_facets_count_the_batches_of_each_value(some_batches):
    some_batches.remedies.create(kind="refund")
    all_of_them = facets()
    assert all_of_them["Region"] == {"US": 2, "CA": 1} or all_of_them["Region"] == {
        "United States": 2,
        "Canada": 1,
    }
    assert all_of_them["Hazard"] == {"fire": 2, "burn": 1}
    assert all_of_them["Remedy"] == {"refund": 1}
    assert all_of_them["Company"] == {"Anker": 3}
    assert all_of_them["Grade of a figure"] == {"official": 2, "reported": 1, "estimated": 1}


def test_a_facet_leaves_out_its_own_filter_and_no_other(some_batches):
    narrowed = facets("region=CA")
    assert narrowed["Region"] == facets()["Region"]
    assert narrowed["Hazard"] == {"fire": 1}


def test_facets_of_a_filter_are_those_of_the_summary(some_batches):
    some_batches.remedies.create(kind="refund")
    assert facets("announced_after=2000-01-01") == facets()


def test_a_click_narrows_and_another_takes_it_back(some_batches):
    region = lists.RecallBatchList(QueryDict("region=CA&page=2&q=a")).facets[0]
    assert {v.address for v in region.values} == {"?q=a&region=US", "?q=a"}


@pytest.mark.parametrize("query", ["", "?region=US"])
def test_sums_of_a_large_set_come_after_its_rows(client, some_batches, monkeypatch, query):
    monkeypatch.setattr(lists, "SMALL", 0)
    page = client.get(f"/recalls/{query}").text
    assert 'data-part="totals"' in page and 'data-part="facets"' in page
    assert "Units, each counted once" not in page and FACET not in page
    asked = "&" if query else "?"
    assert "Units, each counted once" in client.get(f"/recalls/{query}{asked}part=totals").text
    assert FACET in client.get(f"/recalls/{query}{asked}part=facets").text


def test_without_a_script_a_link_shows_the_page_with_them(client, some_batches, monkeypatch):
    monkeypatch.setattr(lists, "SMALL", 0)
    assert 'href="?whole=1"' in client.get("/recalls/").text
    page = client.get("/recalls/?whole=1").text
    assert "Units, each counted once" in page and FACET in page


def test_links_in_a_part_lead_to_whole_pages(client, some_batches):
    assert "part=" not in client.get("/recalls/?part=totals").text.replace("data-part=", "")


@pytest.mark.parametrize("query", ["part=nonsense", "part=totals&region=XX", "part=groups"])
def test_a_part_that_is_not_there_is_not_found(client, query):
    assert client.get(f"/recalls/?{query}").status_code == 404


@pytest.mark.parametrize("part", ["totals", "facets"])
def test_a_part_takes_as_many_queries_for_few_as_for_many(client, part, django_assert_num_queries):
    factory.batch(published=True, units=3)
    with django_assert_num_queries(2):  # the version of the data, and the sums
        client.get(f"/recalls/?part={part}")
    for name in "abc":
        factory.batch(published=True, units=3, company=factory.company(name))
    with django_assert_num_queries(2):
        client.get(f"/recalls/?part={part}")
