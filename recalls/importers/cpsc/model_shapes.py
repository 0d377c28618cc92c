"""What looks like a model number and what only looks so: years, sizes, wildcards, barcodes, glued words."""

import re

from recalls.importers.quantities.phrases import words

LONGEST = 30  # characters
NUMBER = re.compile(r"[A-Za-z0-9]+(?:[-/._+][A-Za-z0-9]+)*\+?")
DIGIT = re.compile(r"[0-9]")
YEARS = re.compile(r"(?:19|20)\d\d(?:[-/](?:(?:19|20)?\d\d))?")
SIZE = re.compile(
    r"\d{1,4}(?:[.,/x-]\d{1,4})*[-.]?(?:cc|mm|cm|m|in|inch(?:es)?|ft|feet|oz|lbs?|v|w|kw|a|ah|mah|wh|l|ml|hz|k|gb|mp|qt|"
    r"gal|st|nd|rd|th|x|btu|psi|hp|pc|pcs|pk|pack|piece|amp|volt|watt)",
    re.IGNORECASE,
)
# Not shaped as a number: a figure, a date, "3-in-1", "2-panel", a wildcard, words stuck together.
OTHER = re.compile(
    r"\d{1,2}|\d{11,}|\d+\.\d+|\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?|\d{1,2}/\d{2,4}|\d+x\d+(?:x\d+)?|\d+-in-\d+|"
    r"\d+(?:-\d+)?-[a-z]{3,}|[a-z]+-\d|.*[Xx]{3}.*|.*\d[A-Z][a-z]{2,}.*|.*[a-z][A-Z]{2,}\w*\d.*|.*[a-z]{3}[A-Z].*|[a-z]+\d?"
)
# Words in capitals that go with a product or name another sort of number.
WORDY = words(
    "LED USB TV UTV ATV ROV RC AC DC UV GPS BMX BBQ CO HD PC US USA UK RGB LCD UPC SKU LOT SN UL PO ASIN ITEM AND OR "
    "WITH IN PID FCC ETL CPSC ID DATE CODE RV SUV ETC THE NO NOT ON"
)


def is_model(word: str, stated: bool) -> bool:
    """Tell whether the word may be a model number; stated: the text says that it is a number."""
    return (
        not word.isalpha()
        and len(word) <= LONGEST
        and bool(DIGIT.search(word))
        and bool(NUMBER.fullmatch(word))
        and not OTHER.fullmatch(word)
        and not SIZE.fullmatch(word)
        and not (YEARS.fullmatch(word) and not (stated and word.isdigit()))
    )


def is_wordy(word: str) -> bool:
    """Tell whether a word in capitals is surely no part of a model number."""
    return word in WORDY
