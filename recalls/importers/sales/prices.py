"""Whose prices the amounts of a text are: a frame of the sentence with marks for dates and prices."""

import re
from decimal import Decimal

from recalls.importers.amounts import Money, find_money
from recalls.importers.quantities.reading import RefusedError, quoted
from recalls.importers.sales.labels import refuse_different_kinds, refuse_other_things, refuse_part_of_more
from recalls.importers.sales.windows import Window

WINDOW, PRICE = "\x01", "\x02"  # signs that a cleaned text can't hold

SENTENCE = re.compile(r"(?<=[.;!)]) (?=[A-Z])")
UNPRICED = re.compile(
    r"\b(?:for|between|at) (?:about |approximately |between )?\d+(?:\.\d\d)?(?: and \d| dollars\b|[.,]?$)"
)
# From the dates to the price: "… through May 2024 and were sold nationwide for".
AFTER_WINDOW = re.compile(
    r",?(?: and)?(?: (?:nationwide|online))?,?(?: (?:were|was|are))?(?: (?:sold|retail(?:ed|ing)?|priced|available|"
    r"selling|costing))?(?: (?:nationwide|online))?(?: (?:for|at|through))?,? ?"
)
SOLD_FOR = re.compile(
    r"(?:and )?(?:the )?(?P<label>.{2,120}?)(?: were| was| are| is)?(?: also)? "
    r"(?:sold|retail(?:ed|s)?|priced|costs?|sells?)\b(?P<between>.*?)(?: for| at)? ?$",
    re.IGNORECASE,
)
JUST_SOLD = re.compile(r"\b(?:sold|retail(?:ed|s)?|priced|costs?|sells?)(?: for| at)? ?$", re.IGNORECASE)
THE_PRODUCT = re.compile(
    r"(?:they|it|(?:(?:all|the|these|this) )*(?:(?:recalled|affected|subject) [\w -]+|products?|units?|items?|models?))"
    r"(?: were| was| are| is)?(?: also)? (?:sold|retail(?:ed|s)?|priced|costs?|sells?)(?: for| at)? ?",
    re.IGNORECASE,
)
FOR = re.compile(r"(?:^|[ ,(])(?:for|at),? $", re.IGNORECASE)
_EACH = r"each|apiece|per (?:unit|item|product|device|bottle|jar|can|window|bike|bicycle|vehicle)"
_VARIANT = r"models?|sizes?|styles?|colou?rs?|versions?|design|retailer|store|location|product|features?|subscription"
TAIL = re.compile(
    rf"(?: (?:{_EACH}))?(?:,? ?\(?depending (?:up)?on (?:the )?(?:{_VARIANT})"
    rf"(?:(?:,| and| or|, and)(?: the)? (?:{_VARIANT}))*\)?)?(?: {WINDOW})?(?:,? (?:nationwide|online|at|through|in) "
    r"[^()]*)?[.,;]? ?"
)
LABEL_AFTER = re.compile(
    rf" for (?:the )?(?P<label>[^,;(){WINDOW}]{{2,100}}?)(?:,? and)?,?(?: {WINDOW})?(?: for| at)?,? ?[.;]? ?"
)


def read_price(text: str, windows: list[Window], currency: str) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest price of one unit; raise RefusedError where that is not sure."""
    amounts = find_money(text, currency)
    if not amounts:
        _refuse_unread(text)
        return None, None
    refuse_part_of_more(text)
    masked = _masked(text, windows, amounts)
    if len(amounts) == 1:
        _refuse_unclear(next(part for part in SENTENCE.split(masked) if PRICE in part))
    else:
        refuse_different_kinds(_labels(masked))
    lows, highs = [money.low for money in amounts], [money.high for money in amounts]
    return None if None in lows else min(lows), None if None in highs else max(highs)


def _refuse_unread(text: str) -> None:
    if found := UNPRICED.search(text):
        raise RefusedError(f"A price without a currency: {quoted(found.group())}.")
    if "$" in text or " free" in text:
        refuse_part_of_more(text)


def _masked(text: str, windows: list[Window], amounts: list[Money]) -> str:
    marks = [(window.start, window.end, WINDOW) for window in windows]
    marks += [(money.start, money.end, PRICE) for money in amounts]
    pieces, position = [], 0
    for start, end, mark in sorted(marks):
        before = text[position:start]
        pieces += [before, "" if before.endswith((" ", "(")) else " ", mark]
        position = end
    return "".join([*pieces, text[position:]])


def _refuse_unclear(sentence: str) -> None:
    """One price: it has to stand for the product as such, with nothing about it that is not understood."""
    before, after = sentence.split(PRICE)
    if not TAIL.fullmatch(after):
        raise RefusedError(f"Not understood after the price: {quoted(_plain(after))}.")
    refuse_other_things(after)
    _refuse_before(before)


def _refuse_before(before: str) -> None:
    if WINDOW in before:
        between = before.rsplit(WINDOW, 1)[1]
        understood = AFTER_WINDOW.fullmatch(between)
    elif JUST_SOLD.search(before):
        understood = THE_PRODUCT.fullmatch(before)
    else:
        understood = FOR.search(before)
    if not understood:
        raise RefusedError(f"Not understood before the price: {quoted(_plain(before)[-60:])}.")


def _labels(masked: str) -> list[str]:
    """What each of several prices is for; all of them have to say so, and in one way."""
    sentences = [part for part in SENTENCE.split(masked) if PRICE in part]
    return [label for sentence in sentences for label in _labels_of(sentence.split(PRICE))]


def _labels_of(pieces: list[str]) -> list[str]:
    after = [LABEL_AFTER.fullmatch(piece) for piece in pieces[1:]]
    if all(after):
        _refuse_before(pieces[0])
        return [match["label"] for match in after]
    before = [SOLD_FOR.fullmatch(piece.strip(",. ")) for piece in pieces[:-1]]
    if not all(before) or not TAIL.fullmatch(pieces[-1]):
        raise RefusedError("Nothing says what each of the prices is for.")
    for match in before:
        refuse_other_things(match["between"])
    return [match["label"] for match in before]


def _plain(masked: str) -> str:
    return masked.replace(WINDOW, "(dates)").replace(PRICE, "(price)").strip()
