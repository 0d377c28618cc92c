"""Firms are read with role, seat and the name they trade under, and are never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalls.importers.cpsc.company import recalling_firm
from recalls.importers.cpsc.firms import read_firms
from recalls.importers.cpsc.headings import is_warning
from recalls.importers.cpsc.retailers import read_retailers
from recalls.importers.notice import Firm

FIRMS = {
    "Hengqin Co., dba. Fivecolor, of China": [("Hengqin Co.", "CN", "Fivecolor")],
    "Primark US Corp., of Boston, Massachusetts": [("Primark US Corp.", "US")],
    "Deals Oasis of New York, New York": [("Deals Oasis", "US")],
    "Hunan Suihuo E-commerce Co., Ltd., of China, doing business as BaoD": [
        ("Hunan Suihuo E-commerce Co., Ltd.", "CN", "BaoD")
    ],
    "Infant Innovations, dba BabyBond, of Sheridan, Wyoming": [("Infant Innovations", "US", "BabyBond")],
    "Almpal Ltd., of China doing business as Amazon seller Almpal": [("Almpal Ltd.", "CN", "Almpal")],
    "Olympia Tools Inc., of Covina, California and Walmart Inc., of Bentonville, Arkansas": [
        ("Olympia Tools Inc.", "US"),
        ("Walmart Inc.", "US"),
    ],
    "Secop GmbH, of Germany (compressors); and True Co. Inc., of O’Fallon, Missouri (refrigerators)": [
        ("Secop GmbH", "DE"),
        ("True Co. Inc.", "US"),
    ],
    "Yi Co. Ltd. and Er Co. Ltd., of China": [("Yi Co. Ltd.", "CN"), ("Er Co. Ltd.", "CN")],
    "Whele LLC d/b/a Perch, of Boston, Mass.; Amusty Inc. of Staten Island, N.Y.": [
        ("Whele LLC", "US", "Perch"),
        ("Amusty Inc.", "US"),
    ],
    "Vesta, Inc., of Ontario, California": [("Vesta, Inc.", "US")],
    "Anker Innovations Limited, of Hong Kong, China": [("Anker Innovations Limited", "HK")],
    "Yamaha Corporation of America, of Buena Park, California": [("Yamaha Corporation of America", "US")],
    "Newell Inc., an affiliate of The Coleman Company, Inc., of Atlanta, Georgia": [("Newell Inc.", "US")],
    "Silk Road LLC, of Georgia": [("Silk Road LLC", "")],
    "Red Land Cotton, Moulton, Alabama": [("Red Land Cotton", "US")],
    "SuperATV, of Chicago": [("SuperATV", "")],
    "Polaris Industries Inc., of Medina Minnesota": [("Polaris Industries Inc.", "US")],
    "Zhongshan Co., Ltd.": [("Zhongshan Co., Ltd.", "")],
    "None": [],
    "Firms in China that the agency is looking for": [],
    "Yituo Ltd., of China, through JD Limited, of Irvine, CaliforniaShenzhen Ltd., of China": [],
}

RETAILERS = {
    "Sold Online At:\nAmazon.com": ["Amazon"],
    "Sold Exclusively At: Walmart stores nationwide from January 2023 for about $40.": ["Walmart"],
    "Sold At:": [],
    "Best Buy stores nationwide and online at www.bestbuy.com from November 2020 through March 2026": ["Best Buy"],
    "Best Buy, Target, Walmart and other stores nationwide and online at Belkin.com, Amazon.com": [
        "Best Buy", "Target", "Walmart", "Amazon",
    ],
    "Online at Amazon.com and walmart.com from May 2020": ["Amazon", "Walmart"],
    "Bed Bath and Beyond, Academy Sports and Outdoors and T.J. Maxx stores from May 2020": [
        "Bed Bath & Beyond", "Academy Sports & Outdoors", "T.J. Maxx",
    ],
    "Independent bicycle dealers nationwide from May 2020 for about $30": [],
    "Polaris dealers nationwide from May 2020": [],
    "Pet stores and Bicycle stores nationwide from May 2020": [],
    "Bad Boy, Bobcat and Kubota dealers nationwide": [],
    "Heating and plumbing contractors from May 2020": [],
    "Various stores nationwide": [],
    "All Star Toys, Brooklyn, NY from May 2020": ["All Star Toys"],
    "": [],
}  # fmt: skip

IMPORTER = Firm("Acme Corp.", "importer", "US")
MAKER = Firm("Yi Co. Ltd.", "manufacturer", "CN", "BaoD")
COMPANIES = {
    ("Acme Recalls Lamps Due to Fire Hazard", (IMPORTER, MAKER)): Firm("Acme", "", "US"),
    ("BaoD Recalls Lamps", (IMPORTER, MAKER)): Firm("BaoD", "", "CN"),
    ("Zenith Recalls Lamps", (IMPORTER,)): Firm("Zenith"),
    ("Acme Expands Recall of Lamps", ()): Firm("Acme"),
    ("CPSC, Acme Corp. Announce Recall of Lamps", ()): Firm("Acme Corp."),
    ("Lamps Recalled by Acme Due to Fire Hazard", ()): Firm("Acme"),
    ("Uuoeebb Infant Walkers Recalled Due to Fall Hazard", (MAKER,)): Firm("Yi Co. Ltd.", "", "CN", "BaoD"),
    ("Lamps Recalled Due to Fire Hazard", (IMPORTER, MAKER)): None,
    ("Lamps Recalled Due to Fire Hazard", ()): None,
    ("More than One Million Lamps Recalled", (MAKER,)): Firm("Yi Co. Ltd.", "", "CN", "BaoD"),
    ("Firms Recall Lamps", ()): None,
    ("CPSC, Firms Announce Recall of Lamps", ()): None,
    ("ESR Power Banks Recall Expanded to Include Additional Model", ()): None,
}

WARNINGS = {
    "CPSC Warns Consumers to Immediately Stop Using Acme Lamps Due to Fire Hazard": True,
    "CPSC Urges Consumers Not to Use Acme Lamps": True,
    "CPSC Issues Unilateral Warning on Lamps": True,
    "Warning: Stop Using Acme Lamps": True,
    "Acme Recalls Lamps Due to Missing Warning Labels": False,
    "Acme Recalls Warning Lights Due to Fire Hazard": False,
    "Acme Recalls Lamps; CPSC Warns Consumers to Stop Using Them": False,
    "Lamps Recalled Due to Fire Hazard": False,
}


@pytest.mark.parametrize(("text", "firms"), FIRMS.items())
def test_firms_are_read_from_seat_to_seat(text, firms):
    expected = [Firm(name, "importer", country, *trading) for name, country, *trading in firms]
    assert list(read_firms(text, "importer")) == expected


@pytest.mark.parametrize(("text", "shops"), RETAILERS.items())
def test_only_shops_that_are_clearly_named_are_taken(text, shops):
    assert [firm.name for firm in read_retailers(text)] == shops


def test_a_seller_that_stands_with_its_seat_is_not_named_again():
    seller = Firm("Walmart Inc.", "retailer", "US")
    assert read_retailers("Walmart stores nationwide", (seller,)) == ()


@pytest.mark.parametrize(("notice", "company"), COMPANIES.items())
def test_the_firm_that_recalls_is_the_headings_subject_or_the_only_firm(notice, company):
    assert recalling_firm(*notice) == company


@pytest.mark.parametrize(("title", "is_one"), WARNINGS.items())
def test_a_warning_is_told_from_a_recall(title, is_one):
    assert is_warning(title) == is_one


def test_an_address_of_the_warnings_makes_a_warning():
    assert is_warning("Acme Lamps", "https://www.cpsc.gov/Warnings/2026/Acme")


@given(st.text(st.sampled_from("Acme Co. Ltd., of China dba (and) ;$AND Ohio"), max_size=300))
def test_no_text_raises(text):
    assert isinstance(read_firms(text, "importer") + read_retailers(text), tuple)
