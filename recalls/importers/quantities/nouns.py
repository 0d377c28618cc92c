"""What a figure counts: a kind of unit ("pairs"), a product ("golf cars"), or both ("pairs of gloves")."""

from difflib import get_close_matches
from functools import lru_cache

from recalls.importers.quantities.cursor import Cursor
from recalls.importers.quantities.figures import starts_figure
from recalls.importers.quantities.reading import RefusedError, quoted
from recalls.importers.quantities.regions import names_region
from recalls.importers.quantities.tokens import YEAR, Token
from recalls.importers.quantities.words import (
    ANDS,
    JOINTS,
    MONTHS,
    NOT_IN_NAMES,
    NOT_PRODUCTS,
    PLAIN,
    PLURALS_WITHOUT_S,
    SCALES,
    UNITS,
)

LONGEST = 14  # words; a longer "name" is a sentence
ARTICLES = ("the", "these", "those")
LINKS = ANDS | JOINTS
OUTSIDE_NAMES = NOT_IN_NAMES | LINKS


def take_noun(cursor: Cursor, *, years: bool = False) -> tuple[str, str | None]:
    """Step over what is counted; return its unit and its product (None where none is named).

    A word for a pack is the unit, with what follows it the product ("pairs of gloves"); pairs and sets
    are the unit also at the end of a product's name ("sheet sets"); whatever else is named is a product,
    counted in units. Years belong to a name only where asked ("2012 TT modules"). Raise RefusedError for what
    is no product, such as reports or states.
    """
    _take_of_the(cursor)
    unit = _take_unit(cursor)
    start = cursor.position
    take_name(cursor, years=years)
    words = cursor.tokens[start : cursor.position]
    if words and _is_nearly_scale(words[0].key):
        raise RefusedError(f"{quoted(words[0].text)} may be a part of the number.")
    if all(token.key in PLAIN for token in words):
        return unit or "units", None
    if unit is None:
        _refuse_no_product(words, cursor.written(start))
        unit = _head(words).key if _head(words).key in ("pairs", "sets") else "units"
    return unit, _without_quotes(cursor.written(start))


@lru_cache(maxsize=4096)  # few words, and comparing one takes long
def _is_nearly_scale(key: str) -> bool:
    """ "Milion" and "thousands" are nearly one."""
    return bool(get_close_matches(key, SCALES, n=1, cutoff=0.75))


def take_name(cursor: Cursor, *, years: bool = False) -> bool:
    """Step over the words of a product's name; tell whether there was one."""
    start = cursor.position
    while _continues(cursor, years, at_start=cursor.position == start):
        cursor.position += 1
        if cursor.tokens[cursor.position - 1].key in JOINTS:
            cursor.take(*ARTICLES)
    if cursor.position - start > LONGEST:
        raise RefusedError(f"Too long for a product's name: {quoted(cursor.written(start))}.")
    return cursor.position > start


def _take_of_the(cursor: Cursor) -> None:
    if cursor.peek().key == "of" and cursor.peek(1).key in ARTICLES:
        cursor.position += 2


def _take_unit(cursor: Cursor) -> str | None:
    """The plural is a unit whatever follows ("500 sets of cups"); the singular may begin a name ("set screws")."""
    unit = UNITS.get(cursor.peek().key)
    singular = unit != cursor.peek().key and unit != "units"
    if unit is None or cursor.peek(1).key in JOINTS or (singular and _names(cursor, 1)):
        return None
    cursor.position += 1
    if cursor.peek().key == "of" and _names(cursor, 1 + (cursor.peek(1).key in ARTICLES)):
        cursor.position += 1
        cursor.take(*ARTICLES)
    return unit


def _continues(cursor: Cursor, years: bool, *, at_start: bool) -> bool:
    if years and YEAR.fullmatch(cursor.peek().text):
        return True
    if cursor.peek().key in LINKS:
        return not at_start and _name_follows(cursor, years)
    return _names(cursor, 0)


def _name_follows(cursor: Cursor, years: bool) -> bool:
    """After "and", "with" or "on" a name goes on only with a word of a name: no figure, month or place."""
    if cursor.peek().key in JOINTS and cursor.peek(1).key in ARTICLES:
        return _names(cursor, 2)
    if years and YEAR.fullmatch(cursor.peek(1).text):
        return cursor.peek().key in ANDS
    cursor.position += 1
    figure = starts_figure(cursor)
    cursor.position -= 1
    return not figure and _names(cursor, 1) and cursor.peek(1).key not in MONTHS


def _names(cursor: Cursor, ahead: int) -> bool:
    """Tell whether that token can be a word of a product's name."""
    token = cursor.peek(ahead)
    return token.kind == "word" and token.key not in OUTSIDE_NAMES and not names_region(cursor, ahead)


def _head(words: list[Token]) -> Token:
    """The word that is counted: the last one before "with" and the like."""
    end = next((i for i, token in enumerate(words) if token.key in JOINTS), len(words))
    return words[end - 1]


def _refuse_no_product(words: list[Token], name: str) -> None:
    last = _head(words).key
    plural = last in PLURALS_WITHOUT_S or (last.endswith("s") and not last.endswith("ss"))
    if not plural or last in NOT_PRODUCTS:
        raise RefusedError(f"Not understood as something to count: {quoted(name)}.")


def _without_quotes(name: str) -> str:
    bare = name.strip('"“”')
    return bare if len(name) == len(bare) + 2 and not set(bare) & set('"“”') else name
