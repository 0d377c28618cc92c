"""A figure that is read stands in the text; other words beside it never make another figure of it."""

import re
from decimal import Decimal
from itertools import chain

from hypothesis import example, given
from hypothesis import strategies as st

from recalls.importers.harm import read_harm
from recalls.importers.quantities import read_quantity
from recalls.importers.sales import read_sale

HARMS = [
    "The firm has received 19 reports of the lid breaking, including two burns and one laceration.",
    "Acme is aware of 1,240 incidents of overheating, resulting in 30 injuries and one death.",
    "The company has received 12 reports of fires, resulting in more than $60,700 in property damage.",
    "The firm has received about 120 complaints. No injuries have been reported.",
    "Eleven incidents worldwide, and three in the U.S. One minor burn injury was reported.",
]
SALES = [
    "Target stores nationwide from March 2022 through May 2024 for about $30.",
    "Online at Amazon.com and Walmart.com from November 2019 to June 12, 2025 for between $1,400 and $2,000.",
    "Costco in 2021 for about $25 (small) and $1.2 million.",
    "Any store since August 2018 for under $99.95 each.",
]
QUANTITIES = [
    "About 21,400 (In addition, about 3,550 were sold in Canada and about 126 in Mexico)",
    "1.2 million in the U.S. and 17,500 in Canada",
    "Between 3,000 and 5,000 pairs",
    "About 550 (About 950 robes were previously recalled in June 2021)",
]
SLIPS = st.sampled_from([*"0123456789,.- $()", " and ", " no ", "a ", "two ", " million", "each ", "Canada "])
OTHER_WORDS = st.sampled_from(
    [
        " The lamps come in blue and in green.",
        " Their cords are long.",
        " Consumers who own them know where they stand.",
        " “Lampen in Blau und Grün.”",
    ]
)
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
SMALL = {word: number for number, word in enumerate(WORDS, 1)} | {"a": 1, "an": 1, "another": 1}
NONE = {"no", "none", "not", "zero", "without"}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
SCALES = {"": 1, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}


@st.composite
def slipped(draw, texts):
    """One of these texts with something typed into it, once or twice."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(SLIPS) + text[at + draw(st.integers(0, 2)) :]
    return text


def numbers_in(text):
    """Every number that stands in a text, in digits or in words, also times the scale that its text names."""
    digits = [Decimal(number.replace(",", "")) for number in NUMBER.findall(text)]
    words = re.findall(r"[a-z]+", text.lower())
    written = [*digits, *(SMALL[word] for word in words if word in SMALL)]
    scaled = {number * scale for number in written for word, scale in SCALES.items() if word in ("", *words)}
    return scaled | ({0} if NONE & {*words} else set())


def sums_of(numbers):
    """What can be had by adding some of them."""
    sums = {0} & numbers
    for number in numbers:
        sums |= {number, *(number + other for other in sums)}
    return sums


@given(slipped(HARMS))
@example(HARMS[0])
def test_no_count_of_harm_comes_from_nowhere(text):
    harm, written = read_harm(text), numbers_in(text)
    read = {harm.reports, harm.damage_reports, harm.damage_low, harm.damage_high} - {None}
    assert read <= written
    assert {harm.injuries, harm.deaths} - {None} <= sums_of(written)


@given(slipped(SALES))
@example(SALES[0])
def test_no_price_and_no_year_of_a_sale_comes_from_nowhere(text):
    sale, written = read_sale(text), numbers_in(text)
    assert {sale.price_low, sale.price_high} - {None} <= written
    days = [day for end in (sale.sold_from, sale.sold_until) if end for day in (end.first, end.last)]
    assert {day.year for day in days} <= written


@given(slipped(QUANTITIES), st.sampled_from(["US", "CA"]))
def test_no_quantity_comes_from_nowhere(text, region):
    reading = read_quantity(text, region)
    ends = chain.from_iterable((one.low, one.high) for one in (*reading.units, *reading.earlier))
    assert {*ends} - {None} <= numbers_in(text)


@given(slipped(HARMS), OTHER_WORDS)
def test_other_words_beside_it_make_no_other_count_of_harm(text, words):
    alone, beside = read_harm(f"{text}."), read_harm(f"{text}.{words}")
    for name in alone.__slots__:
        assert getattr(beside, name) in (getattr(alone, name), None, "", "unknown"), name


@given(slipped(SALES), OTHER_WORDS)
def test_other_words_beside_it_make_no_other_price(text, words):
    alone, beside = read_sale(f"{text}."), read_sale(f"{text}.{words}")
    for name in set(alone.__slots__) - {"problem"}:
        assert getattr(beside, name) in (getattr(alone, name), None, ""), name


@given(slipped(QUANTITIES), OTHER_WORDS)
def test_other_words_beside_it_make_no_other_quantity(text, words):
    alone, beside = read_quantity(text), read_quantity(f"{text}.{words}")
    assert beside.refused or beside.units == alone.units


@given(st.integers(2, 99_999), st.integers(13, 99_999), OTHER_WORDS)
def test_a_plain_figure_stays_what_it_is_beside_other_words(reports, injuries, words):
    text = f"Acme has received {reports:,} reports of the lid breaking, resulting in {injuries:,} injuries."
    harm = read_harm(text + words)
    assert (harm.reports, harm.injuries) == (reports, injuries)
