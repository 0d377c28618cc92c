"""Hazards in the words of the closed list, from a notice's heading and its hazard text.

A word counts only where a hazard is named ("posing a ...", "risk of ...", "... hazard"): a part that can fall off
is no fall hazard.
"""

import re

from recalls.choices import Hazard
from recalls.importers.quantities.phrases import holds_any

# In the same sentence, behind one of these words a hazard is named.
NAMED_BEHIND = (
    "due to", "risk of", "pose", "posing", "risks of", "risk for", "risks for", "danger of", "threat of", "threat for",
    "hazard of", "hazards of", "hazard for", "hazards for", "potential for", "because of", " over ", "violat",
)  # fmt: skip
CAUSED_BEHIND = (
    *NAMED_BEHIND, " can ", "result", "caus", "lead to", "leads to", "leading to", " could ", " may ", "contain",
)  # fmt: skip
NAMED_BEFORE = ("hazard", "risk", "danger", "injur")
SENTENCE, NEAR = 160, 45  # characters

# Stems and words, all in lower case. These are also what a harmless accident is made of: they count only
# where the text names them as the hazard, not as what "can" happen.
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
STEM = re.compile(r"(?:\(\?<!.*?\))?([a-z, -]+)")


def _rules(words: dict[Hazard, tuple[str, ...]], behind: tuple[str, ...]) -> list[tuple]:
    """Each word with its letters up to the first sign of a pattern: most texts don't hold them at all."""
    return [
        (hazard.value, STEM.match(word)[1].removesuffix(" ")[:-1], re.compile(rf"\b{word}"), behind)
        for hazard, patterns in words.items()
        for word in patterns
    ]


RULES = _rules(ACCIDENTS, NAMED_BEHIND) + _rules(HARMS, CAUSED_BEHIND)
ORDER = [hazard.value for hazard in Hazard]


def read_hazards(title: str, text: str) -> tuple[str, ...]:
    """Return the hazards that a cleaned heading and hazard text name, in the list's order; none found is ()."""
    found: set[str] = set()
    for part in (title.lower(), text.lower()):
        for value, stem, word, behind in RULES:
            if stem in part and value not in found and _holds(part, word, behind):
                found.add(value)
    return tuple(value for value in ORDER if value in found) if found else ()


def _holds(text: str, word: re.Pattern, behind: tuple[str, ...]) -> bool:
    """Tell whether the text names the word as a hazard: "fire hazard", "posing a risk of fire"."""
    for hit in word.finditer(text):
        after = text[hit.end() : hit.end() + NEAR].partition(".")[0].partition("pos")[0]
        if holds_any(after, NAMED_BEFORE):
            return True
        before = text[max(0, hit.start() - SENTENCE) : hit.start()]
        if holds_any(before[max(before.rfind(". "), before.rfind("; ")) + 1 :], behind):
            return True
    return False
