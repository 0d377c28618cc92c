"""The dates of a text, as far as they are written: "March 2022", "November 14", "fall of 2005", "late 2006"."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from evidence.partial_dates import PartialDate
from recalls.importers.quantities.reading import RefusedError, quoted

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# A season in either way of counting, astronomical or by months; a winter lies in two years, nobody knows which.
SEASONS = {"spring": (3, 6), "summer": (6, 9), "fall": (9, 12), "autumn": (9, 12)}
PARTS = {"early": (1, 6), "beginning": (1, 6), "start": (1, 6), "mid": (4, 9), "middle": (4, 9)}
PARTS |= {"late": (7, 12), "end": (7, 12)}
FIRST_YEAR, LAST_YEAR = 1950, 2099

_MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
DATE = re.compile(
    r"\b(?=[\dA-Zabeflmstw])(?<![$/@#.])(?<![A-Za-z]-)(?<!\d,)"
    r"(?:(?:the )?(?P<part>[Ee]arly|[Mm]id|[Ll]ate|beginning of|start of|middle of|end of)[ -](?:in )?)?"
    rf"(?:(?P<month>{_MONTH})\b\.?(?:,? (?P<day>\d\d?)(?:st|nd|rd|th)?\b(?![.,/:]?\d))?"
    r"(?:,? (?:of )?(?P<year>\d{4})\b(?!-\d\d?\b|[/%]))?"
    r"|(?P<season>[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter),? (?:of )?(?P<year_of_season>\d{4})\b"
    r"|(?P<year_alone>(?:19[5-9]|20\d)\d)\b(?![/@%]|[.,]\d|-\d\d?\b))"
)
BROKEN = re.compile(rf"\b(?=[A-Z\d])(?:(?:{_MONTH})\.? ?['’]?\d|\d\d?/(?:\d\d?/)?(?:19|20)?\d\d\b)")
YEAR = re.compile(r"(?:19|20)\d\d(?!\d)(?<![\d$,.]\d{4})")
LOOK_BACK = 60  # characters before the first year: names of shops in front of it hold no dates


class Written(NamedTuple):
    """A date as written, between start and end; a month or a day alone has no year."""

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    months: tuple[int, int] | None = None  # of a season or a part of a year

    def of_year(self, year: int | None) -> "Written":
        return self if self.year else self._replace(year=year)

    def period(self) -> PartialDate:
        """Return the days that it can mean; raise RefusedError for a day that never was."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise RefusedError(f"{self.year} is no year of a sale.")
        first, last = self.months or ((self.month,) * 2 if self.month else (1, 12))
        try:
            return PartialDate(*_days(self.year, first, last, self.day))
        except ValueError:
            raise RefusedError(f"There is no day {self.day} in that month.") from None


@lru_cache(maxsize=4096)  # nearly all sales began and ended in one of a few hundred months
def _days(year: int, first: int, last: int, day: int | None) -> tuple[date, date]:
    return date(year, first, day or 1), date(year, last, day or monthrange(year, last)[1])


def find_dates(text: str) -> list[Written]:
    """Return all dates of the text; raise RefusedError where one is not written as dates are."""
    year = YEAR.search(text)
    start = max(0, year.start() - LOOK_BACK) if year else 0
    found = [_written(match) for match in DATE.finditer(text, start)] if year else []
    _refuse_broken(text, start, found)
    return found


def _written(match: re.Match) -> Written:
    _, month, day, year_of_month, _, year_of_season, year_alone = match.groups()
    year = year_of_month or year_of_season or year_alone
    return Written(
        *match.span(),
        int(year) if year else None,
        MONTHS.index(month[:3].lower()) + 1 if month else None,
        int(day) if day else None,
        None if month else _months(match),
    )


def _months(match: re.Match) -> tuple[int, int] | None:
    season, part = match["season"], match["part"]
    if season and (part or season.lower() == "winter"):
        raise RefusedError(f"{quoted(match.group())} can mean months of two years.")
    return SEASONS[season.lower()] if season else PARTS[part.split()[0].lower()] if part else None


def _refuse_broken(text: str, start: int, found: list[Written]) -> None:
    """Whatever looks like a date has to be one of those that were found."""
    for match in (*BROKEN.finditer(text, start), *YEAR.finditer(text, start)):
        if not _is_inside(match, found) and not (match.re is YEAR and _is_name(text, match)):
            raise RefusedError(f"{quoted(text[match.start() :][:24])} is not written as a date is.")


def _is_inside(match: re.Match, found: list[Written]) -> bool:
    start, end = match.span()
    for written in found:  # noqa: SIM110 (twice as fast as any())
        if written.start <= start and end <= written.end:
            return True
    return False


def _is_name(text: str, year: re.Match) -> bool:
    """A year inside a word or an address, or before any sale that is recalled now, is part of a name."""
    before, after = text[year.start() - 1 : year.start()], text[year.end() : year.end() + 1]
    glued = before.isalpha() or before in ("_", "@", "#") or after.isalpha() or after in ("_", "@")
    return glued or int(year.group()) < FIRST_YEAR
