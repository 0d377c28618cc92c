"""Press figures: read in one way only, with the rounding that their digits imply, or refused with a sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalls.headlines import MEANINGS, MOST, Span, read_headline

MILLION = 10**6


@pytest.mark.parametrize(
    ("text", "value", "first", "last"),
    [
        ("2,351,964", 2_351_964, 2_351_964, 2_351_964),
        ("2351964 units", 2_351_964, 2_351_964, 2_351_964),
        ("2.38 million", 2_380_000, 2_375_000, 2_385_000),
        ("2.352 million power banks.", 2_352_000, 2_351_500, 2_352_500),
        ("1.35 million", 1_350_000, 1_345_000, 1_355_000),
        ("about 1.2 million units", 1_200_000, 1_150_000, 1_250_000),
        ("about 713,000", 713_000, 712_500, 713_500),
        ("713,000", 713_000, 713_000, 713_000),
        ("~2.4m", 2_400_000, 2_350_000, 2_450_000),
        ("481k", 481_000, 480_500, 481_500),
        ("235.2万", 2_352_000, 2_351_500, 2_352_500),
        ("235.2万台", 2_352_000, 2_351_500, 2_352_500),
        ("２３５．２萬台", 2_352_000, 2_351_500, 2_352_500),
        ("約52万台", 520_000, 515_000, 525_000),
        ("52万2237台", 522_237, 522_237, 522_237),
    ],
)
def test_units_are_read_with_their_rounding(text, value, first, last):
    headline = read_headline(text)
    assert (headline.low, headline.high, headline.unit) == (value, value, "units")
    assert headline.low_span == headline.high_span == Span(first, last)


@pytest.mark.parametrize(
    ("text", "currency", "low", "high", "half"),
    [
        ("432–557m yuan", "CNY", 432, 557, "0.5"),
        ("CNY 542-667 million", "CNY", 542, 667, "0.5"),
        ("4.32亿-5.57亿元", "CNY", 432, 557, "0.5"),
        ("5.42亿至6.67亿元", "CNY", 542, 667, "0.5"),
        ("between 432 and 557 million yuan", "CNY", 432, 557, "0.5"),
        ("$75.8m to $93.3m", "USD", "75.8", "93.3", "0.05"),
    ],
)
def test_a_range_of_money_has_its_rounding_at_each_end(text, currency, low, high, half):
    headline = read_headline(text)
    low, high, half = (Decimal(number) * MILLION for number in (low, high, half))
    assert (headline.low, headline.high, headline.unit) == (low, high, currency)
    assert headline.low_span == Span(low - half, low + half)
    assert headline.high_span == Span(high - half, high + half)


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("$75.8m", "USD", 75_800_000),
        ("US$ 93.3 million", "USD", 93_300_000),
        ("1億2000万円", "JPY", 120_000_000),
        ("HK$5bn", "HKD", 5_000_000_000),
        ("€12.50", "EUR", Decimal("12.50")),
    ],
)
def test_one_sum_of_money_is_read_in_its_currency(text, currency, value):
    headline = read_headline(text)
    assert (headline.low, headline.high, headline.unit) == (value, value, currency)


@pytest.mark.parametrize("text", ["over 2 million", "more than 2m", "200万台以上", "逾200万", "2 million+"])
def test_over_two_million_has_no_high_and_begins_there(text):
    headline = read_headline(text)
    assert (headline.low, headline.high, headline.low_span.first) == (2_000_000, None, 2_000_000)


def test_over_two_million_ends_before_three():
    assert read_headline("over 2 million").low_span.last == 2_999_999


def test_nearly_half_a_million_has_no_low_and_ends_there():
    headline = read_headline("nearly 500,000")
    assert (headline.low, headline.high, headline.low_span) == (None, 500_000, Span(400_001, 500_000))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1,2 million", "not read as a number"),
        ("1,23,456", "not read as a number"),
        ("1,234 million", "1.234 or 1234"),
        ("1.234", "whole number of units"),
        ("$1.234", "whole hundredths"),
        ("1억", "“억” is not understood"),
        ("¥5m", "CNY or JPY"),
        ("$5m yuan", "CNY and USD together"),
        ("5m yuan units", "CNY and units together"),
        ("5-3m", "not below"),
        ("432 and 557m", "one range"),
        ("over 4-5m", "can't be “at least”"),
        ("超120万以下", "“以下” is not understood"),
        ("-5m", "one figure"),
        ("2 million 500", "one figure"),
        ("12 lakh", "“lakh”"),
        ("10² million", "“²”"),
        ("5 miles", "“miles”"),
        ("1.5亿2000万", "fit together"),
        ("0", "above zero"),
        ("9,999,999 billion", "at most"),
        ("1" * 25, "not read as a number"),
        ("2 m\x00", "A character is not understood"),
        ("", "one figure"),
        ("2" * 201, "too long"),
    ],
)
def test_what_can_mean_two_things_or_none_is_refused(text, reason):
    with pytest.raises(ValueError, match=reason):
        read_headline(text)


@given(
    st.text()
    | st.lists(
        st.sampled_from([*MEANINGS, " ", ",", ".", "0"]) | st.from_regex(r"[0-9.,]{1,30}", fullmatch=True)
    ).map(" ".join)
)
def test_any_other_text_is_read_or_refused_and_never_breaks(text):
    try:
        headline = read_headline(text)
    except ValueError as error:
        assert str(error)
    else:
        first, last = headline.low_span.first, headline.high_span.last
        assert 0 < min(first, *headline.ends) <= max(last, *headline.ends) <= 2 * MOST


@given(st.integers(1, 10**12))
def test_digits_are_read_to_the_last_one(number):
    headline = read_headline(f"{number:,}")
    assert headline.low_span == headline.high_span == Span(number, number)


@given(st.integers(10_000, 10**12))
def test_a_number_lies_in_what_its_rounding_stands_for(number):
    span = read_headline(f"{Decimal(number) / MILLION:.2f} million").low_span
    assert span.first <= number <= span.last
