"""How figures read."""

from decimal import Decimal

import pytest

from listing.figures import change, money, number, quantity


@pytest.mark.parametrize(
    ("low", "high", "precision", "text"),
    [
        (1158000, 1158000, "approximate", "≈\u00a01,158,000"),
        (712964, 712964, "exact", "712,964"),
        (220000, None, "at_least", "≥\u00a0220,000"),
        (None, 500, "at_most", "≤\u00a0500"),
        (20_000_000, 30_000_000, "range", "20,000,000–30,000,000"),
        (None, None, "unknown", "not stated"),
        (0, 0, "exact", "0"),
    ],
)
def test_a_quantity_shows_its_precision(low, high, precision, text):
    assert quantity(low, high, precision) == text


@pytest.mark.parametrize(
    ("low", "high", "currency", "precision", "text"),
    [
        (106_000_000, 163_000_000, "CNY", "range", "CNY\u00a0106–163\u00a0M"),
        (223_000_000, 223_000_000, "CNY", "approximate", "≈\u00a0CNY\u00a0223\u00a0M"),
        (27, 27, "USD", "", "USD\u00a027"),
        (30, 50, "USD", "", "USD\u00a030–50"),
        (60700, None, "USD", "at_least", "≥\u00a0USD\u00a060,700"),
        (75_790_000, 93_300_000, "USD", "range", "USD\u00a075.79–93.30\u00a0M"),
        (900_000, 1_200_000, "USD", "range", "USD\u00a0900,000–1,200,000"),
        (100_000_000, 100_000_000, "JPY", "exact", "JPY\u00a0100\u00a0M"),
        (None, None, "", "unknown", "not stated"),
    ],
)
def test_money_stands_in_its_currency(low, high, currency, precision, text):
    assert money(low, high, currency, precision) == text


def test_a_number_has_no_idle_decimals():
    assert [number(value) for value in (1158000, "23.50", "-1132000000.00")] == [
        "1,158,000",
        "23.50",
        "-1,132,000,000",
    ]


@pytest.mark.parametrize("precision", ["approximate", "at_least", "at_most", "exact", "range"])
def test_a_figure_never_breaks_over_two_lines(precision):
    low = None if precision == "at_most" else 2_874_201
    high = None if precision == "at_least" else 93_300_000 if precision == "range" else 2_874_201
    assert " " not in quantity(low, high, precision) + money(low, high, "USD", precision)


def test_a_large_change_has_grouped_thousands():
    assert change(Decimal("3106.5")) == "+3,106.5\u00a0%"
