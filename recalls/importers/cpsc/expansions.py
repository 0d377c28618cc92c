"""Earlier notices that a recall widens, where the text names their numbers."""

import re

from recalls.importers.cpsc.number import IN_PROSE, canonical
from recalls.importers.notice import RefusedError
from recalls.importers.quantities.phrases import holds_any
from recalls.importers.quantities.reading import Reading

# "expands recall 24-074", "previously recalled under recall number 20-123"; one sentence.
WIDENS = re.compile(
    r"\b(?:expan(?:ds?|ded|ding|sion)|(?:previous|prior|earlier|original)(?:ly)?\s+(?:\w+\s+){0,3}?recall(?:ed)?)\b[^.;]{0,160}",
    re.IGNORECASE,
)
SIGNALS = ("xpan", "revious", "rior", "arlier", "riginal")  # without one there is no need to look closer
RECALL_NUMBERS = re.compile(
    r"(?:\brecalls?|\brelease|\bnotices?|\bnumbers?|\bno\.|#)[\s:(#]*(?:numbers?|no\.|#)?[\s:(#]*"
    r"(\d\d-\d{3}[a-z]?(?:(?:,|\s+and|,\s+and|\s+&)\s+\d\d-\d{3}[a-z]?)*)(?![\w-])",
    re.IGNORECASE | re.ASCII,
)


def read_expansions(own: str, texts: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    """Return the numbers of the earlier notices that the texts and the reading of the quantity name."""
    numbers = [
        _canonical(recall.notice) for recall in reading.earlier if recall.kind == "recall" and recall.notice
    ]
    for text in texts:
        if holds_any(text, SIGNALS):
            for sentence in WIDENS.finditer(text):
                for named in RECALL_NUMBERS.finditer(sentence.group()):
                    numbers += [number.lower() for number in IN_PROSE.findall(named[1])]
    return tuple(number for number in dict.fromkeys(numbers) if number and number != own)


def read_inclusions(own: str, reading: Reading) -> tuple[str, ...]:
    """Return the numbers of the earlier notices whose units are inside the quantity."""
    numbers = [_canonical(recall.notice) for recall in reading.earlier if recall.included and recall.notice]
    return tuple(number for number in dict.fromkeys(numbers) if number and number != own)


def _canonical(written: str) -> str:
    try:
        return canonical(written)
    except RefusedError:
        return ""
