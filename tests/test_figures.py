"""How figures read."""

from decimal import Decimal

import pytest
from django.utils import translation

from listing.figures import change, day, money, number, quantity


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


GAP = "\u00a0"


@pytest.mark.parametrize(
    ("low", "high", "precision", "text"),
    [
        (1_158_000, 1_158_000, "approximate", "≈ 115.8 万"),
        (712_964, 712_964, "exact", "712,964"),
        (1_234_500, 1_234_500, "exact", "123.45 万"),
        (1_234_560, 1_234_560, "exact", "1,234,560"),
        (220_000, None, "at_least", "≥ 22 万"),
        (20_000_000, 30_000_000, "range", "2,000–3,000 万"),
        (9_900, 9_900, "exact", "9,900"),
        (9_900, 20_000, "range", "9,900–20,000"),
        (150_000_000, 150_000_000, "exact", "1.5 亿"),
        (None, None, "unknown", "未说明"),
    ],
)
def test_a_quantity_in_chinese_loses_nothing(low, high, precision, text):
    with translation.override("zh-hans"):
        assert quantity(low, high, precision).replace(GAP, " ") == text


@pytest.mark.parametrize(
    ("low", "high", "precision", "text"),
    [
        (106_000_000, 163_000_000, "", "CNY 1.06–1.63 亿"),
        (105_580_000, 105_580_000, "", "CNY 10,558 万"),
        (60_700, None, "", "≥ CNY 6.07 万"),
        (15_452_399, 15_452_399, "", "CNY 15,452,399"),
        (Decimal("15452399.97"), Decimal("15452399.97"), "approximate", "≈ CNY 1,545 万"),
        (10_123_456, 29_876_543, "", "≈ CNY 1,012–2,988 万"),
        (8_816_701_234, 14_649_691_234, "", "≈ CNY 88.17–146.50 亿"),
        (27, 27, "", "CNY 27"),
    ],
)
def test_money_in_chinese_says_where_it_is_rounded(low, high, precision, text):
    with translation.override("zh-hans"):
        assert money(low, high, "CNY", precision).replace(GAP, " ") == text


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ("2025", "2025年"),
        ("2025-06", "2025年6月"),
        ("2025-06-20", "2025年6月20日"),
        ("2025-01 to 2025-09", "2025年1月至2025年9月"),
        ("2025-H1", "2025-H1"),
    ],
)
def test_a_day_reads_in_each_language(known, text):
    assert day(known) == known
    with translation.override("zh-hans"):
        assert day(known) == text
