"""When an earlier recall was: "in May 2023, August 2023, and November 2023", "on July 6, 2023"."""

from recalls.importers.quantities.cursor import Cursor
from recalls.importers.quantities.tokens import YEAR
from recalls.importers.quantities.words import MONTHS, SEASONS

BEFORE = ("in", "on", "during", "since")
PARTS_OF_YEARS = ("early", "mid", "late")


def take_dates(cursor: Cursor) -> str | None:
    """Step over one date or several and return them as written, without the first "in"; None for none."""
    cursor_start = cursor.position
    cursor.take(*BEFORE)
    start = cursor.position
    if not _take_date(cursor):
        cursor.position = cursor_start
        return None
    while _take_another(cursor):
        pass
    return cursor.written(start)


def _take_another(cursor: Cursor) -> bool:
    start = cursor.position
    if cursor.take(",") + cursor.take("and", "&"):
        cursor.take(*BEFORE)
        if _take_date(cursor):
            return True
    cursor.position = start
    return False


def _take_date(cursor: Cursor) -> bool:
    """A month with day and year as far as given, a season, a part of a year, or a year."""
    start = cursor.position
    cursor.take(*PARTS_OF_YEARS)
    if cursor.take(*MONTHS):
        _take_day(cursor)
        _take_year(cursor)
        return True
    cursor.take(*SEASONS)
    cursor.take("of")
    if _take_year(cursor):
        return True
    cursor.position = start
    return False


def _take_day(cursor: Cursor) -> None:
    token = cursor.peek()
    if token.kind == "number" and token.text.isdigit() and 1 <= int(token.text) <= 31:
        cursor.position += 1


def _take_year(cursor: Cursor) -> bool:
    """A comma before the year belongs to it only if the year follows."""
    comma = cursor.peek().key == "," and cursor.position > 0
    if not YEAR.fullmatch(cursor.peek(comma).text):
        return False
    if comma and cursor.tokens[cursor.position - 1].kind != "number":
        comma_after_month = cursor.tokens[cursor.position - 1].key in MONTHS
        if not comma_after_month:
            return False
    cursor.position += 1 + comma
    return True
