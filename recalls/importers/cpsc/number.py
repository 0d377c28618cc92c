"""The notice number in one form: fiscal year, hyphen, serial, perhaps a letter (25-338, 99-068b)."""

import re

from recalls.importers.notice import RefusedError

WORDS = r"(?:(?:CPSC|recall|release|notice|warning|product|safety|number|no)\b[\s.:#-]*|#\s*)*"
NUMBER = re.compile(
    rf"{WORDS}(\d\d)(?:\s*[-\u2010-\u2015]\s*|\s)?(\d{{3}})\s?([a-z]?)\.?", re.ASCII | re.IGNORECASE
)
# Inside prose only the hyphened form is sure: five digits alone may be anything.
IN_PROSE = re.compile(r"(?<![\w-])(\d\d-\d{3}[a-z]?)(?![\w-])", re.ASCII)


def canonical(written: str) -> str:
    """Return 25-338 for 25338, 25-338 or CPSC 25-338; raise RefusedError for what is no such number."""
    text = written.strip()
    if not text:
        raise RefusedError("The record has no notice number.")
    match = NUMBER.fullmatch(text) if len(text) < 80 else None
    if not match:
        raise RefusedError(f"“{text[:80]}” is not a notice number such as 25-338.")
    year, serial, letter = match.groups()
    return f"{year}-{serial}{letter.lower()}"
