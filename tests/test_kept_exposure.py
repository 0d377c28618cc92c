"""Exposure that is kept with each batch is what is worked out live, to the cent."""

from datetime import date
from decimal import Decimal

import pytest

from recalls.exposure import with_conversion
from recalls.kept_fields import CURRENCIES
from recalls.models import ExchangeRate, RecallBatch
from recalls.sample_data import load
from tests import factory

pytestmark = pytest.mark.django_db

THURSDAY, SUNDAY = date(2025, 6, 12), date(2025, 6, 15)
PARTS = ["low", "high", "precision", "grade", "basis", "from_currency"]


def rate(currency, per_euro, day=THURSDAY, fixed_on=THURSDAY):
    return ExchangeRate.objects.create(currency=currency, day=day, per_euro=per_euro, fixed_on=fixed_on)


def rates():
    for currency, per_euro in {
        "CNY": "8.3201",
        "EUR": "1",
        "GBP": "0.8515",
        "JPY": "166.5",
        "USD": "1.1594",
    }.items():
        rate(currency, per_euro)


def valued(low, high, currency="CNY", **fields):
    precision = "range" if low != high else "exact"
    precision = "at_least" if high is None else "at_most" if low is None else precision
    figure = {"low": low, "high": high, "currency": currency, "precision": precision, "grade": "estimated"}
    amount = {f"amount_{name}": value for name, value in figure.items()}
    return factory.batch(published=True, **{**amount, **fields})


def in_dollars(batch):
    return RecallBatch.objects.values_list("exposure_usd_low", "exposure_usd_high").get(pk=batch.pk)


def figures(batches):
    return sorted(batches.values_list("pk", *(f"exposure_{part}" for part in PARTS)), key=str)


def assert_both_ways_agree():
    for currency in CURRENCIES:
        batches = RecallBatch.objects.order_by()
        assert figures(batches.with_exposure(currency)) == figures(
            with_conversion(batches, currency, "value")
        )


def test_a_batch_keeps_its_exposure_at_the_rate_of_its_day():
    rates()
    assert in_dollars(valued(100, 200)) == (Decimal("13.93"), Decimal("27.87"))  # × 1.1594 / 8.3201


def test_odd_cases_are_the_same_both_ways():
    rates()
    valued(100, None)
    valued(None, 7)
    valued(5, 5, "USD")
    valued(5, 9, "CHF")
    valued(5, 9, announced_on=SUNDAY)
    factory.batch(units=3, price_low=10, price_high=12, price_currency="GBP", price_grade="official")
    factory.batch(units=3)
    assert_both_ways_agree()


def test_the_sample_data_are_the_same_both_ways():
    rates()
    load()
    assert_both_ways_agree()


def test_a_rate_that_comes_later_changes_the_batches_of_its_day_alone():
    rates()
    on_sunday, before = valued(5, 9, announced_on=SUNDAY), valued(5, 9)
    assert in_dollars(on_sunday) == (None, None)
    rate("CNY", "10", SUNDAY)
    rate("USD", "2", SUNDAY)
    assert in_dollars(on_sunday) == (1, Decimal("1.80"))
    assert in_dollars(before) == (Decimal("0.70"), Decimal("1.25"))


def test_a_rate_that_is_mended_or_taken_back_changes_them_too():
    rates()
    batch = valued(100, 200)
    ExchangeRate.objects.filter(currency="USD").update(per_euro="8.3201")
    assert in_dollars(batch) == (100, 200)
    ExchangeRate.objects.filter(currency="USD").delete()
    assert in_dollars(batch) == (None, None)


def test_nobody_writes_what_the_database_keeps():
    rates()
    batch = valued(100, 200)
    batch.exposure_usd_low = 1
    batch.title = "Renamed"
    batch.save()
    assert in_dollars(batch) == (Decimal("13.93"), Decimal("27.87"))
