"""Hazards as notices word them (“Fire hazard - Burn hazard”, “Asphyxiation”), as our closed list has them."""

import re

from recalls.choices import Hazard

WORDS = tuple(
    (hazard, re.compile(words, re.IGNORECASE))
    for hazard, words in (
        (Hazard.BURN, r"\bburn(?:s|ing)?\b|\bscald"),
        (Hazard.CHEMICAL, r"\bchemicals?\b|\blead\b(?! to)|\bcadmium|\bmercury|\bphthalate|\bnickel"),
        (Hazard.CHOKING, r"\bchok"),
        (Hazard.CRASH, r"\bcrash"),
        (Hazard.DROWNING, r"\bdrown"),
        (Hazard.ELECTRIC_SHOCK, r"\belectric(?:al)? shocks?\b|\belectrocut|\bshock hazard"),
        (Hazard.ENTRAPMENT, r"\bentrap"),
        (Hazard.EXPLOSION, r"\bexplo(?:sion|d)"),
        (Hazard.FALL, r"\bfall(?:s|ing)?\b"),
        (Hazard.FIRE, r"\bfires?\b|flammab|\bignit"),
        (Hazard.IMPACT, r"\bimpact"),
        (Hazard.INGESTION, r"\bingest|\bswallow"),
        (Hazard.LACERATION, r"\blacerat|\bcuts?\b|\bcutting\b"),
        (Hazard.POISONING, r"\bpoison|\bcarbon monoxide|\btoxic"),
        (Hazard.STRANGULATION, r"\bstrang"),
        (Hazard.SUFFOCATION, r"\bsuffocat|\basphyxi"),
        (Hazard.TIP_OVER, r"\btip(?:ping)?[- ]?over"),
    )
)
PARTS = re.compile(r"\s+-\s+|[,;/|]|\band\b")
SAID = re.compile(r"\bhazards?\b|\brisks?\b|\binjur", re.IGNORECASE)


def hazards_in(text: str, *, every_part: bool = False) -> tuple[str, ...]:
    """Return the hazards that a short text names, in its order.

    A part of it that names a hazard outside our list (“Physical hazard”) is "other". every_part: each part
    of the text is a hazard, as in a field that holds nothing else; without it “Consumer products” is none.
    """
    found = {}
    for part in filter(str.strip, PARTS.split(text)):
        named = [hazard for hazard, words in WORDS if words.search(part)]
        if not named and (every_part or SAID.search(part)):
            named = [Hazard.OTHER]
        found.update(dict.fromkeys(named))
    return tuple(str(hazard) for hazard in found)
