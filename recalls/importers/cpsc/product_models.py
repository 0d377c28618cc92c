"""Model numbers that a text clearly names: "model numbers NS-RGFGSS1 and NS-RGFCGS2", "“Model: YD-1958”".

A text is read from the word "model" on, number by number, to the first word that is none. What is not recalled
or belongs to another product ("compatible with model ...") is left out, and so is what a lost space or line
break has made unclear.
"""

import re

from recalls.importers.cpsc.model_shapes import NUMBER, is_model, is_wordy
from recalls.importers.notice import Model
from recalls.importers.quantities.phrases import holds_any, words

MOST = 500

LEAD = re.compile(
    r"\b(?:[Mm]odels?|MODELS?)\b"
    r"(?P<number>[ /]?(?:[Nn]umbers?|NUMBERS?|[Nn]os?\b\.?|NOS?\b\.?|#)(?:\(s\))?)?+(?![A-Za-z0-9])"
    r"(?P<verb>(?:\s(?:of|for)\sthe(?:\s\w+){1,3}?)?\s(?:is|are|was|were|includes?|included|included are)\b)?"
    r"(?P<mark>\s?[:#,])?\s?"
)
OPENING, CLOSING = "“\"'‘(", "”\"'’),"
QUOTED = re.compile(r"[“\"‘']([A-Za-z0-9][^“”\"‘]{0,38}?),?[”\"’']")
# "93550 (KY-318B), 96775 (KY-318A)": what stands in brackets behind a number says more on it.
BRACKET = re.compile(r"\s?\([^()]{1,40}\)")
JOIN = re.compile(r",?\s(?:and|or|&)\s|,\s?|;\s|\s?/\s")
BEHIND = re.compile(r"\s([^\s,;:”\")]+)")
RANGE = re.compile(r"\s?(?:through|thru|to|–|—|-)\s?", re.IGNORECASE)
# "F7 Pro": these belong to the number before them; other short words in capitals may or may not.
VARIANTS = words("Pro Plus Max Mini Lite Ultra PRO MAX PLUS")

NOT_RECALLED = re.compile(
    r"\b(?:(?:not|never|aren[’']t|isn[’']t) (?:been |being |a |yet |also )?"
    r"(?:included|affected|part|subject|involved|impacted|recalled|covered|be)\b"
    r"|(?:does|do) not (?:include|affect|involve|cover|apply)|except\b|exclud|other than\b|no longer\b)",
    re.IGNORECASE,
)
SIGNALS = ("not", "n’t", "n't", "xcept", "xclud", "ther than", "ever", "onger")
ANOTHERS = re.compile(
    r"\b(?:compatible with|fits?|for|in addition to|replac\w+|instead of|similar to|used (?:in|with|on)|"
    r"installed (?:in|on)|designed for|previously recalled)\s(?:[^\s,.;]+\s){0,4}$",
    re.IGNORECASE,
)
BEFORE, SENTENCE = 60, 400  # characters


def read_models(*texts: str) -> tuple[Model, ...]:
    """Return the models whose numbers the cleaned texts clearly name, in their order, each once."""
    numbers: dict[str, None] = {}
    for text in texts:
        for at in _places_of_word(text):
            if lead := LEAD.match(text, at):
                numbers |= dict.fromkeys(_numbers_behind(text, lead))
    return tuple(Model(number) for number in list(numbers)[:MOST])


def _places_of_word(text: str) -> list[int]:
    """Where "model" may begin: found much faster than by the whole expression."""
    places = []
    for word in ("odel", "ODEL"):
        at = text.find(word)
        while at >= 0:
            places.append(max(at - 1, 0))
            at = text.find(word, at + 4)
    return sorted(places)


def stated_models(texts: list[str]) -> tuple[Model, ...]:
    """Return the models of a field that holds nothing but model numbers."""
    parts = (part.strip() for text in texts for part in re.split(r"[,;]", text))
    return tuple(
        Model(part) for part in dict.fromkeys(parts) if NUMBER.fullmatch(part) and is_model(part, True)
    )


def _numbers_behind(text: str, lead: re.Match) -> list[str]:
    stated, position = bool(lead["number"]), lead.end()
    if lead["mark"] and lead["mark"].strip() == "," and not stated:
        return []
    first = _number_at(text, position, stated, sure=stated or not lead["verb"])
    if not first or _is_anothers(text, lead):
        return []
    numbers = []
    while first:
        number, position = first
        numbers.append(number)
        while position < len(text) and text[position] in CLOSING and not JOIN.match(text, position):
            position += 1
        bracket = BRACKET.match(text, position)
        join = JOIN.match(text, bracket.end() if bracket else position)
        first = join and _number_at(text, join.end(), stated, sure=number.isdigit(), listed=True)
    return numbers


def _number_at(
    text: str, at: int, stated: bool, *, sure: bool, listed: bool = False
) -> tuple[str, int] | None:
    """Return the model number that stands there and where it ends.

    stated: the text speaks of model numbers, so that 2019 may be one. sure: plain digits may be one. listed: it follows
    another number.
    """
    if at < len(text) and text[at] in OPENING:
        if quoted := QUOTED.match(text, at):
            return (quoted[1], quoted.end()) if _is_quoted_model(quoted[1]) else None
        at += 1
    match = NUMBER.match(text, at)
    if not match:
        return None
    number, end = match.group(), match.end()
    if not listed and _begins(number) and (second := NUMBER.match(text, end + 1)) and text[end] == " ":
        number, end = text[at : second.end()], second.end()
        match = second
    if (
        not is_model(match.group(), stated)
        or not _ends(text, end)
        or not (sure or stated or not number.isdigit())
    ):
        return None
    return _with_variant(text, number, end)


def _begins(word: str) -> bool:
    """ "SHR 40-RED-M" is one number: capitals without a digit before one with digits."""
    return word.isalpha() and word.isupper() and len(word) <= 4 and not is_wordy(word)


def _ends(text: str, end: int) -> bool:
    """Nothing that may belong to the number stands behind it, and it begins no range."""
    if text[end : end + 1] in ("*", "#", "_", "-", "–", "…"):
        return False
    return not RANGE.match(text, end) or text[end : end + 1] == ""


def _with_variant(text: str, number: str, end: int) -> tuple[str, int] | None:
    """ "A1 Pro" is taken whole; of "SG5 Boost, SG-5S" nobody can tell whether a name ends behind the number."""
    behind = BEHIND.match(text, end)
    word = behind[1].rstrip(".") if behind else ""
    if word in VARIANTS:
        return f"{number} {word}", end + 1 + len(word)
    capitals = word.isupper() and word.isalpha() and not is_wordy(word)
    named = word.istitle() and word[-1] != "s" and JOIN.match(text, behind.end())
    return None if word and (capitals or named or is_model(word, True)) else (number, end)


def _is_quoted_model(text: str) -> bool:
    words = text.split()
    return (
        len(words) <= 3
        and any(is_model(word, True) for word in words)
        and all(
            NUMBER.fullmatch(word) and (is_model(word, True) or word.isupper() or word in VARIANTS)
            for word in words
        )
    )


def _is_anothers(text: str, lead: re.Match) -> bool:
    """Whether the sentence, as far as it is near, says so; a whole text may lack its full stops."""
    start = text.rfind(". ", max(0, lead.start() - SENTENCE), lead.start()) + 1 or max(
        0, lead.start() - SENTENCE
    )
    end = text.find(". ", lead.end(), lead.end() + SENTENCE)
    sentence = text[start : end if end >= 0 else lead.end() + SENTENCE]
    if holds_any(sentence, SIGNALS) and NOT_RECALLED.search(sentence):
        return True
    return bool(ANOTHERS.search(text, max(start, lead.start() - BEFORE), lead.start()))
