"""Injuries and deaths: the one count that a text gives of them, with what it says of single ones left aside."""

import re

from recalls.importers.harm.counts import NUMBER, Count, counts_before
from recalls.importers.harm.sentences import Sentence
from recalls.importers.harm.zeros import Zeros

_BODY = (
    r"hands?|arms?|fingers?|thumbs?|wrists?|leg|legs|foot|feet|toes?|face|head|neck|chest|back|eyes?|mouth|stomach|"
    r"abdomen|thighs?|lips?|tongues?|skin|body|consumers?|users?|child(?:ren)?"
)
INJURIES = re.compile(
    r"\b(?:(?:injury|injuries)\b(?! (?:hazard|risk|claim|each|free))|(?:burns?|lacerations?)\b"
    rf"(?=[.,;]|$| to (?:(?:the|a|an|their|his|her|both|its) )?(?:\w+[’'](?:s )?)?(?:{_BODY})\b))",
    re.IGNORECASE,
)
DEATHS = re.compile(r"\b(?:deaths?|fatality|fatalities)\b", re.IGNORECASE)
DIED = re.compile(r"\b(?:died|dies|killed|fatally)\b", re.IGNORECASE)
DETAIL = re.compile(
    r"\b(?:including|includes?|included|such as|of (?:which|whom|those|these)|where|which|when|involving|with|"
    r"ranging)\b|:"
)
# A further sentence or a further victim beside the counted ones, counted or not.
HURT = re.compile(
    r"\b(?:injur\w+|burns?|burned|lacerat\w+|fractur\w+|bruis\w+|amputat\w+|scald\w*)\b", re.IGNORECASE
)
BESIDE = re.compile(
    rf",? and (?:{NUMBER}|an?) "
    r"(?!(?:\w+ )?(?:reports?|incidents?|injur\w+|deaths?|fatalit\w+|fires?|complaints?|claims?|property))",
    re.IGNORECASE,
)
HAPPENED = re.compile(
    r"\b(?:resulting in|resulted in|causing|caused|suffer(?:ed|ing)|sustain(?:ed|ing)|received|receiving|"
    r"including|with|and|of) $"
)


def read_injuries(sentences: list[Sentence], zeros: Zeros) -> int | None:
    return _read(sentences, INJURIES, "injuries" in zeros.things)


def read_deaths(sentences: list[Sentence], zeros: Zeros) -> int | None:
    """Return the number of deaths; None if the text tells of more than it counts."""
    number = _read(sentences, DEATHS, "deaths" in zeros.things)
    if number is None:
        return None
    told = sum(len(DIED.findall(sentence.text)) for sentence in sentences)
    return number if told <= number else None


def _read(sentences: list[Sentence], nouns: re.Pattern, none: bool) -> int | None:
    found = [(sentence, counts) for sentence in sentences if (counts := _counts(sentence, nouns))]
    if none:
        return None if any(not sentence.foreign for sentence, _ in found) else 0
    if len(found) != 1 or found[0][0].unplaced or any(sentence.since for sentence in sentences):
        return None
    others = [sentence for sentence in sentences if sentence is not found[0][0] and not sentence.foreign]
    if nouns is INJURIES and any(HURT.search(sentence.text) for sentence in others):
        return None
    return _one_of(*found[0])


def _counts(sentence: Sentence, nouns: re.Pattern) -> list[Count]:
    """In a sentence on several countries only what is said to be in the own one counts."""
    counts = list(counts_before(sentence.text, nouns))
    if not sentence.foreign:
        return counts
    own = re.compile(rf" in {sentence.own}(?! (?:and|or) )")
    return [count for count in counts if own.match(sentence.text, count.end)]


def _one_of(sentence: Sentence, counts: list[Count]) -> int | None:
    text = sentence.text
    first, *others = [count for count in counts if not count.article] or counts
    if first.article and (others or " each " in text or not HAPPENED.search(text[: first.start])):
        return None
    for other in counts:
        if other.end > first.end and not DETAIL.search(text[first.end : other.start]):
            return None
        if other.end < first.end and other is not first:
            return None
    rest = DETAIL.split(text[first.end :], maxsplit=1)[0]
    return None if BESIDE.search(rest) else first.number
