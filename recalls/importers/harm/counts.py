"""Numbers in front of what they count: "11 reports", "two reports of minor burn injuries", "a brain injury"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from text_to_num import text2num

from recalls.importers.amounts import PRECISIONS
from recalls.importers.quantities.words import EXACT, ONES

_ONE = "|".join(sorted(ONES, key=len, reverse=True))
_FIRST = "".join(sorted({word[0] for word in ONES}))
_SPELLED = rf"(?:{_ONE})(?:[- ](?:{_ONE}|hundred|thousand))*"
# The sign that a number begins with is asked for first: most words then need no closer look.
NUMBER = (
    rf"(?<![\w$.,’'-])(?=[\d{_FIRST}])(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{_SPELLED})(?![\w%]|[,.-]\d)(?: \(\d+\))?"
)
INEXACT = tuple(f" {words}" for words, meaning in PRECISIONS.items() if meaning != EXACT)
INEXACT += (
    " between",
    " to",
    " or",
    " another",
    " additional",
    " several",
    " potentially",
    " number",
    " which",
    " whom",
)
# No word between a number and what it counts may be one of these: it would count something else.
_OTHERS = (
    "with|without|no|not|and|or|and/or|that|who|whom|which|of|in|on|at|to|from|for|by|as|where|when|while|whose|were|"
    "was|are|is|has|have|had|been|being|per|each|than|more|other|others|out|but|if|resulting|causing|involving|"
    "requiring|including|receiving|suffering|sustaining|reporting|alleging|leading|posing|consumers?|customers?|"
    "riders?|users?|people|persons?|child|children|adults?|infants?|workers?|men|man|women|woman|units?|fires?|"
    "reports?|incidents?|complaints?|claims?|crashes|falls?|times?|days?|months?|years?|models?|pets?|animals?|dogs?|"
    "few|dozens?|couple|handful|half|hundreds?|thousands?|millions?|series|total|(?:first|second|third|fourth|fifth)(?!-)|"
    "cats?|potential|possible|near|mention|mentioned|suffered|sustained|received|reported|experienced|required|caused"
)
BETWEEN = rf"(?: (?!(?:{_OTHERS})\b)[\w’'/-]+,?){{0,4}}"
OF_REPORTS = (
    r"(?: reported| confirmed| known| consumer)?"
    r"(?: (?:separate )?(?:reports?|incidents?|complaints?|claims?) of(?: an?)?)?"
)
COUNTED = re.compile(rf"\b(?P<n>(?:{NUMBER}|an?)){OF_REPORTS}{BETWEEN} $", re.IGNORECASE)
LOOK_BACK = 80  # characters from a number to what it counts


class Count(NamedTuple):
    """A number and where it stands; number is None if it is not exact, article: the number is “a”."""

    number: int | None
    start: int
    end: int
    article: bool = False


def count_of(text: str, match: re.Match, group: str = "n") -> Count:
    """Return the count that this group of a match has, as exact as the words about it are."""
    written = match[group].split(" (")[0].lower()
    article = written in ("a", "an")
    after = text[match.end() : match.end() + 8]
    before = f" {text[: match.start(group)].rstrip().lower()}"
    exact = not before.endswith(INEXACT) and not after.startswith((" or more", " or so", " to ", "+"))
    return Count(
        1 if article else _number(written) if exact else None, match.start(group), match.end(), article
    )


def counts_before(text: str, nouns: re.Pattern) -> Iterator[Count]:
    """Yield the counts of these nouns, in the order of the text."""
    for noun in nouns.finditer(text):
        back = max(0, noun.start() - LOOK_BACK)
        if match := COUNTED.search(text[: noun.start()], back):
            count = count_of(text[: noun.start()], match)
            yield Count(count.number, count.start, noun.end(), count.article)


def _number(written: str) -> int | None:
    digits = written.replace(",", "")
    if digits.isdecimal():
        return int(digits) if digits.isascii() and len(digits) <= 7 else None
    try:
        return text2num(written, "en")
    except ValueError:
        return None
