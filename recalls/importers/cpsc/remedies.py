"""Remedies in the words of the closed list; what isn't in it is left out (once a paragraph, once “R”)."""

from recalls.choices import Remedy

KNOWN = {remedy.value: remedy.value for remedy in Remedy} | {
    "refunds": Remedy.REFUND.value,
    "repairs": Remedy.REPAIR.value,
    "replacement": Remedy.REPLACE.value,
    "new instruction": Remedy.NEW_INSTRUCTIONS.value,
    "no remedy": Remedy.NONE.value,
}
LONGEST = 80  # characters of an option; anything longer is prose


def read_remedies(options: list[str]) -> tuple[str, ...]:
    """Read options such as "Refund" or "Refund, Replace"; the order is the text's, each once."""
    named = (part.strip().lower() for text in options if len(text) <= LONGEST for part in text.split(","))
    return tuple(dict.fromkeys(KNOWN[part] for part in named if part in KNOWN))
