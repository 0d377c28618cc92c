"""Totals: each unit counted once, open ends left open, unknown kept apart."""

import pytest

from recalls.models import Incident, RecallBatch
from tests import factory

pytestmark = pytest.mark.django_db


def money(low, high, currency="CNY", grade="estimated"):
    precision = "range" if low != high else "exact"
    values = {"low": low, "high": high, "precision": precision, "currency": currency, "grade": grade}
    return {f"amount_{name}": value for name, value in values.items()}


def totals(**filters):
    return RecallBatch.objects.visible().filter(**filters).totals()


def test_a_batch_counted_in_another_is_left_out_only_beside_it():
    whole = factory.batch("whole", published=True, units=100)
    factory.batch("part", "CA", published=True, units=30, counted_in=whole)
    both, part = totals(), totals(region__code="CA")
    assert (both.units.low, both.batches, both.inside) == (100, 2, 1)
    assert (part.units.low, part.inside) == (30, 0)


def test_a_batch_counted_in_a_draft_is_counted_by_itself():
    draft = factory.batch("draft", units=100)
    factory.batch("part", "CA", published=True, units=30, counted_in=draft)
    assert (totals().units.low, totals().inside) == (30, 0)


def test_unknown_is_counted_apart_and_not_as_zero():
    factory.batch(published=True)
    assert (totals().units.low, totals().units.high, totals().units.precision) == (None, None, "unknown")
    factory.batch(published=True, units=7)
    assert (totals().units.low, totals().without_units, totals().without_amount) == (7, 1, 2)


def test_an_open_figure_leaves_the_total_open():
    factory.batch(published=True, units=7)
    open_end = {"units_low": 100, "units_precision": "at_least", "units_grade": "reported"}
    factory.batch(published=True, **open_end)
    units = totals().units
    assert (units.low, units.high, units.precision, units.grade) == (107, None, "at_least", "reported")


def test_an_approximate_part_makes_the_total_approximate():
    factory.batch(published=True, units=7)
    about = {"units_low": 100, "units_high": 100, "units_precision": "approximate", "units_grade": "official"}
    factory.batch(published=True, **about)
    assert (totals().units.low, totals().units.precision) == (107, "approximate")


def test_money_of_different_currencies_is_never_added():
    factory.batch(published=True, **money(100, 200))
    factory.batch(published=True, **money(1, 1))
    factory.batch(published=True, **money(5, 5, currency="USD", grade="official"))
    amounts = totals().amounts
    assert [(code, amount.low, amount.high) for code, amount in amounts.items()] == [
        ("CNY", 101, 201),
        ("USD", 5, 5),
    ]
    assert (amounts["CNY"].grade, amounts["USD"].grade) == ("estimated", "official")


def test_totals_do_not_change_with_the_sort_or_the_page(client):
    factory.batch(published=True, units=7)
    factory.batch(published=True, units=5)
    page = client.get("/recalls/?sort=-units&per_page=1&page=2")
    assert page.context["records"].totals.units.low == 12


def test_totals_take_one_query(django_assert_num_queries):
    factory.batch(published=True, units=7, **money(1, 2))
    with django_assert_num_queries(1):
        totals()


def test_an_incident_counts_its_units_once_and_only_what_shows():
    crisis = factory.incident(published=True)
    whole = factory.batch("whole", published=True, units=100, incident=crisis)
    factory.batch("part", "CA", published=True, units=30, counted_in=whole, incident=crisis)
    factory.batch("draft", units=1000, incident=crisis)
    shown = Incident.objects.visible().with_figures().get()
    assert (shown.units_low, shown.units_high, shown.batch_count, shown.region_codes) == (
        100,
        100,
        2,
        "CA, US",
    )
