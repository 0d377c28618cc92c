"""Figures: "about 1,400", "more than two million", "between 3,000 and 5,000", "an unknown number"."""

import re
from dataclasses import dataclass, replace

from text_to_num import text2num

from recalls.importers.quantities.cursor import Cursor
from recalls.importers.quantities.reading import RefusedError, quoted
from recalls.importers.quantities.tokens import Token
from recalls.importers.quantities.words import (
    ABOUT,
    ADDITIONAL,
    AFTERTHOUGHTS,
    APPROXIMATE,
    AT_LEAST,
    AT_MOST,
    EXACT,
    HEDGES,
    NUMBER_WORDS,
    SCALES,
    UNKNOWN,
    UNKNOWN_NOUNS,
)

MOST = 2_000_000_000  # no recall is larger: what is, is a slip

PLAIN = re.compile(r"[1-9]\d{0,9}")
GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
DECIMAL = re.compile(r"(0|[1-9]\d{0,2})\.(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Amount:
    """low, high and precision as in Figure; additional: the text says that it adds to another figure."""

    low: int | None
    high: int | None
    precision: str
    additional: bool = False

    @property
    def exactly(self) -> int | None:
        """The one number that the text gives, or None for bounds, ranges and unknowns."""
        return self.low if self.low == self.high else None


def starts_figure(cursor: Cursor) -> bool:
    """Tell whether a figure begins here, without a step."""
    start = cursor.position
    while cursor.take_phrase(HEDGES) or cursor.take_phrase(ADDITIONAL) or cursor.take("a", "an", "between"):
        pass
    found = cursor.peek().kind == "number" or cursor.peek().key in NUMBER_WORDS
    found = found or bool(cursor.take_phrase(UNKNOWN))
    cursor.position = start
    return found


def take_figure(cursor: Cursor) -> Amount:
    """Step over a figure and return it, or raise RefusedError."""
    meanings, additional = _take_hedges(cursor)
    if cursor.take_phrase(UNKNOWN):
        return _unknown(cursor, additional)
    low, high = _take_span(cursor)
    additional |= cursor.take("additional", "more")
    meanings.add(cursor.take_phrase(AFTERTHOUGHTS) or EXACT)
    amount = _amount(low, high, meanings - {EXACT})
    return replace(amount, additional=True) if additional else amount


def take_number(cursor: Cursor) -> int:
    """Step over one number, in digits or words, with its "million"; raise RefusedError for anything else."""
    start = cursor.position
    number = _take_words(cursor) if cursor.peek().kind == "word" else _take_digits(cursor)
    if not 0 < number <= MOST:
        raise RefusedError(f"{quoted(cursor.written(start))} is no number of units.")
    return number


def _take_hedges(cursor: Cursor) -> tuple[set[str], bool]:
    meanings, additional = set(), False
    while True:
        if meaning := cursor.take_phrase(HEDGES):
            meanings.add(meaning)
        elif cursor.take_phrase(ADDITIONAL):
            additional = True
        else:
            return meanings, additional


def _unknown(cursor: Cursor, additional: bool) -> Amount:
    if cursor.take_all(UNKNOWN_NOUNS):
        cursor.take("of")
    return Amount(None, None, "unknown", additional)


def _amount(low: int, high: int, meanings: set[str]) -> Amount:
    if meanings - {APPROXIMATE} and (low != high or len(meanings - {APPROXIMATE}) > 1):
        raise RefusedError("The words about the number contradict each other.")
    if low != high:
        return Amount(low, high, "range")
    if AT_LEAST in meanings:
        return Amount(low, None, AT_LEAST)
    if AT_MOST in meanings:
        return Amount(None, high, AT_MOST)
    return Amount(low, high, APPROXIMATE if meanings else EXACT)


def _take_span(cursor: Cursor) -> tuple[int, int]:
    between = cursor.take("between")
    start = cursor.position
    if not (between or _span_ahead(cursor)):
        number = take_number(cursor)
        return number, number
    cursor.take_phrase(ABOUT)
    low = _take_lower_end(cursor)
    dash = not between and cursor.take("-")
    if not (dash or cursor.take("and" if between else "to")):
        raise RefusedError(f"Not understood as a range: {quoted(cursor.written(start))}.")
    cursor.take_phrase(ABOUT)
    high = take_number(cursor)
    if dash and high >= 10 * low:
        raise RefusedError(f"{quoted(cursor.written(start))} may be one number with a wrong sign.")
    return _checked_span(cursor, start, low, high)


def _span_ahead(cursor: Cursor) -> bool:
    """A number (perhaps with its "million") before "to" or a dash before another number."""
    ahead = 1 + (cursor.peek(1).key in SCALES)
    after = cursor.peek(ahead + 1)
    return cursor.peek(ahead).key in ("to", "-") and (after.kind == "number" or after.key in NUMBER_WORDS)


def _take_lower_end(cursor: Cursor) -> int:
    """In "1 to 2 million" the scale counts for both ends."""
    scale = cursor.peek(3)
    if cursor.peek().kind != "number" or cursor.peek(1).key in SCALES or scale.key not in SCALES:
        return take_number(cursor)
    if "," in cursor.peek().text or cursor.peek(2).kind != "number":
        return take_number(cursor)
    low = _scaled(cursor.peek(), SCALES[scale.key])
    cursor.position += 1
    return low


def _checked_span(cursor: Cursor, start: int, low: int, high: int) -> tuple[int, int]:
    years = all(1950 <= end <= 2099 for end in (low, high)) and "," not in cursor.written(start)
    if low >= high or years:
        raise RefusedError(f"{quoted(cursor.written(start))} is no range of numbers.")
    return low, high


def _take_digits(cursor: Cursor) -> int:
    token = cursor.peek()
    if token.kind != "number":
        raise RefusedError(f"A number was expected at {quoted(cursor.rest())}.")
    cursor.position += 1
    scale = cursor.peek().key
    if not cursor.take(*SCALES):
        return _scaled(token, 1)
    if cursor.peek().key in NUMBER_WORDS:
        raise RefusedError(f"Not understood as a number: {quoted(cursor.written(0))}.")
    return _scaled(token, SCALES[scale])


def _scaled(token: Token, scale: int) -> int:
    """Return the number times its scale; thousands need three digits, decimals need a scale."""
    if decimal := DECIMAL.fullmatch(token.text):
        places = 10 ** len(decimal[2])
        number, remainder = divmod(int(decimal[1] + decimal[2]) * scale, places)
        if scale >= 1_000 and not remainder:
            return number
    elif GROUPED.fullmatch(token.text) and scale in (1, 12):
        return int(token.text.replace(",", "")) * scale
    elif PLAIN.fullmatch(token.text) and (scale in (1, 12) or len(token.text) <= 3):
        return int(token.text) * scale
    raise RefusedError(f"{quoted(token.text)} is not written as a number of units is.")


def _take_words(cursor: Cursor) -> int:
    start = cursor.position
    article = cursor.take("a", "an") and cursor.peek().key in SCALES
    words = start + article
    while not cursor.done and set(cursor.peek().key.split("-")) <= NUMBER_WORDS:
        cursor.position += 1
    return _spelled(cursor, start, [token.key for token in cursor.tokens[words : cursor.position]])


def _spelled(cursor: Cursor, start: int, keys: list[str]) -> int:
    """Leave the words to text2num, which refuses "five six"; it knows neither dozens nor a bare "million"."""
    keys = ["one", *keys] if start + len(keys) < cursor.position else keys
    dozens = keys[-1:] == ["dozen"]
    try:
        if not keys or keys[0] in SCALES:
            raise ValueError
        return text2num(" ".join(keys[: len(keys) - dozens]), "en") * (12 if dozens else 1)
    except ValueError:
        raise RefusedError(f"A number was expected at {quoted(cursor.rest(start))}.") from None
