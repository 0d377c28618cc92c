"""Hazards as notices word them (“Fire hazard - Burn hazard”, “posing a risk of fire”), as our closed list has them."""

import re

from recalls.choices import Hazard

# Patterns of lower-case text, from the beginning of a word on. These are also what a harmless accident is made of:
# in a sentence they count only where they are named as the hazard, not as what "can" happen.
ACCIDENTS = {
    Hazard.CRASH: ("crash(?:es|ing)?\\b", "collision"),
    Hazard.FALL: (
        "falls?\\b(?! off| out| apart| onto| on\\b| asleep| short| within| into)",
        "falling\\b(?! off| out| apart| onto)",
    ),
    Hazard.IMPACT: ("impact\\b(?! attenuation| protection| resist| requirement)", "projectile", "head injur"),
    Hazard.LACERATION: ("cuts?\\b(?! off| out)",),
}
HARMS = {
    Hazard.BURN: ("(?<!internal chemical )burns?\\b(?!-proof)(?! prevention)", "burning\\b", "scald"),
    Hazard.CHEMICAL: (
        "(?<!internal )chemical", "phthalate", "cadmium", "hazardous substances?\\b(?! act)", "formaldehyde", "mercury",
        "lead(?:-paint| paint| content| exposure| poison| level| hazard| and\\b| in\\b)", "levels of lead",
        "skin irritation", "skin and eye irritation", "skin, eye",
    ),
    Hazard.CHOKING: ("chok(?:e|es|ing)\\b",),
    Hazard.DROWNING: ("drown",),
    Hazard.ELECTRIC_SHOCK: ("electrocut", "electric(?:al)? shock", "shocks?\\b(?! absorb| cord)"),
    Hazard.ENTRAPMENT: ("entrap", "trapped"),
    Hazard.EXPLOSION: ("explo(?:sion|sive|de|ding)",),
    Hazard.FIRE: (
        "fires?\\b(?![ -](?:pit|extinguish|alarm|place|truck|station|retardant|department|safety|detect))", "ignit",
    ),
    Hazard.INGESTION: ("ingest", "swallow(?!ed)"),
    Hazard.LACERATION: ("lacerat",),
    Hazard.POISONING: ("(?<!blood )poison(?:ing|ed)?\\b(?! prevention)", "carbon monoxide"),
    Hazard.STRANGULATION: ("strang[lu]",),
    Hazard.SUFFOCATION: ("suffocat", "asphyxia"),
    Hazard.TIP_OVER: ("tip(?:ping|s)?[ -]over",),
    Hazard.OTHER: (
        "amputat", "crush", "pinch", "entangle", "mold\\b", "bacteria", "hearing (?:loss|damage)", "impaired hearing",
    ),
}  # fmt: skip
# In a field that names hazards and nothing else these are enough.
SHORT = {
    Hazard.CHEMICAL: ("lead\\b(?! to)", "nickel"),
    Hazard.FIRE: ("flammab",),
    Hazard.POISONING: ("toxic",),
}

STEM = re.compile(r"(?:\(\?<!.*?\))?([a-z, -]+)")
PARTS = re.compile(r"\s+-\s+|[,;/|]|\band\b")
SAID = re.compile(r"\bhazards?\b|\brisks?\b|\binjur")


def rules(*vocabularies: dict[Hazard, tuple[str, ...]]) -> list[tuple[Hazard, str, re.Pattern]]:
    """Each pattern with its hazard and its letters up to the first sign: most texts don't hold them at all."""
    return [
        (hazard, STEM.match(word)[1].removesuffix(" ")[:-1], re.compile(rf"\b{word}"))
        for words in vocabularies
        for hazard, patterns in words.items()
        for word in patterns
    ]


RULES = rules(ACCIDENTS, HARMS, SHORT)


def hazards_in(text: str, *, every_part: bool = False) -> tuple[str, ...]:
    """Return the hazards that a short text names, in its order.

    A part of it that names a hazard outside our list (“Physical hazard”) is "other". every_part: each part
    of the text is a hazard, as in a field that holds nothing else; without it “Consumer products” is none.
    """
    found = {}
    for part in filter(str.strip, PARTS.split(text.lower())):
        named = sorted({hazard for hazard, stem, word in RULES if stem in part and word.search(part)})
        if not named and (every_part or SAID.search(part)):
            named = [Hazard.OTHER]
        found.update(dict.fromkeys(named))
    return tuple(str(hazard) for hazard in found)
