"""Hazards in the words of the closed list, from a notice's heading and its hazard text.

A word counts only where a hazard is named ("posing a ...", "risk of ...", "... hazard"): a part that can fall off
is no fall hazard.
"""

import re

from recalls.choices import Hazard
from recalls.importers.hazard_words import ACCIDENTS, HARMS, rules
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


RULES = [
    *((*rule, NAMED_BEHIND) for rule in rules(ACCIDENTS)),
    *((*rule, CAUSED_BEHIND) for rule in rules(HARMS)),
]
ORDER = [hazard.value for hazard in Hazard]


def read_hazards(title: str, text: str) -> tuple[str, ...]:
    """Return the hazards that a cleaned heading and hazard text name, in the list's order; none found is ()."""
    found: set[str] = set()
    for part in (title.lower(), text.lower()):
        for hazard, stem, word, behind in RULES:
            if stem in part and hazard.value not in found and _holds(part, word, behind):
                found.add(hazard.value)
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
