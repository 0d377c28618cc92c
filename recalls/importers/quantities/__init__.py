"""Quantities in regulators' prose ("About 5,400 (In addition, about 550 were sold in Canada)") as figures.

A small grammar that refuses rather than guesses: every word has to be understood, or the text is
refused with the reason, since a refused text costs a look and a wrong number costs trust.

    plain.py      "About 5,700" and the like, which four in five texts are, without the grammar
    tokens.py     text to numbers, words and signs; what is written wrongly is refused here
    phrases.py    lists of phrases with their meanings
    words.py      the closed lists of words that the grammar knows
    regions.py    names of countries
    cursor.py     a place in the tokens, with the small steps that the rules are made of
    figures.py    "more than 1.2 million", "between 3,000 and 5,000", "unknown"
    nouns.py      what is counted: "pairs of gloves", "13-Drawer Dressers"
    parts.py      a figure with what is counted and where it was sold, and lists of these
    dates.py      when an earlier recall was
    mentions.py   an earlier recall as a text mentions it
    earlier.py    clauses on earlier recalls: "(About 950 robes were previously recalled in June 2021)"
    statement.py  a whole text: its first sentence and the remarks on it
    totals.py     which figures stand for themselves, add to another or lie inside one
    reading.py    the result
"""

from functools import lru_cache

from recalls.importers.quantities.plain import read_plain
from recalls.importers.quantities.reading import Earlier, Figure, Reading, RefusedError
from recalls.importers.quantities.statement import take_statement
from recalls.importers.quantities.tokens import clean, tokenise
from recalls.importers.quantities.totals import add_up

__all__ = ["Earlier", "Figure", "Reading", "read_quantity"]


@lru_cache(maxsize=10_000)  # half of all notices say one of a few thousand things
def read_quantity(text: str, region: str = "US") -> Reading:
    """Read a quantity text of a notice for this region (ISO 3166-1 alpha-2); never raises for a text.

    The first unit is the region's own figure, others are its other products and the countries named.
    A text that is not understood to its last word comes back with the reason in ``refused``.
    """
    return read_plain(text, region) or read_by_grammar(text, region)


def read_by_grammar(text: str, region: str) -> Reading:
    """Read any text; see read_quantity."""
    try:
        cleaned = clean(text)
        if not cleaned:
            raise RefusedError("The text is empty.")
        return add_up(take_statement(cleaned, tokenise(cleaned), region))
    except RefusedError as refusal:
        return Reading(refused=str(refusal))
