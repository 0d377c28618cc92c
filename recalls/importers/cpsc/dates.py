"""A notice's date, a US calendar date: 2025-06-12T00:00:00 in the API, June 12, 2025 in the listing."""

import re
from datetime import date

from recalls.importers.notice import RefusedError

FOUNDED = date(
    1972, 10, 27
)  # the Consumer Product Safety Act; an earlier date is a filler such as 0001-01-01
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
SHORTEST = 3  # letters of a month's name, as in "Jun 12, 2025" and "Sept. 9, 2003"
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
SLASHED = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
WORDED = re.compile(r"([A-Z][a-z]{2,8})\.?\s+(\d\d?)(?:,\s*|\s+)(\d{4})", re.ASCII | re.IGNORECASE)


def read_date(text: str) -> date:
    """Return the day that a record's date names; raise RefusedError where it names none."""
    if not text:
        raise RefusedError("The record has no date.")
    try:
        day = date(*_numbers(text))
    except (ValueError, TypeError):
        raise RefusedError(f"“{text[:40]}” is not a date.") from None
    if day < FOUNDED:
        raise RefusedError(f"The date {day} lies before the regulator was founded.")
    return day


def _numbers(text: str) -> tuple[int, int, int]:
    if match := ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := SLASHED.fullmatch(text):
        month, day, year = match.groups()
    elif match := WORDED.fullmatch(text):
        name, day, year = match.groups()
        month = _month(name.lower())
    else:
        raise ValueError
    return int(year), int(month), int(day)


def _month(name: str) -> int:
    for number, month in enumerate(MONTHS, start=1):
        if len(name) >= SHORTEST and month.startswith(name):
            return number
    raise ValueError
