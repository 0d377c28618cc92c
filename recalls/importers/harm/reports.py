"""How many incidents a text reports in all, which is said once: "The firm has received 19 reports of …"."""

import re

from recalls.importers.harm.counts import BETWEEN, NUMBER, count_of
from recalls.importers.harm.sentences import DETAILS, Sentence
from recalls.importers.harm.zeros import Zeros

_NOUN = r"(?:reports?|incidents?|complaints?|claims?)\b"
_TOTAL = r"(?:(?: also| now)?(?P<total> a total of)?)"
_VERB = (
    r"\b(?:received|aware of|learned of|notified of|informed of|knows? of|documented|there (?:have|has) been|"
    r"there (?:are|is|were|was)|(?P<said>reported|identified))"
)
FRAME = re.compile(rf"{_VERB}{_TOTAL}(?P<rest> .{{0,160}})?", re.IGNORECASE)
COUNTED = re.compile(
    rf" (?:(?:reports|complaints|notice|notification) of )?(?P<hedge>(?:[a-z]+ ){{0,3}}?)(?P<n>{NUMBER}|an?)"
    rf"(?P<noun>(?: consumer| customer)?{BETWEEN} {_NOUN})",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    rf" (?!no )(?:[a-z]+ ){{0,3}}?(?:{NUMBER}|several|multiple|numerous|many|some|reports)\b", re.IGNORECASE
)
VICTIMS = re.compile(rf" {NUMBER}{BETWEEN} (?:injur|death|fatalit|burns?\b)", re.IGNORECASE)
PASSIVE = re.compile(
    rf"(?P<n>{NUMBER}){BETWEEN} {_NOUN}.{{0,160}}?\b(?:has|have) been (?:reported|received)", re.IGNORECASE
)
ADDED = re.compile(r"\b(?:also|additional(?:ly)?|another|further|more)\b", re.IGNORECASE)
PARALLEL = re.compile(
    rf"(?P<n>{NUMBER})(?:(?P<noun>{BETWEEN} {_NOUN})"
    r"| (?:of(?! (?:which|whom|those|these|the)\b)|from|in|involving|where|regarding)\b)",
    re.IGNORECASE,
)
SUBSET = re.compile(
    r"(?:\b(?:resulting in|resulted in|causing|leading to|of (?:which|those|these))|, with) $", re.IGNORECASE
)
FIRST_DETAIL = re.compile(rf" (?:[a-z]+ ){{0,3}}?{NUMBER}{BETWEEN} {_NOUN}", re.IGNORECASE)


def read_reports(sentences: list[Sentence], zeros: Zeros) -> int | None:
    """Return the one number of all reports, or None: two numbers may count some incidents twice."""
    frames = [frame for sentence in sentences for frame in _frames(sentence)]
    if zeros.nothing or "reports" in zeros.things:
        alone = not frames and not any(sentence.foreign and _is_framed(sentence) for sentence in sentences)
        return 0 if "reports" in zeros.own or alone else None
    if len(frames) == 1 or (frames and frames[0][1]):
        return frames[0][0]
    return None


def _is_framed(sentence: Sentence) -> bool:
    return any(_starts_count(match) for match in FRAME.finditer(sentence.text))


def _starts_count(match: re.Match) -> bool:
    rest = match["rest"] or ""
    return bool(COUNTED.match(rest) or (NUMBERED.match(rest) and not VICTIMS.match(rest)))


def _frames(sentence: Sentence) -> list[tuple[int | None, bool]]:
    """Each place that says how many there were, as (number or None, whether it is called the total)."""
    if sentence.foreign:
        own = _own_count(sentence)
        return [] if own is None else [(own, False)]
    found = [_number(sentence, match) for match in FRAME.finditer(sentence.text) if _counts_reports(match)]
    if not found and (passive := PASSIVE.match(sentence.text)):
        return [(None if sentence.unplaced else count_of(sentence.text, passive).number, False)]
    return found


def _counts_reports(match: re.Match) -> bool:
    """ "Reported" and "identified" are also said of other things: only with "reports" or "incidents" after them."""
    return bool(COUNTED.match(match["rest"] or "")) if match["said"] else _starts_count(match)


def _number(sentence: Sentence, match: re.Match) -> tuple[int | None, bool]:
    is_total = bool(match["total"])
    counted = COUNTED.match(sentence.text, match.start("rest"))
    if (
        not counted
        or sentence.since
        or sentence.unplaced
        or ADDED.search(DETAILS.split(sentence.text, maxsplit=1)[0])
    ):
        return None, False
    count = count_of(sentence.text, counted)
    hedged = counted["hedge"].strip().lower() not in ("", "the", "only", "just")
    if hedged or _has_parallel(sentence.text[counted.end() :]):
        return None, False
    return count.number, is_total


def _has_parallel(rest: str) -> bool:
    """Tell whether a second number beside the first one counts further reports."""
    details = DETAILS.search(rest)
    listed = bool(details) and bool(FIRST_DETAIL.match(rest, details.end()))
    for match in PARALLEL.finditer(rest):
        inside = details and match.start() > details.start()
        if inside and (listed or not match["noun"] or DETAILS.search(rest[: match.start()].rstrip()[-9:])):
            continue
        if not SUBSET.search(rest[: match.start()]) and (match["noun"] or _is_joined(rest, match)):
            return True
    return False


def _is_joined(rest: str, match: re.Match) -> bool:
    return rest[: match.start()].endswith((" and ", ", ", " or "))


def _own_count(sentence: Sentence) -> int | None:
    """The own country's number beside those of others: "18 reports worldwide, including one in the U.S."."""
    frames = [match for match in FRAME.finditer(sentence.text) if _starts_count(match)]
    counted = COUNTED.match(sentence.text, frames[0].start("rest")) if len(frames) == 1 else None
    if not counted or counted["hedge"].strip() or sentence.since:
        return None
    ends = r"(?! (?:and|or|&) (?:in )?[A-Z]|, [A-Z])"
    if re.compile(rf" (?:in|from) {sentence.own}{ends}").match(sentence.text, counted.end()):
        return count_of(sentence.text, counted).number
    within = re.compile(
        rf",? (?:worldwide|globally|internationally),? including (?P<n>{NUMBER})(?: reports?| incidents?)? "
        rf"(?:in|from) {sentence.own}{ends}"
    )
    inside = within.match(sentence.text, counted.end())
    return count_of(sentence.text, inside).number if inside else None
