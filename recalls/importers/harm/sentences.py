"""A text's sentences, and what each speaks of."""

import re
from typing import NamedTuple

from recalls.importers.quantities.regions import NAMES

BREAK = re.compile(r"(?<=[.!?])(?: +(?=[A-Z\d])|(?<=[a-z]{4}\.) +|(?<=[a-z]{3}\.)(?=[A-Z][a-z]))")
OWN = {
    "USD": r"(?:the )?(?:U\.S\.(?:A\.)?|USA?|United States)(?!\w)",
    "CAD": r"Canad(?:a|ian)\b",
}
NOBODY = r"(?!)"
OWN_CODES = {"USD": "US", "CAD": "CA", "GBP": "GB", "AUD": "AU", "NZD": "NZ"}

# Not this product's: estimates for all products of a kind.
GENERAL = re.compile(
    r"\b(?:estimates?|estimated \d[\d,]* (?:people|deaths|injuries)|hospital emergency|hazardous)\b"
)
# Not all that happened: only what came after an earlier recall, or beside what it counted.
SINCE = re.compile(
    r"\b(?:since|in addition to|previous(?:ly)?|prior|original|first announced|earlier)\b", re.IGNORECASE
)
DETAILS = re.compile(r"\b(?:including|includes?|included)\b")


class Sentence(NamedTuple):
    """A sentence and what it speaks of.

    own: expression for the own country's name. foreign: it speaks of other countries, too. unplaced: another
    sentence does, and this one does not say which country it means. since: it is about a part of the time.
    """

    text: str
    own: str
    foreign: bool
    unplaced: bool
    since: bool


def split_sentences(text: str, currency: str) -> list[Sentence]:
    """Return the sentences of a cleaned text that speak of this product."""
    own, abroad = OWN.get(currency, NOBODY), ABROAD.get(currency, ABROAD[""])
    parts = [part for part in BREAK.split(text) if not GENERAL.search(part)]
    foreign = [bool(abroad.search(part)) for part in parts]
    return [
        Sentence(
            part, own, away, any(foreign) and not (away or re.search(rf"\b{own}", part)), _is_since(part)
        )
        for part, away in zip(parts, foreign, strict=True)
    ]


def _is_since(part: str) -> bool:
    return bool(SINCE.search(DETAILS.split(part, maxsplit=1)[0]))


def _abroad(own: str) -> re.Pattern:
    """Other countries by name are looked for after a preposition: “China Window Co.” is none."""
    named = [" ".join(w) for found in NAMES.by_first.values() for w, code in found if code not in (own, "PR")]
    names = "|".join(re.escape(name) for name in sorted(named, key=len, reverse=True))
    people = "|".join(
        f"{people}s?"
        for people in (
            "UK",
            "British",
            "Canadian",
            "Mexican",
            "European",
            "Australian",
            "Korean",
            "Japanese",
            "Chinese",
        )
        if not (own == "CA" and people == "Canadian")
    )
    us = "" if own == "US" else r"|U\.S\."
    return re.compile(
        r"\b(?=[abcefghijkmotuw,])(?:(?:worldwide|globally|(?-i:global|international)|internationally|overseas|abroad|elsewhere|countries|"
        r"around the world|outside (?:of )?(?:the )?(?:U\.S|United|North|country)|europe|health canada)\b"
        rf"|(?:in|from|to|across|within|and|or|,) ?(?:the |a )?(?:{names})\b"
        rf"|(?:{people}) (?:consumer|customer|report|incident){us})",
        re.IGNORECASE,
    )


ABROAD = {currency: _abroad(code) for currency, code in OWN_CODES.items()} | {"": _abroad("")}
