"""Property damage: in how many reports, and how much money in all."""

import re
from decimal import Decimal

from recalls.importers.amounts import find_money
from recalls.importers.harm.counts import Count, counts_before
from recalls.importers.harm.sentences import Sentence
from recalls.importers.harm.zeros import Zeros
from recalls.importers.quantities.reading import RefusedError

DAMAGE = re.compile(r"\bproperty damages?\b", re.IGNORECASE)
REPORTS_OF = re.compile(r"\b(?:reports?|incidents?|complaints?|claims?) (?:of|involving)\b", re.IGNORECASE)
TOTALLING = re.compile(
    r",? ?(?:together |collectively )?(?:totall?ing|totall?ed|of|estimated (?:at|to be)|valued at|worth|"
    r"amounting to|that totall?ed|in the amount of)?(?: a total of)? ?"
)
IN_DAMAGE = re.compile(
    r" (?:in|of|worth of)(?: (?:reported|estimated|total|combined))? property damages?\b(?! each)"
)
NO_MONEY = None, None, "unknown"


def read_damage_reports(sentences: list[Sentence], zeros: Zeros) -> int | None:
    found = [
        (sentence, count) for sentence in sentences if not sentence.foreign for count in _counts(sentence)
    ]
    if "damage_reports" in zeros.things:
        return None if found else 0
    if len(found) != 1 or found[0][0].unplaced or any(sentence.since for sentence in sentences):
        return None
    return found[0][1].number


def _counts(sentence: Sentence) -> list[Count]:
    """ "11 reports of property damage", "one incident involving property damage"."""
    if "damage" not in sentence.text.lower():
        return []
    text = sentence.text.replace(" incident involving ", " incident of ").replace(
        " incidents involving ", " incidents of "
    )
    counts = counts_before(text, DAMAGE)
    return [
        count for count in counts if not count.article and REPORTS_OF.search(text[count.start : count.end])
    ]


def read_damage(sentences: list[Sentence], currency: str) -> tuple[Decimal | None, Decimal | None, str]:
    """Return low, high and precision of the one amount that the text calls property damage."""
    with_money = [sentence for sentence in sentences if "$" in sentence.text or "£" in sentence.text]
    if (
        len(with_money) != 1
        or with_money[0].foreign
        or with_money[0].unplaced
        or any(sentence.since for sentence in sentences)
    ):
        return NO_MONEY
    text = with_money[0].text
    try:
        amounts = find_money(text, currency)
    except RefusedError:
        return NO_MONEY
    if len(amounts) != 1 or " each" in text or not _is_damage(text, amounts[0].start, amounts[0].end):
        return NO_MONEY
    return amounts[0].low, amounts[0].high, amounts[0].precision


def _is_damage(text: str, start: int, end: int) -> bool:
    before = any(TOTALLING.fullmatch(text, damage.end(), start) for damage in DAMAGE.finditer(text, 0, start))
    return before or bool(IN_DAMAGE.match(text, end))
