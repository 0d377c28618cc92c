"""Companies that a text names: "Hunan Suihuo E-commerce Co., Ltd., of China, doing business as BaoD".

A text is read from seat to seat: what stands before "of China" names a firm, what stands behind it must be a
remark on that firm or the next firm. A text that isn't so names nobody: a firm is never guessed.
"""

import re
from functools import lru_cache

from recalls.importers.cpsc.firm_names import drop_remarks, firms_named
from recalls.importers.cpsc.places import country_of
from recalls.importers.notice import Firm

LONGEST = 3_000  # characters
TOWN_PARTS = 3  # "Shaoshan, Hunan, China"
APART = {
    "HK",
    "MO",
    "TW",
    "PR",
}  # "Hong Kong, China" has a code of its own; "Ontario, California" is in the US

OF = re.compile(r",?\s+(?:of|from)\s+(?=[A-Zt])")
PLACE = re.compile(r"\s*([^,;()]+?)\s*(?=$|[,;()]|\.$|\s(?:and|dba|DBA|Dba|d/b/a|doing)\s)")
NOT_A_TOWN = re.compile(
    r"(?:of|from|dba|d/b/a)\s|(?:inc|llc|ltd|co|corp|company|limited|lp)\b", re.IGNORECASE
)
AGAIN = re.compile(r"\s*,?\s+of\s")
# "Red Land Cotton, Moulton, Alabama": the word "of" was left out.
BARE_SEAT = re.compile(r"(.+), ([A-Z][\w.'’ -]+), ([A-Z][\w.' ]+)")

REMARK = re.compile(r"\s*\([^()]*\)")
TRADING_BEHIND = re.compile(r"[,\s]+(?:dba|d/b/a|doing business as)\b\.?[,:]?\s+", re.IGNORECASE)
# What may stand behind a seat and says nothing on another firm.
ASIDE = re.compile(r"[,\s]+(?:an?|the|owns?|owner|formerly|which)\s.*|[,.\s]*$")
NEXT = re.compile(r"\s*(?:,\s*)?(?:(?:and|&)\s+(?=[A-Z0-9]))")


@lru_cache(maxsize=4096)  # the same makers and importers come again and again
def read_firms(text: str, role: str, seated: bool = False) -> tuple[Firm, ...]:
    """Return the firms that a cleaned text names, each once; none where the text isn't understood whole.

    seated: only those with a known seat, for texts that mostly say something else.
    """
    if not text or len(text) > LONGEST:
        return ()
    firms: list[Firm] = []
    for part in re.split(r";\s*(?:and\s+)?", text):
        if part := part.strip():
            firms.extend(_firms_of(drop_remarks(part), role, seated))
    return tuple(dict.fromkeys(firm for firm in firms if firm.country or not seated))


def _firms_of(text: str, role: str, seated: bool) -> list[Firm]:
    firms, start = [], 0
    while seat := _next_seat(text, start):
        end, after, country = seat
        after = _behind_remarks(text, after)
        trading = TRADING_BEHIND.match(text, after)
        names = text[start:end] + (text[after:] if trading else "")
        firms += firms_named(names, role, country)
        if trading or ASIDE.fullmatch(text, after):
            return firms
        another = NEXT.match(text, after)
        if not another:
            return []
        start = another.end()
    return firms + _behind_seats(text[start:], role, seated)


def _next_seat(text: str, start: int) -> tuple[int, int, str] | None:
    """Return where the name ends, where the place ends, and the country: the first "of" with a place behind."""
    for preposition in OF.finditer(text, start):
        if place := _place(text, preposition.end()):
            return preposition.start(), *place
        if preposition.group()[0] == "," and _is_last_town(text, preposition.end()):
            return preposition.start(), len(text), ""
    return None


def _is_last_town(text: str, start: int) -> bool:
    """A place that isn't known ends the text: "Acme Inc., of Chicago"."""
    town = PLACE.match(text, start)
    return bool(town) and text[town.end() :] in ("", ".") and not NOT_A_TOWN.search(town[1])


def _place(text: str, start: int) -> tuple[int, str] | None:
    found, position = None, start
    for step in range(TOWN_PARTS):
        part = PLACE.match(text, position)
        if not part or NOT_A_TOWN.match(part[1]):
            break
        if country := country_of(part[1], town=step > 0):
            found = part.end(), found[1] if found and found[1] in APART else country
        elif found:
            break
        position = part.end() + 1
        if text[part.end() : position] != ",":
            break
    return None if not found or AGAIN.match(text, found[0]) else found


def _behind_remarks(text: str, position: int) -> int:
    while remark := REMARK.match(text, position):
        position = remark.end()
    return position


def _behind_seats(text: str, role: str, seated: bool) -> list[Firm]:
    if bare := BARE_SEAT.fullmatch(text.rstrip(" .")):
        name, town, place = bare.groups()
        if (country := country_of(place, town=True)) and not NOT_A_TOWN.match(town):
            return firms_named(name, role, country)
    return [] if seated else firms_named(text, role, "")
