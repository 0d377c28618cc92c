"""Quantity texts are read rightly or refused: written by hand for each oddity, and generated."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalls.importers.quantities import Earlier, Figure, read_quantity


def about(number, region="US", **more):
    return Figure(region, number, number, "approximate", **more)


def exactly(number, region="US", **more):
    return Figure(region, number, number, "exact", **more)


def beside(number, region="CA", **more):
    return exactly(number, region, relation="additional", **more)


def inside(number, region="US", **more):
    return exactly(number, region, relation="included", **more)


FIGURES = {
    "1900": [exactly(1900)],
    "About 1,400": [about(1_400)],
    "About&nbsp;1,400&nbsp; ": [about(1_400)],
    "ABOUT 1,400.": [about(1_400)],
    "About 1,400*": [about(1_400)],
    "Approx. 1.25 million<br />": [about(1_250_000)],
    "two million": [exactly(2_000_000)],
    "About twenty-five hundred": [about(2_500)],
    "about a dozen": [about(12)],
    "500 dozen": [exactly(6_000)],
    "Nearly 5,000 units": [about(5_000)],
    "six (6)": [exactly(6)],
    "More than 3 million": [Figure("US", 3_000_000, None, "at_least")],
    "5,000 or more": [Figure("US", 5_000, None, "at_least")],
    "Up to 300": [Figure("US", None, 300, "at_most")],
    "Between 3,000 and 5,000": [Figure("US", 3_000, 5_000, "range")],
    "About 1,000\u20132,000": [Figure("US", 1_000, 2_000, "range")],
    "1 to 2 million": [Figure("US", 1_000_000, 2_000_000, "range")],
    "Undetermined": [Figure("US", None, None, "unknown")],
    "About 1,400 pairs": [about(1_400, unit="pairs")],
    "About 1.1 million pairs of mittens": [about(1_100_000, unit="pairs", product="mittens")],
    "About 700 sheet sets": [about(700, unit="sets", product="sheet sets")],
    "70 golf cars": [exactly(70, product="golf cars")],
    "90 12-Drawer Dressers and 35 8-Drawer Dressers": [
        exactly(90, product="12-Drawer Dressers"),
        exactly(35, product="8-Drawer Dressers"),
    ],
    "About 90 bikes/9 stems": [about(90, product="bikes"), exactly(9, product="stems")],
    "About 1,500 sets and 200 pairs": [about(1_500, unit="sets"), exactly(200, unit="pairs")],
}

COUNTRIES = {
    "About 90 in the U.S. and 11 in Canada": [about(90), beside(11)],
    "90 in the United States; 83 in Canada": [exactly(90), beside(83)],
    "U.S.: 90, Canada: 83": [exactly(90), beside(83)],
    "83 in Canada and 90 in the U.S.": [exactly(90), beside(83)],
    "90 (US) and 83 (Canada)": [exactly(90), beside(83)],
    "About 90 (In addition, 5 sold in Canada, and 2 in Mexico.)": [about(90), beside(5), beside(2, "MX")],
    "About 90 (Additionally, six were sold in the UK)": [about(90), beside(6, "GB")],
    "About 90 (an additional 30 were sold outside the U.S.)": [about(90), beside(30, "ZZ")],
    "About 90. In addition, 5 units were distributed in Canada": [about(90), beside(5)],
    "90 pairs (In addition, 5 in Canada)": [exactly(90, unit="pairs"), beside(5, unit="pairs")],
    "9 bikes (in addition, 4 bikes and 3 forks were sold in Canada)": [
        exactly(9, product="bikes"),
        beside(4, product="bikes"),
        beside(3, product="forks"),
    ],
    "About 90 in U.S. and an unknown number in Canada": [
        about(90),
        Figure("CA", None, None, "unknown", relation="additional"),
    ],
    "About 90, including 30 in Canada": [about(90), inside(30, "CA")],
    "90 units of which 30 were sold in Canada": [exactly(90), inside(30, "CA")],
    "About 90 (60 in the U.S. and 30 in Canada)": [about(60), about(30, "CA", relation="additional")],
    "90 (60 in the U.S. and 30 in Canada)": [exactly(60), beside(30)],
}

TOTALS = {
    "About 90: Red Star 40 and Skulls 50": [
        about(90),
        about(40, relation="included", product="Red Star"),
        about(50, relation="included", product="Skulls"),
    ],
    "About 90 (40 chests and 50 beds)": [
        about(90),
        about(40, relation="included", product="chests"),
        about(50, relation="included", product="beds"),
    ],
    "90 (40 chests and 50 beds)": [exactly(90), inside(40, product="chests"), inside(50, product="beds")],
    "80 (40 pairs)": [exactly(80), inside(40, unit="pairs")],
    "27 bikes (54 pedals)": [exactly(27, product="bikes"), inside(54, product="pedals")],
    "About 90 (including lamps sold overseas)": None,
    "About 90 (including lamps previously made by another company)": [about(90)],
}


@pytest.mark.parametrize(("text", "figures"), (FIGURES | COUNTRIES | TOTALS).items())
def test_figures_are_read_as_written(text, figures):
    reading = read_quantity(text)
    assert list(reading.units) == (figures or [])
    assert (reading.refused is None) == (figures is not None)


def earlier(number, date, included=None, **more):
    precision = "unknown" if number is None else "exact"
    return Earlier("US", number, number, precision, date=date, included=included, **more)


EARLIER = {
    "90 (This recall was first announced in Oct. 2003)": [earlier(None, "Oct. 2003", kind="announcement")],
    "90 (20 units were recalled in May 2012)": [earlier(20, "May 2012")],
    "90 (360 were previously recalled on July 6, 2020)": [earlier(360, "July 6, 2020", included=False)],
    "90 additional hats (20 were recalled in 2001)": [earlier(20, "2001", included=False)],
    "90 (In August 2018, 20 of the 90 were recalled)": [earlier(20, "August 2018", included=True)],
    "90 (including 20 previously recalled in 2001)": [earlier(20, "2001", included=True)],
    "90 (Some of these ROVs were recalled in May 2023)": [
        earlier(None, "May 2023", included=True, product="ROVs")
    ],
    "90. The lamps were recalled in 2023 for a different hazard.": [earlier(None, "2023", product="lamps")],
    "90, Acme Inc. previously recalled 7 fans on May 1, 2020; 5 on June 2, 2021.": [
        earlier(7, "May 1, 2020", product="fans"),
        earlier(5, "June 2, 2021"),
    ],
    "90 (60 of the 2010 and 2011 Z modules were recalled in April 2012)": [
        earlier(60, "April 2012", product="2010 and 2011 Z modules")
    ],
    "90 (This recall expands the January 2010 recall of 14 units)": [earlier(14, "January 2010")],
    "90 (20 were recalled in May 2009 under recall number 09-210)": [
        earlier(20, "May 2009", notice="09-210")
    ],
}


@pytest.mark.parametrize(("text", "recalls"), EARLIER.items())
def test_earlier_recalls_stand_apart_from_the_figure(text, recalls):
    reading = read_quantity(text)
    assert [unit.low for unit in reading.units] == [90]
    assert list(reading.earlier) == recalls


def test_an_earlier_recalls_own_countries_are_not_added_to_the_figure():
    text = (
        "About 20 (In addition, 2 in Canada). Acme previously recalled 24 fans on May 1, 2025 "
        "(In addition, 9 were sold in Canada that were covered in the May recall)."
    )
    reading = read_quantity(text)
    assert [(unit.region, unit.low) for unit in reading.units] == [("US", 20), ("CA", 2)]
    assert [(recall.region, recall.low, recall.included) for recall in reading.earlier] == [
        ("US", 24, False),
        ("CA", 9, False),
    ]


REFUSED = """
| About 5.900 | 1,40 | 26, 800 | 1 400 | 1.400.000 | 1,400.5 | About 1,2 million | 5K | $5,000 | 140² | ١٢٣ | 0
| 99999999999 | 24-074 | 2010-2012 | 5,000 to 300 | About -5,000 | 1 1/2 million | five six | hundreds | None sold
| About 90 worldwide | About 90 in the U.S. and Canada | 90 in Europe | 90 in Canada | 5 China cabinets
| About 90 (30 in Canada) | About 90 (In addition, 3 in Freedonia) | 9 lamps and 2 fans in Canada
| About 90 (60 in the U.S. and 40 in Canada) | 90 (40 chests and 60 beds) | About 90 and 30
| About 90 (in addition, 4) | 90, including 300 in Canada | 90 in the U.S., including 3 in Canada
| 90 fans, 40 desk fans and 50 table fans | 90 (45 lamps) | 300 boxes of 12 pens
| 9 fans (In addition, 2 and 3 in Canada) | About 21-400 | 2 millon units | 5 mil bikes | one mil1ion fans
| 90 reports | 15 models | 90 bicycle | 90 per year | 90 not sold | 90 fewer | 5,000 or 6,000 | over 50 and under 90
| 90 (70 were recalled) | 90 (20 of the 80 lamps were recalled in 2001) | Acme previously recalled 90 fans
| 90 (Acme previously recalled 2010 fans) | 90 (including 300 previously recalled in 2001) | 90 (something else)
| 90 (a (b)) | 90) | 90 in Canada and 3 in Canada | About 90 pairs of boots about 45 pairs of shoes
"""


@pytest.mark.parametrize("text", ["", " \n", "\ud800", *REFUSED.replace("\n", "").split("|")[1:]])
def test_what_is_not_sure_is_refused_with_a_reason(text):
    reading = read_quantity(text)
    assert reading.units == reading.earlier == ()
    assert reading.refused.endswith(".")


def test_another_region_can_be_the_notices_own():
    reading = read_quantity("About 90 in Canada and 5 in the U.S.", region="CA")
    assert list(reading.units) == [about(90, "CA"), beside(5, "US")]


numbers = st.integers(1, 1_999_999_999)
hedges = st.sampled_from([("", exactly), ("About ", about), ("approximately ", about), ("Nearly\xa0", about)])
places = st.permutations([("Canada", "CA"), ("Mexico", "MX"), ("Australia", "AU"), ("the UK", "GB")])
endings = st.sampled_from(["", ".", " \xa0", "&nbsp;"])


@given(hedges, numbers, st.lists(numbers, max_size=4), places, endings)
def test_composed_texts_are_read_back(hedge, number, others, countries, ending):
    words, figure = hedge
    named = list(zip(others, countries, strict=False))
    sold = " and ".join(f"about {n:,} were sold in {name}" for n, (name, _) in named)
    text = f"{words}{number:,}" + (f" (In addition, {sold})" if sold else "") + ending
    expected = [figure(number), *(about(n, code, relation="additional") for n, (_, code) in named)]
    assert list(read_quantity(text).units) == expected


WRITTEN = re.compile(r"(?<![\d.])(?<!\d,)(\d+(?:,\d{3})*)(\.\d+)?( +million)?(?![\w]|[.,]\d)")
SHARED_MILLION = re.compile(r"(\d+)-(\d+) million")
REAL_SHAPES = [
    "About 21,400 (In addition, about 3,550 were sold in Canada and about 126 in Mexico)",
    "1.2 million in the U.S. and 17,500 in Canada",
    "About 4,200 carts and 393 doors (19,900 carts were previously recalled in January 2022)",
    "Between 3,000 and 5,250 pairs, 1,500 sets",
]
SLIPS = st.sampled_from([*" .,-/()0123459", "", "and", "\xa0", "million", "in Canada"])


def numbers_in(text):
    """What a strict reader sees written, by another way than the grammar."""
    plain = SHARED_MILLION.sub(r"\1 million - \2 million", text.replace("\xa0", " "))
    for whole, fraction, million in WRITTEN.findall(plain):
        yield round(float(whole.replace(",", "") + fraction) * (1_000_000 if million else 1))


@given(st.sampled_from(REAL_SHAPES), st.data())
def test_a_slip_never_makes_a_number_that_is_not_written(shape, data):
    at = data.draw(st.integers(0, len(shape)))
    text = shape[:at] + data.draw(SLIPS) + shape[at + data.draw(st.integers(0, 1)) :]
    reading = read_quantity(text)
    read = {end for figure in (*reading.units, *reading.earlier) for end in (figure.low, figure.high)}
    assert read - {None} <= set(numbers_in(text))


@given(st.text(max_size=300) | st.text("0123456789,.-/() aboutinmlCdMUS&;\xa0", max_size=60))
def test_no_text_raises(text):
    reading = read_quantity(text)
    assert bool(reading.units) != bool(reading.refused)
    assert reading.refused or reading.units[0].region == "US"


@pytest.mark.parametrize("text", ["9" * 100_000, "(" * 100_000, "About 5 " * 200, "and " * 499, "a" * 1999])
def test_huge_texts_are_refused_at_once(text):
    assert read_quantity(text).refused
