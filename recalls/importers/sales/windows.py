"""From when until when: "from March 2022 through May 2024", "between March and May 2024", "since 2017"."""

import re
from typing import NamedTuple

from evidence.partial_dates import PartialDate
from recalls.importers.quantities.phrases import holds_any, words
from recalls.importers.quantities.reading import RefusedError, quoted
from recalls.importers.sales.dates import Written, find_dates

BEFORE = re.compile(
    r"(?:(?:^|[ ,(])(?:(?P<span>[Ff]rom|[Bb]etween)|(?P<since>since|(?:beginning|starting)(?: in| on| from)?)"
    r"|(?P<point>in|on|during|during the month of|in the month of)|(?P<until>through|until|till))"
    r"|(?P<bare>^|[,;(]|\b(?:nationwide|online|stores|websites|sold|dealers|retailers)|\.com)) ?(?:the )?$"
)
TO = re.compile(
    r",? ?(?:and |up )?(?:(?P<to>through|thru|though|throughout|thorough|to|until|till)|(?P<and>and|&)|-+)"
    r"(?: in)?,? ?(?:the )?"
)
PRESENT = re.compile(
    r",? (?:through|thru|to|until|till|-)(?: the)? (?:present|now|today|current|currently|this date|date)"
    r"(?: day| date| time)?\b"
)
AFTER = re.compile(r" ?(?:model|edition|catalog|season|version|holiday|-|/)", re.IGNORECASE)
GOES_ON = re.compile(r",? (?:through|thru|to|until|till)\b")
AGAIN = re.compile(r"\b(?:thereafter|afterwards?|again)\b", re.IGNORECASE)
AGAIN_STEMS = ("aga", "after")
SIDELINES = re.compile(
    r"\b(?:replacements?|repairs?|repaired|service|parts?|accessor\w+|refurbished|previous\w*)\b"
)
# The last of these words before the dates says what happened then.
OTHER_EVENTS = words(
    "manufactured made produced built assembled imported shipped installed dated announced stopped discontinued "
    "ended expired opened closed launched leased rented returned recalled Manufactured Made Produced Imported"
)
SALES = words("sold sell sells available distributed purchased offered retailed Sold Available Distributed")
LOOK_BACK = 32  # characters, the longest words before a date


class Window(NamedTuple):
    """start, end: where it stands in the text; an end of the window that the text leaves open is None."""

    start: int
    end: int
    first: PartialDate | None
    last: PartialDate | None


def find_windows(text: str) -> list[Window]:
    """Return all windows of the text; raise RefusedError if one of its dates belongs to none."""
    dates, windows, i = find_dates(text), [], 0
    while i < len(dates):
        window, taken = _take(text, dates[i : i + 2], windows[-1].end if windows else 0)
        windows += [window] if window else []
        i += taken
    return windows


def whole_window(text: str, windows: list[Window]) -> tuple[PartialDate | None, PartialDate | None]:
    """Return the first and the last date of all windows; raise RefusedError if they can't be joined."""
    if not windows:
        return None, None
    if holds_any(text.lower(), AGAIN_STEMS) and AGAIN.search(text):
        raise RefusedError("The sale went on in a way that is not understood.")
    for window in windows:
        _refuse_other_event(text, window)
    if len(windows) == 1:
        return windows[0].first, windows[0].last
    ends_open = any(None in (window.first, window.last) for window in windows)
    if ends_open or SIDELINES.search(text) or len({window.first is window.last for window in windows}) > 1:
        raise RefusedError("Nothing says that all the dates are those of the recalled products.")
    first = min((window.first for window in windows), key=lambda day: day.first)
    return first, max((window.last for window in windows), key=lambda day: day.last)


def _take(text: str, dates: list[Written], floor: int) -> tuple[Window | None, int]:
    first = dates[0]
    back = max(floor, first.start - LOOK_BACK)
    before = BEFORE.search(text[back : first.start])
    kind = before.lastgroup if before else ""
    start = back + before.start() if before and kind != "bare" else first.start
    if len(dates) > 1 and (to := TO.fullmatch(text, first.end, dates[1].start)):
        _refuse_joint(text, kind, first, dates[1], to)
        return _joined(text, start, first, dates[1]), 2
    if first.year is None and kind not in ("span", "since", "point", "until"):
        return None, 1
    if first.year is None:
        raise RefusedError(f"{quoted(text[start : first.end])} has no year.")
    return _alone(text, start, first, kind), 1


def _refuse_joint(text: str, kind: str, first: Written, last: Written, to: re.Match) -> None:
    listed = to["and"] and kind != "span"
    odd = kind not in ("span", "bare", "since", "point") or (kind == "bare" and not first.month)
    if (odd and not (listed and kind == "point")) or (listed and kind != "point"):
        raise RefusedError(f"Not understood: {quoted(text[max(0, first.start - 12) : last.end])}.")


def _joined(text: str, start: int, first: Written, last: Written) -> Window:
    if last.year is None:
        raise RefusedError(f"{quoted(text[first.start : last.end])} has no year at its end.")
    one, other = first.of_year(last.year).period(), last.period()
    if other.last < one.first:
        raise RefusedError(f"{quoted(text[first.start : last.end])} ends before it begins.")
    _refuse_what_follows(text, last)
    return Window(start, last.end, one, other)


def _alone(text: str, start: int, written: Written, kind: str) -> Window:
    period = written.period()
    if kind in ("span", "since") and (present := PRESENT.match(text, written.end)):
        return Window(start, present.end(), period, None)
    _refuse_what_follows(text, written)
    if GOES_ON.match(text, written.end):
        raise RefusedError(f"The end is not understood: {quoted(text[written.start :][:40])}.")
    if kind == "point":
        return Window(start, written.end, period, period)
    if kind == "until":
        return Window(start, written.end, None, period)
    if kind == "since" or (kind == "span" and text[start:].lstrip(" ,(").lower().startswith("from")):
        return Window(start, written.end, period, None)
    raise RefusedError(f"Not understood: {quoted(text[max(0, start - 12) : written.end])}.")


def _refuse_what_follows(text: str, written: Written) -> None:
    """ "2019 models", "in 2004 catalogs", "2004-": the year is not the sale's, or not whole."""
    if AFTER.match(text, written.end):
        raise RefusedError(f"Not understood after a date: {quoted(text[written.start :][:40])}.")


def _refuse_other_event(text: str, window: Window) -> None:
    for word in reversed(text[: window.start].split()):
        if word in SALES:
            return
        if word in OTHER_EVENTS and (word != "recalled" or window.last == window.first):
            raise RefusedError(f"The dates may be those of what was {word.lower()}.")
