"""Sold-at texts give window and price, or the reason why not: written by hand, generated, and the real ones."""

import csv
import hashlib
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalls.importers.sales import read_sale

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared")) / "data" / "cpsc"
READINGS = Path(__file__).with_name("sale_readings.json")

WINDOWS = {
    "Target stores from March 2024 through October 2024": "2024-03 2024-10",
    "Target between January and November 2025": "2025-01 2025-11",
    "Target between June 2024 through April 2025": "2024-06 2025-04",
    "Target from August 2021 and April 2022": "2021-08 2022-04",
    "Target from Sept. 2004 through Jan. 2005": "2004-09 2005-01",
    "Target from November 24, 2020 through March 2026": "2020-11-24 2026-03",
    "Target from November 14 through November 15, 2024": "2024-11-14 2024-11-15",
    "Target from 2015 until January 2025": "2015 2025-01",
    "Target from 2019-2020": "2019 2020",
    "Target during the month of August 2024": "2024-08 2024-08",
    "Target in June 2023": "2023-06 2023-06",
    "Target since 2017": "2017 None",
    "Target, beginning in September 2019,": "2019-09 None",
    "Target from March 2014 through present": "2014-03 None",
    "Target through May 2012": "None 2012-05",
    "Target from early 2010 to late 2011": "2010-H1 2011-H2",
    "Target from spring 2004 to fall 2005": "2004-03 to 2004-06 2005-09 to 2005-12",
    "A from 2019 through 2020 and B from March 2021 through May 2022": "2019 2022-05",
    "A from May 2020 through June 2022. B was sold from April 2021 through May 2021.": "2020-05 2022-06",
    "Forever 21 and “SMITH SINCE 1921” from January 2024 through July 2024": "2024-01 2024-07",
    "": "None None",
}


@pytest.mark.parametrize(("text", "window"), WINDOWS.items())
def test_the_window_is_read_as_precisely_as_it_is_written(text, window):
    sale = read_sale(text)
    assert f"{sale.sold_from} {sale.sold_until}" == window
    assert sale.problem == ""


NO_WINDOW = """
| from March 2014 through March 2013 | from March 204 through April 2005 | from June 20024 through July 2005
| from March 32, 2004 through April 2005 | from February 30, 2004 through April 2005 | from March 2004 through April
| from November through January 2012 | from Febuary 2004 through May 2005 | from March 2O24 through May 2025
| from winter 2010 through 2011 | in 2004 catalogs | from about March 2004 to May 2005 | before May 2004
| from 15 March 2004 through 20 May 2005 | from 3/2004 through 5/2005 | from March 2004 through 2004-05
| The pumps were manufactured from May 2004 through June 2005 and sold at dealers | from January 2020 through then
| from May 2004 through June 2005, or from a dealer thereafter | since 2004 and from May 2006 through May 2007
| from May 2004 to May 2005, and replacement parts from May 2006 through May 2007 | In June 2023, the firm closed
"""


@pytest.mark.parametrize("text", NO_WINDOW.replace("\n", "").split("|")[1:])
def test_dates_that_are_not_sure_are_left_out_with_the_reason(text):
    sale = read_sale(f"Target {text.strip()} for about $20.")
    assert (sale.sold_from, sale.sold_until) == (None, None)
    assert sale.problem.startswith("No dates: ")


W = "from March 2022 through May 2024"
PRICES = {
    f"Target {W} for about $6.": "6 6",
    f"Target {W} for $15": "15 15",
    f"Target {W} for between $1.45 and $4.50.": "1.45 4.50",
    f"Target {W} for between $42 to $65.": "42 65",
    f"Target {W} for between about $27 and $29": "27 29",
    f"Target {W} for about $35 to $56.": "35 56",
    f"Target {W} for $5-$7": "5 7",
    f"Target {W} for between $2,300 and 2500.": "2300 2500",
    f"Target {W} through between $17 and $30.": "17 30",
    f"Target {W} between $20,900 and $29,900.": "20900 29900",
    f"Target {W} for up to $40": "None 40",
    f"Target {W} for more than $1,200": "1200 None",
    f"Target {W} for $20 and up": "20 None",
    f"Target {W} for about $1.2 million": "1200000 1200000",
    f"Target {W} for US$20": "20 20",
    f"Target {W} for between 50 cents and $2": "0.5 2",
    f"99 Cents Only stores {W} for about $1": "1 1",
    f"Stores in New Mexico {W} for about $3 per bottle": "3 3",
    f"Target {W} for between $20 and $95, depending on the product and the size.": "20 95",
    f"Target {W}. The recalled lamps were sold for about $20.": "20 20",
    f"Target {W} for $8 for the youth model, and for about $90 for the adult model.": "8 90",
    f"Target {W}. The 4-liter model sold for $30, and the 10-liter model sold for $60.": "30 60",
    f"A ATVs were sold online at a.com {W} for $5. B ATVs were sold at b.com {W} for $7.": "5 7",
}


@pytest.mark.parametrize(("text", "prices"), PRICES.items())
def test_the_price_of_one_unit_is_read(text, prices):
    sale = read_sale(text)
    assert f"{sale.price_low} {sale.price_high}" == prices
    assert (sale.currency, sale.problem) == ("USD", "")


NO_PRICE = f"""
| {W} for C$20 | {W} for about $20 CAD | {W} for about $20 and in Canada for about $30 | {W} for €20
| {W} for free | {W} for 40 dollars | {W} for $1,00 | {W} for $5k | {W} for $0 | {W} for between $30 and $20
| {W} for about $20 per pair | {W} for $20 for a set of two | {W} for $19 for single packs and $31 for 3-packs
| {W} for $15 or $20 | {W} for $15 and $20 | {W} for $35 (tool only) or $79 with batteries | {W} for about 40
| {W} for $27 for the bundle of five tools | {W} for $550 (scooters) and $150 (replacement batteries)
| {W} for $900 for seat strollers only, and $1,100 for strollers with seats | {W} for over $20 to $30
| {W} with Toshiba laptops, or separately for $25 | {W} (brown units) for $75 | {W}. The visor sold for about $9
| {W} for $13 for the bottles and $56 for the boxes | {W} for $40 for the scooters and $10 for the chargers
| {W} for between $5 and $9 depending on the pool and accessories purchased | {W} for $5 and installed for $9
"""


@pytest.mark.parametrize("text", NO_PRICE.replace("\n", "").split("|")[1:])
def test_a_price_that_may_not_be_one_units_is_left_out_with_the_reason(text):
    sale = read_sale(f"Target {text.strip()}.")
    assert (sale.price_low, sale.price_high, sale.currency) == (None, None, "")
    assert "No price: " in sale.problem
    assert str(sale.sold_from) == "2022-03"


def test_what_holds_the_product_is_not_its_price():
    sale = read_sale(f"Bikes with the recalled batteries were sold online {W} for between $365 and $950.")
    assert sale.price_low is None
    assert str(sale.sold_until) == "2024-05"


def test_a_price_is_read_in_the_currency_of_the_notices_country():
    assert read_sale("Stores in May 2024 for about £20", currency="GBP").price_low == 20
    assert read_sale("Stores in May 2024 for about $20", currency="GBP").price_low is None


PIECES = (
    "from through to and between for about $ $20 $1,200 2024 March May 2023, . , - ( ) 5 15 each sold up the present "
    "in since the 10-liter model depending on & cents US$ CAD early fall of over was were kit with"
)
ANY = st.text(max_size=300) | st.lists(st.sampled_from(PIECES.split()), max_size=60).map(" ".join)


@given(ANY)
def test_no_text_raises_and_ends_are_in_order(text):
    sale = read_sale(text)
    assert None in (sale.sold_from, sale.sold_until) or sale.sold_from.first <= sale.sold_until.last
    assert None in (sale.price_low, sale.price_high) or sale.price_low <= sale.price_high
    assert bool(sale.currency) == (sale.price_low is not None or sale.price_high is not None)


@given(st.dates().filter(lambda day: 1950 <= day.year <= 2099), st.integers(1, 99_999), st.integers(1, 999))
def test_composed_texts_are_read_back(day, price, more):
    window = f"from {day:%B %Y} through {day:%B} {day.day}, {day:%Y}"
    sale = read_sale(f"Any store.com {window} for between ${price:,} and ${price + more}.")
    assert (str(sale.sold_from), str(sale.sold_until)) == (f"{day:%Y-%m}", f"{day}")
    assert (sale.price_low, sale.price_high, sale.problem) == (price, price + more, "")


@pytest.mark.parametrize(
    "part", ["from May ", "$1 and ", "for the a ", "a model sold for $1 ", "May 2004 and ", " ", "(", "9"]
)
def test_long_texts_take_no_time(part):
    began = time.perf_counter()
    read_sale((part * 2_000)[:2_000])
    assert time.perf_counter() - began < 1


def as_dict(sale):
    return {name: None if (value := getattr(sale, name)) is None else str(value) for name in sale.__slots__}


def test_every_real_text_is_read_as_checked_by_eye():
    if not SHARED.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"The real records are not here: {SHARED}")
    with (SHARED / "listing.csv").open(encoding="utf-8-sig", newline="") as rows:
        texts = [row["Sold At"] for row in csv.DictReader(rows)]
    readings = {hashlib.sha256(text.encode()).hexdigest(): as_dict(read_sale(text)) for text in texts}
    assert readings == json.loads(READINGS.read_text())
