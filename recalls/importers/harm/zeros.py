"""What a text says there was none of: "None reported", "No injuries or property damage have been reported"."""

import re
from dataclasses import dataclass

from recalls.importers.harm.sentences import Sentence

REPORTED = r"(?:have been |has been |were |was |are )?(?:reported|received|known)"
NOTHING = re.compile(
    rf"(?:None|No)(?: (?:{REPORTED}|known))?(?: to date| so far| at this time)?(?P<own> in .{{2,20}}?)?[.!]?",
    re.IGNORECASE,
)
STATED = re.compile(
    rf"no (?P<kind>reports? of|reported|known)? ?"
    rf"(?P<things>[a-z][a-z ,/-]{{2,80}}?)(?P<said> {REPORTED})?"
    r"(?: (?:to date|so far|at this time|to (?:the )?(?:firm|company|cpsc)(?: or (?:the )?(?:firm|company|cpsc))?))?"
    r"(?P<own> in .{2,20}?)?\.?",
    re.IGNORECASE,
)
NO = re.compile(r"\b[Nn]o [a-zA-Z]")
THINGS = {
    "reports": {"incident", "incidents", "reports", "report", "incident reports", "reports of incidents"},
    "injuries": {"injury", "injuries", "personal injury", "personal injuries", "reports of injuries"},
    "deaths": {"death", "deaths", "fatality", "fatalities"},
    "damage_reports": {"property damage", "reports of property damage"},
}
LISTED = re.compile(r", (?:and|or|nor) | (?:and|or|nor) |, |/|and/or")


@dataclass(frozen=True, slots=True)
class Zeros:
    """things: names of what there was none of. own: of these, what is said of the own country by its name."""

    nothing: bool
    things: frozenset[str]
    own: frozenset[str]


def find_zeros(sentences: list[Sentence]) -> Zeros:
    nothing = bool(sentences) and _is_nothing(sentences[0])
    things, own = set(), set()
    for sentence in sentences[nothing:]:
        found, of_own = _things(sentence)
        things |= found
        own |= found if of_own else set()
    return Zeros(nothing, frozenset(things), frozenset(own))


def _is_nothing(sentence: Sentence) -> bool:
    match = NOTHING.fullmatch(sentence.text)
    return bool(match) and _is_own(sentence, match)


def _is_own(sentence: Sentence, match: re.Match) -> bool:
    if not match["own"]:
        return not sentence.foreign
    return bool(re.fullmatch(rf" in {sentence.own}\.?", match["own"] + "."))


def _things(sentence: Sentence) -> tuple[set[str], bool]:
    """ "No serious injuries" and "no injuries requiring attention" are not no injuries."""
    stated = (STATED.fullmatch(sentence.text, no.start()) for no in NO.finditer(sentence.text))
    match = next(filter(None, stated), None)
    if not match or not (match["kind"] or match["said"]) or not _is_own(sentence, match):
        return set(), False
    listed = {thing.strip() for thing in LISTED.split(match["things"].lower())}
    return {name for name, things in THINGS.items() if things & listed}, bool(match["own"])
