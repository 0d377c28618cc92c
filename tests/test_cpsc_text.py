"""Prose is read as a person would read it, hazards and remedies come in the closed lists' words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalls.choices import Hazard
from recalls.importers.cpsc.hazards import read_hazards
from recalls.importers.cpsc.remedies import read_remedies
from recalls.importers.cpsc.text import clean

TEXTS = {
    "About&nbsp;2,900 &amp;amp; more": "About 2,900 & more",
    "\ufeffBlack&nbsp;\u202f&\xa0Decker ": "Black & Decker",
    "â€œModel X1â€\x9d isnâ€™t sold": "“Model X1” isn’t sold",
    "the â€œA1â€ label": "the “A1” label",
    "CrÃ¨me caf\u00e9 BodenÃ¼": "Crème café Bodenü",
    'a ""Model X1"" label': 'a "Model X1" label',
    "&lt;p&gt;Use<br />now, if &lt;5 lbs&lt;/p&gt;": "Use now, if <5 lbs",
    "Grão de Gente, STARKİM A.Ş.": "Grão de Gente, STARKİM A.Ş.",
    "a\x00b\ud800c\u200bd": "abcd",
}

HAZARDS = {
    ("X Recalls Lamps Due to Fire and Burn Hazards", ""): ("burn", "fire"),
    ("X Recalls Rails Due to Risk of Death from Entrapment and Asphyxiation", ""): (
        "entrapment",
        "suffocation",
    ),
    ("", "The knob can fall off, posing a choking hazard to young children."): ("choking",),
    ("", "Helmets can fail to protect in the event of a crash, posing a risk of head injury."): ("impact",),
    ("", "The rivets can fail, posing a fall hazard."): ("fall",),
    ("Violation of the Poison Prevention Packaging Act", ""): (),
    ("Recalled Due to Violation of Federal Lead Paint Ban", ""): ("chemical",),
    ("", "This can lead to serious injury."): (),
    ("", "Swallowed magnets cause blood poisoning and death, posing an ingestion hazard."): ("ingestion",),
    ("Dressers Recalled Due to Tip-Over Hazards", ""): ("tip-over",),
    ("X Recalls Hair Dryers Due to Electrocution or Shock Hazard", ""): ("electric shock",),
    ("X Recalls Fire Pits Due to Paint", ""): (),
    ("X Recalls Coolers Due to Fingertip Amputation Hazard", ""): ("other",),
    ("X Recalls Chairs", ""): (),
}

REMEDIES = {
    ("Refund, Replace",): ("refund", "replace"),
    ("New Instructions", "Repair"): ("new instructions", "repair"),
    ("No Remedy Available",): ("no remedy available",),
    ("R",): (),
    (
        "Consumers should stop using the lamp, and contact the firm for a free repair, Refund, Repair or more.",
    ): (),
    ("",): (),
}


@pytest.mark.parametrize(("written", "meant"), TEXTS.items())
def test_prose_is_cleaned(written, meant):
    assert clean(written) == meant


@given(st.text())
def test_cleaned_prose_can_be_stored_and_stays_as_it_is(text):
    cleaned = clean(text)
    assert "\x00" not in cleaned and cleaned == " ".join(cleaned.split())
    cleaned.encode()


@pytest.mark.parametrize(("texts", "hazards"), HAZARDS.items())
def test_hazards_are_named_by_words_that_name_them(texts, hazards):
    assert read_hazards(*texts) == hazards


def test_each_hazard_of_the_list_can_be_read():
    heading = (
        "Due to Burn, Chemical, Choking, Crash, Drowning, Electric Shock, Entrapment, Explosion, Fall, Fire, "
    )
    heading += (
        "Impact, Ingestion, Laceration, Poisoning, Strangulation, Suffocation, Tip-Over and Crush Hazards"
    )
    assert read_hazards(heading, "") == tuple(Hazard.values)


@pytest.mark.parametrize(("options", "remedies"), REMEDIES.items())
def test_a_remedy_that_is_not_in_the_list_is_left_out(options, remedies):
    assert read_remedies(list(options)) == remedies
