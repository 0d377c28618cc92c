"""Incident texts give counts only where they are sure: written by hand, generated, and the real ones."""

import csv
import hashlib
import json
import os
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalls.importers.harm import read_harm
from recalls.importers.notice import Harm

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared")) / "data" / "cpsc"
READINGS = Path(__file__).with_name("harm_readings.json")

COUNTS = {
    "None reported": Harm(reports=0, injuries=0),
    "None": Harm(reports=0, injuries=0),
    "No incidents or injuries have been reported.": Harm(reports=0, injuries=0),
    "None reported. CPSC is aware of seven deaths involving hazardous magnets.": Harm(reports=0, injuries=0),
    "The firm has received one report of a leak. No injuries have been reported.": Harm(
        reports=1, injuries=0
    ),
    "The firm received 3,188 reports of leaks.": Harm(reports=3188),
    "Acme has received twenty-three complaints about the seat.": Harm(reports=23),
    "CPSC is aware of 32 choking incidents.": Harm(reports=32),
    "Two incidents of the bed collapsing have been reported.": Harm(reports=2),
    "The firm has received reports of 71 incidents of safes opening.": Harm(reports=71),
    "There have been a total of 120 reports of heat. Acme received five reports.": Harm(reports=120),
    "Acme has 12 models. No injuries or deaths have been reported.": Harm(injuries=0, deaths=0),
    "The firm has received 9 reports, resulting in six minor finger injuries.": Harm(reports=9, injuries=6),
    "Acme received five reports of falls. One minor injury has been reported.": Harm(reports=5, injuries=1),
    "Acme received a report of a fall, resulting in a minor injury.": Harm(reports=1, injuries=1),
    "Acme received 25 reports of steam, including three reports of burns.": Harm(reports=25, injuries=3),
    "Acme received 4 reports, including two injuries, with one a brain injury.": Harm(reports=4, injuries=2),
    "Acme has received 12 reports, including two deaths and five injuries.": Harm(12, 5, 2),
    "Acme has received two reports of entrapment deaths.": Harm(reports=2, deaths=2),
    "There have been no reports of injuries.": Harm(injuries=0),
    "Acme received 3 reports. No injuries or property damage have been reported.": Harm(3, 0, None, 0),
}


@pytest.mark.parametrize(("text", "harm"), COUNTS.items())
def test_counts_are_read_as_written(text, harm):
    assert read_harm(text) == harm


NOT_SURE = {
    "The firm has received at least 115 reports of leaks.": Harm(),
    "The firm has received about 20 reports, including over 50 burn injuries.": Harm(),
    "The firm has received between five and 10 reports.": Harm(),
    "The firm has received a few reports.": Harm(),
    "The firm has received two dozen reports.": Harm(),
    "The firm has received several reports of burns.": Harm(),
    "The firm has received five reports of fires and 26 reports of melting.": Harm(),
    "The firm has received five reports of fires, three of leaks and two of smoke.": Harm(),
    "The firm has received 10 reports, including one injury, and 4 reports of fires.": Harm(injuries=1),
    "The firm has received two reports of fires. It has also received 25 reports of leaks.": Harm(),
    "Since the recall in May 2022, Acme has received 78 reports, including 26 injuries.": Harm(),
    "Acme has received 9 reports since the last recall. There have been five injuries.": Harm(),
    "Acme has received one report, in addition to the 58 reported in the 2022 recall.": Harm(),
    "Acme received 7 reports. There have been no reports of injuries requiring medical attention.": Harm(7),
    "Acme received 7 reports. No serious injuries have been reported.": Harm(7),
    "Acme received 7 reports, resulting in two burn injuries and a broken arm.": Harm(7),
    "Acme received 7 reports, resulting in two hand injuries, and one eye injury.": Harm(7),
    "Acme received 7 reports, including two burn injuries. Another consumer was burned.": Harm(7),
    "Acme received 7 reports, 4 of which resulted in injuries.": Harm(7),
    "Acme received 7 reports, including 3 fires involving pet deaths.": Harm(7),
    "Acme received 7 reports. A child died.": Harm(7),
    "None reported. The firm has received two reports of melting.": Harm(),
    "No injuries have been reported. One injury was reported.": Harm(),
    "": Harm(),
}


@pytest.mark.parametrize(("text", "harm"), NOT_SURE.items())
def test_counts_that_may_be_other_numbers_are_left_out(text, harm):
    assert read_harm(text) == harm


COUNTRIES = {
    "Acme has received 53 reports worldwide, including 22 in the US, of leaks.": Harm(22),
    "Acme has received 53 reports worldwide.": Harm(),
    "Acme has received nine incidents, including five in Canada.": Harm(),
    "Acme received one report in the United States and seven reports in South Korea.": Harm(1),
    "Acme received nine reports from U.S. consumers and three from a UK consumer of heat.": Harm(9),
    "Acme received 12 reports in the U.S. and Canada.": Harm(),
    "Acme received 17 reports globally. No incidents or injuries have been reported in the U.S.": Harm(0, 0),
    "Acme received 17 reports globally, resulting in 38 injuries, including two injuries in the U.S.": Harm(
        None, 2
    ),
    "Acme received 3 reports. No injuries have been reported in Canada.": Harm(),
    "Acme received 12 reports, including 4 injuries. Two of the incidents were in Canada.": Harm(),
    "Acme received 9 reports in the U.S. It has received 2 reports in Canada.": Harm(9),
    "None reported in the U.S. Two incidents were reported in Canada.": Harm(0, 0),
    "China Window Co., Ltd has received 26 reports of fires.": Harm(26),
}


@pytest.mark.parametrize(("text", "harm"), COUNTRIES.items())
def test_only_the_own_countrys_counts_are_taken(text, harm):
    assert read_harm(text) == harm


def damage(low, high, precision, reports=None):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return Harm(None, None, None, reports, *ends, precision, "USD")


DAMAGE = {
    "This includes 11 reports of property damage totaling over $60,700.": damage(
        60_700, None, "at_least", 11
    ),
    "It ended in property damage of about $30,000.": damage(30_000, 30_000, "approximate"),
    "It ended in property damage totaling $651,400.": damage(651_400, 651_400, "exact"),
    "It caused at least $200,000 in property damage.": damage(200_000, None, "at_least"),
    "It caused $1.2 million in property damage.": damage(1_200_000, 1_200_000, "exact"),
    "It caused between $5,000 and $9,000 in property damage.": damage(5_000, 9_000, "range"),
    "With one incident involving property damage.": Harm(damage_reports=1),
    "At least five reports of property damage.": Harm(),
    "14 reports of fires resulting in property damage.": Harm(),
    "It caused $5,000 in property damage each.": Harm(),
    "It caused C$5,000 in property damage.": Harm(),
    "Property damage and medical bills totaling $5,000.": Harm(),
    "Property damage totaling $5,000 and $9,000.": Harm(),
    "Property damage totaling $5,00.": Harm(),
}


@pytest.mark.parametrize(("text", "harm"), DAMAGE.items())
def test_property_damage_is_read_with_its_precision(text, harm):
    assert read_harm(text) == harm


PIECES = (
    "The firm has received two 11 a reports of injuries including and one death property damage totaling over $5,000 . "
    "No have been reported None in the U.S. worldwide , burns resulting minor incidents Canada since at least"
)
ANY = st.text(max_size=300) | st.lists(st.sampled_from(PIECES.split()), max_size=60).map(" ".join)


@given(ANY)
def test_no_text_raises(text):
    harm = read_harm(text)
    counts = {harm.reports, harm.injuries, harm.deaths, harm.damage_reports} - {None}
    assert all(count >= 0 for count in counts)
    assert bool(harm.damage_currency) == (harm.damage_precision != "unknown")


@given(st.integers(2, 99_999), st.integers(2, 999))
def test_composed_texts_are_read_back(reports, injuries):
    text = (
        f"Acme has received {reports:,} reports of the lid breaking, resulting in {injuries} hand injuries."
    )
    assert read_harm(text) == Harm(reports=reports, injuries=injuries)


@pytest.mark.parametrize(
    "part", ["received a report of ", "two ", "one minor ", "no a, ", "including ", "injury ", "9", "a-"]
)
def test_long_texts_take_no_time(part):
    began = time.perf_counter()
    read_harm((part * 2_000)[:2_000])
    assert time.perf_counter() - began < 1


def as_dict(harm):
    values = {name: getattr(harm, name) for name in harm.__slots__}
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def test_every_real_text_is_read_as_checked_by_eye():
    if not SHARED.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"The real records are not here: {SHARED}")
    with (SHARED / "listing.csv").open(encoding="utf-8-sig", newline="") as rows:
        texts = [row["Incidents"] for row in csv.DictReader(rows)]
    readings = {hashlib.sha256(text.encode()).hexdigest(): as_dict(read_harm(text)) for text in texts}
    assert readings == json.loads(READINGS.read_text())
