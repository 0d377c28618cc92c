"""The form that most texts have, "About 5,700", without the grammar, which reads it the same but slower."""

import re

from recalls.importers.quantities.figures import MOST
from recalls.importers.quantities.reading import Figure, Reading
from recalls.importers.quantities.words import APPROXIMATE

ABOUT = re.compile(r"[Aa]bout ([1-9]\d{0,2}(?:,\d{3}){1,3}|[1-9]\d{0,9})", re.ASCII)


def read_plain(text: str, region: str) -> Reading | None:
    """Return the reading of a text of this form, None for any other text."""
    match = ABOUT.fullmatch(text)
    number = int(match[1].replace(",", "")) if match else 0
    return Reading((Figure(region, number, number, APPROXIMATE),)) if 0 < number <= MOST else None
