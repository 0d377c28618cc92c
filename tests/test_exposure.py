"""Exposure: what full refunds would cost in one currency, by figures worked out by hand."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from recalls.lists import RecallBatchList
from recalls.models import ExchangeRate, RecallBatch
from tests import factory

pytestmark = pytest.mark.django_db

# Units of yuan and of dollar for one euro, as the European Central Bank fixed them on these days.
FIXINGS = {
    date(2025, 6, 12): ("8.3201", "1.1594"),
    date(2025, 6, 20): ("8.2643", "1.1515"),
    date(2025, 9, 18): ("8.3973", "1.1818"),
    date(2025, 10, 21): ("8.2626", "1.1607"),
}
# The published sales amounts in million yuan, by the day on which each recall was announced.
PUBLISHED = {
    "us-a1263": (date(2025, 6, 12), 223, 223),
    "cn-2025": (date(2025, 6, 20), 106, 163),
    "us-25466": (date(2025, 9, 18), 103, 171),
    "jp-2025-10": (date(2025, 10, 21), 110, 110),
}
# 223 × 1.1594 / 8.3201 and so on, reckoned with `bc` and rounded to cents.
IN_DOLLARS = {
    "us-a1263": (Decimal("31074890.93"), Decimal("31074890.93")),
    "cn-2025": (Decimal("14769429.96"), Decimal("22711481.92")),
    "us-25466": (Decimal("14495778.40"), Decimal("24065806.87")),
    "jp-2025-10": (Decimal("15452399.97"), Decimal("15452399.97")),
}
SUNDAY, FRIDAY = date(2025, 6, 15), date(2025, 6, 13)


def rate(currency, per_euro, day=date(2025, 6, 12), fixed_on=None):
    ExchangeRate.objects.create(currency=currency, day=day, per_euro=per_euro, fixed_on=fixed_on or day)


def amount(low, high, currency="CNY", precision="", grade="estimated"):
    precision = precision or ("exact" if low == high else "range")
    values = {"low": low, "high": high, "precision": precision, "currency": currency, "grade": grade}
    return {f"amount_{name}": value for name, value in values.items()}


def price(low, high, currency="USD"):
    return {"price_low": low, "price_high": high, "price_currency": currency, "price_grade": "official"}


def at_least(units):
    return {"units_low": units, "units_precision": "at_least", "units_grade": "reported"}


def batch(title="A1263 power banks", region="US", **fields):
    """A published batch, announced on 2025-06-12 in the United States unless a test says otherwise."""
    return factory.batch(title, region, published=True, **fields)


def valued(record, currency="USD"):
    return RecallBatch.objects.with_exposure(currency).get(pk=record.pk)


def exposure(currency="USD", **filters):
    return RecallBatch.objects.visible().filter(**filters).exposure(currency)


@pytest.fixture
def published_table():
    for slug, (day, low, high) in PUBLISHED.items():
        precision = "approximate" if low == high else "range"
        millions = amount(low * 10**6, high * 10**6, precision=precision)
        batch(slug, slug[:2].upper(), slug=slug, announced_on=day, **millions)


@pytest.fixture
def fixings():
    for day, (yuan, dollar) in FIXINGS.items():
        rate("CNY", yuan, day)
        rate("USD", dollar, day)
        rate("EUR", 1, day)


def test_each_amount_is_crossed_through_the_euro_on_its_own_day(published_table, fixings):
    rows = RecallBatch.objects.with_exposure("USD")
    assert {row.slug: (row.exposure_low, row.exposure_high) for row in rows} == IN_DOLLARS


def test_the_published_table_comes_to_75_79_to_93_30_million_dollars(published_table, fixings):
    total = exposure("USD")
    assert (total.low, total.high) == (Decimal("75792499.26"), Decimal("93304579.69"))
    assert (total.precision, total.grade, total.published) == ("range", "estimated", 4)


def test_in_its_own_currency_it_needs_no_rate(published_table):
    total = exposure("CNY")
    assert (total.low, total.high, total.published) == (542_000_000, 667_000_000, 4)


def test_without_japan_it_is_432_to_557_million_yuan(published_table):
    total = exposure("CNY", region__code__in=["US", "CN"])
    assert (total.low, total.high, total.published) == (432_000_000, 557_000_000, 3)


def test_the_rate_stands_with_its_day_and_its_currency(published_table, fixings):
    row = RecallBatch.objects.with_exposure("USD").get(slug="us-a1263")
    assert round(row.exposure_rate, 10) == Decimal("0.1393492867")  # 1.1594 / 8.3201
    assert row.exposure_rate_fixed_on == date(2025, 6, 12)
    assert (row.exposure_from_currency, row.exposure_currency) == ("CNY", "USD")


def test_the_euro_is_a_currency_like_the_others(published_table, fixings):
    row = RecallBatch.objects.with_exposure("EUR").get(slug="us-a1263")
    assert row.exposure_low == Decimal("26802562.47")  # 223,000,000 / 8.3201


def test_xiaomi_is_units_times_price_and_marked_as_our_estimate():
    row = valued(batch(units=146_891, **price(159, 159, "CNY")), "CNY")
    assert (row.exposure_low, row.exposure_high) == (23_355_669, 23_355_669)
    assert (row.exposure_basis, row.exposure_grade) == ("units × price", "inferred")
    assert (row.exposure_precision, row.exposure_rate) == ("approximate", 1)
    assert row.exposure_rate_fixed_on is None


def test_romoss_has_units_and_no_price_and_so_no_figure():
    row = valued(batch(units=491_745), "CNY")
    assert (row.exposure_low, row.exposure_high, row.exposure_basis) == (None, None, "no figure")
    assert (row.exposure_rate, row.exposure_from_currency, row.exposure_grade) == (None, "", "")


def test_low_times_low_to_high_times_high():
    units = {"units_low": 10, "units_high": 20, "units_precision": "range", "units_grade": "official"}
    row = valued(batch(**units, **price(30, 50)))
    assert (row.exposure_low, row.exposure_high, row.exposure_precision) == (300, 1000, "range")


def test_a_published_amount_goes_before_units_times_price_and_both_stand(fixings):
    record = batch(units=1_158_000, **amount(223_000_000, 223_000_000), **price(27, 27))
    row = valued(record)
    assert (row.exposure_low, row.exposure_basis) == (Decimal("31074890.93"), "published amount")
    assert (row.estimate_low, row.estimate_high) == (31_266_000, 31_266_000)
    assert (row.amount_low, row.amount_currency) == (223_000_000, "CNY")


def test_an_estimate_has_the_rate_of_its_own_currency(fixings):
    row = valued(batch(units=10, **amount(7, 7), **price(27, 27)), "EUR")
    assert row.estimate_low == Decimal("232.88")  # 270 / 1.1594
    assert row.exposure_low == Decimal("0.84")  # 7 / 8.3201


def test_a_currency_the_bank_does_not_quote_has_no_rate(fixings):
    row = valued(batch(**amount(100, 100, "TWD")))
    assert (row.exposure_low, row.exposure_high, row.exposure_basis) == (None, None, "no rate")
    assert (row.exposure_rate, row.exposure_rate_fixed_on, row.exposure_from_currency) == (None, None, "TWD")
    assert row.amount_low == 100


def test_units_times_price_does_not_stand_in_for_an_amount_without_a_rate(fixings):
    row = valued(batch(units=10, **amount(100, 100, "TWD"), **price(27, 27)))
    assert (row.exposure_low, row.exposure_basis, row.estimate_low) == (None, "no rate", 270)


@pytest.mark.parametrize("day", [date(1998, 12, 31), date(2025, 6, 11), date(2025, 6, 13)])
def test_a_day_without_a_fixing_gets_none_of_another_day(fixings, day):
    row = valued(batch(announced_on=day, units=10, **price(27, 27)), "CNY")
    assert (row.exposure_low, row.exposure_basis) == (None, "no rate")


def test_one_rate_of_the_two_is_not_enough():
    rate("CNY", "8.3201")
    assert valued(batch(**amount(100, 100))).exposure_basis == "no rate"


def test_a_sunday_takes_the_rate_of_friday_and_says_so():
    rate("CNY", 8, SUNDAY, fixed_on=FRIDAY)
    rate("USD", 1, SUNDAY, fixed_on=FRIDAY)
    row = valued(batch(announced_on=SUNDAY, **amount(800, 1600)))
    assert (row.exposure_low, row.exposure_high) == (100, 200)
    assert row.exposure_rate_fixed_on == FRIDAY


def test_an_open_end_stays_open(fixings):
    row = valued(batch(**amount(100, None, precision="at_least")))
    assert (row.exposure_low, row.exposure_high, row.exposure_precision) == (
        Decimal("13.93"),
        None,
        "at_least",
    )
    batch(units=1, **price(5, 5))
    total = exposure()
    assert (total.low, total.high, total.precision) == (Decimal("18.93"), None, "at_least")


def test_an_estimate_of_open_units_is_open():
    row = valued(batch(**at_least(10), **price(30, 50)))
    assert (row.exposure_low, row.exposure_high, row.exposure_precision) == (300, None, "at_least")


def test_ends_that_do_not_meet_make_no_figure():
    row = valued(batch(**at_least(10), **price(None, 50)))
    assert (row.exposure_low, row.exposure_high, row.exposure_basis) == (None, None, "no figure")


def test_an_exact_amount_is_exact_in_its_own_currency_only(fixings):
    record = batch(**amount(100, 100))
    assert valued(record, "CNY").exposure_precision == "exact"
    assert valued(record, "USD").exposure_precision == "approximate"


def test_a_batch_counted_in_another_is_left_out_only_beside_it():
    whole = batch("whole", units=100, **price(2, 2))
    batch("part", "CA", units=30, counted_in=whole, **price(2, 2))
    both, part = exposure(), exposure(region__code="CA")
    assert (both.low, both.estimated, both.inside) == (200, 1, 1)
    assert (part.low, part.estimated, part.inside) == (60, 1, 0)


def test_every_batch_is_in_one_count_and_the_weakest_grade_is_that_of_the_sum(fixings):
    batch(**amount(100, 100, "USD", grade="official"))
    batch(units=10, **price(2, 2))
    batch(units=10)
    batch(**amount(100, 100, "TWD"))
    total = exposure()
    assert (total.published, total.estimated, total.without_figure, total.without_rate) == (1, 1, 1, 1)
    assert (total.low, total.high, total.grade) == (120, 120, "inferred")


def test_of_nothing_it_is_unknown_and_not_zero():
    total = exposure()
    assert (total.low, total.high, total.precision, total.grade) == (None, None, "unknown", "")


def test_it_takes_one_query(published_table, fixings, django_assert_num_queries):
    with django_assert_num_queries(1):
        exposure()


def test_it_is_zero_where_a_price_is_zero():
    assert valued(batch(units=10, **price(0, 0))).exposure_low == 0


def shown(client, query=""):
    return client.get(f"/recalls/{query}").text


def test_the_list_says_what_the_exposure_is_and_in_which_currency(client, published_table, fixings):
    text = shown(client)
    assert "Sales value of the recalled units under full refund, not a booked loss" in text
    assert "USD\u00a075.79–93.30\u00a0M" in text
    assert "Exposure, USD" in text
    assert "CNY × 0.139349 of 2025-06-12" in text


def test_the_currency_is_in_the_address(client, published_table, fixings):
    assert "Exposure, EUR" in shown(client, "?currency=EUR")
    assert "Exposure, CNY" in shown(client, "?currency=cny&sort=-exposure")


@pytest.mark.parametrize("currency", ["TWD", "XXX", "dollars", "%00"])
def test_a_currency_without_rates_is_refused_with_a_sentence(client, published_table, currency):
    page = client.get(f"/recalls/?currency={currency}")
    assert "The European Central Bank quotes no rate for" in page.text
    assert not page.context["records"].page.object_list
    assert client.get(f"/recalls/?currency={currency}&export=csv").status_code == 400


def test_a_choice_of_currency_narrows_nothing(client, published_table):
    records = client.get("/recalls/?currency=EUR").context["records"]
    assert (records.count, records.is_narrowed, records.description) == (4, False, "Recall batches")


def test_the_list_sorts_by_exposure_and_what_has_none_comes_last(client, published_table, fixings):
    batch("none", announced_on=date(2025, 6, 12))
    rows = client.get("/recalls/?sort=-exposure").context["records"].page.object_list
    assert [row.title for row in rows] == ["us-a1263", "jp-2025-10", "cn-2025", "us-25466", "none"]


def test_a_cell_without_a_figure_says_why(client, fixings):
    batch(**amount(100, 100, "TWD"))
    batch(units=5)
    text = shown(client)
    assert '<span class="unknown">no rate</span>' in text
    assert '<span class="unknown">no figure</span>' in text


def file(client, query=""):
    text = client.get(f"/recalls/?export=csv{query}").getvalue().decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_has_the_exposure_with_its_rate_and_source(client, fixings):
    batch(units=1_158_000, **amount(223_000_000, 223_000_000), **price(27, 27))
    row = file(client)[0]
    assert (row["exposure_low"], row["exposure_currency"]) == ("31074890.93", "USD")
    assert (row["exposure_basis"], row["exposure_from_currency"]) == ("published amount", "CNY")
    assert (row["exposure_rate_date"], row["exposure_rate_source"]) == (
        "2025-06-12",
        "ECB euro reference rate",
    )
    assert row["exposure_estimate_low"] == "31266000.00"
    assert row["amount_low"] == "223000000.00"


def test_the_file_gives_no_source_for_a_rate_that_was_not_needed(client):
    batch(units=146_891, **price(159, 159, "CNY"))
    row = file(client, "&currency=CNY")[0]
    assert (row["exposure_low"], row["exposure_rate"]) == ("23355669.00", "1")
    assert (row["exposure_rate_date"], row["exposure_rate_source"]) == ("", "")


def test_amounts_in_the_file_add_up_to_the_total_of_the_page(client, published_table, fixings):
    rows = file(client)
    assert sum(Decimal(row["exposure_high"]) for row in rows) == exposure().high


def portions(client, query=""):
    listed = client.get(f"/recalls/{query}").context["records"].portions
    return {portion.title: [batch.title for batch in portion.batches] for portion in listed}


def test_the_fold_out_names_the_batches_in_a_total_left_out_and_without_a_figure(client):
    whole = batch("whole", units=100, **price(2, 2))
    batch("part", "CA", units=30, counted_in=whole)
    batch("unknown", "JP")
    assert portions(client) == {
        "Units: in the sum": ["whole"],
        "Units: not stated": ["unknown"],
        "Sales amount: none published": ["unknown", "whole"],
        "Exposure: by units × price, our estimate": ["whole"],
        "Exposure: no figure": ["unknown"],
        "Left out of every sum": ["part"],
    }
    assert 'counted in <a href="/recalls/' in shown(client)


def test_the_fold_out_stops_at_twenty_and_says_how_many_more(client):
    for _ in range(22):
        batch()
    assert len(portions(client)["Units: not stated"]) == 20
    assert "and 2 more" in shown(client)


def test_the_fold_out_takes_one_query_to_find_what_is_in_it_and_one_for_the_batches(
    published_table, django_assert_num_queries
):
    records = RecallBatchList(QueryDict("currency=CNY"))
    assert (records.totals.batches, records.exposure.published) == (4, 4)
    with django_assert_num_queries(2):
        assert [portion.count for portion in records.portions] == [4, 4, 4]


def test_a_list_of_nothing_has_no_fold_out(client):
    assert portions(client) == {}
    assert "Which batches these totals count" not in shown(client)


def test_a_batchs_page_shows_its_exposure_with_the_rate_beside_units_times_price(client):
    batch = factory.batch(
        published=True, units=10, price_low=3, price_high=3, price_currency="CNY", price_grade="official"
    )
    page = client.get(f"{batch.get_absolute_url()}?currency=CNY").text
    assert "CNY\u00a030" in page
    assert "not a booked loss" in page


def kept(record):
    """What the database keeps of the value of a batch's units."""
    return RecallBatch.objects.values_list(
        "value_low", "value_high", "value_precision", "value_currency", "value_grade", "value_basis"
    ).get(pk=record.pk)


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({**amount(7, 9), **price(27, 27)}, (7, 9, "range", "CNY", "estimated", "published amount")),
        ({"units": 10, **price(3, 5)}, (30, 50, "range", "USD", "inferred", "units × price")),
        ({"units": 10, **price(3, 3)}, (30, 30, "approximate", "USD", "inferred", "units × price")),
        ({"units": 10, **price(None, 3)}, (None, 30, "at_most", "USD", "inferred", "units × price")),
        ({**at_least(10), **price(3, 3)}, (30, None, "at_least", "USD", "inferred", "units × price")),
        (price(3, 3), (None, None, "unknown", "", "", "no figure")),
    ],
)
def test_the_database_keeps_the_value_of_the_units_in_its_own_currency(fields, value):
    assert kept(batch(**fields)) == value


def test_the_value_follows_every_change():
    record = batch(units=10, **price(3, 3))
    RecallBatch.objects.filter(pk=record.pk).update(price_low=4, price_high=4)
    assert kept(record)[:2] == (40, 40)


def test_a_price_of_the_largest_number_of_units_has_a_value():
    record = batch(units=9_223_372_036_854_775_807, **price(10**17, 10**17))
    assert kept(record)[0] == 9_223_372_036_854_775_807 * 10**17


@pytest.mark.parametrize(("currency", "rates"), [("USD", 0), ("CHF", 2)])
def test_a_total_reads_rates_only_where_nothing_is_kept(published_table, fixings, currency, rates):
    with CaptureQueriesContext(connection) as queries:
        exposure(currency)
    counted = queries[0]["sql"].rpartition('FROM "recalls_recallbatch" ')[2]  # behind the holders of others
    assert counted.count('JOIN "recalls_exchangerate"') == rates


def test_what_stands_behind_a_total_is_the_same_whether_found_together_or_one_by_one(
    sample_data, monkeypatch
):
    together = RecallBatchList(QueryDict("currency=CNY")).portions
    monkeypatch.setattr("recalls.portions.FEW", 0)
    assert RecallBatchList(QueryDict("currency=CNY")).portions == together
    assert {portion.title for portion in together} >= {"Units: in the sum", "Exposure: no figure"}
