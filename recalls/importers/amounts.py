"""Amounts of money in prose: "about $1,400", "between $5 and $7", "over $1.2 million", "99 cents"."""

import re
from decimal import Decimal
from typing import NamedTuple

from recalls.importers.quantities.phrases import holds_any
from recalls.importers.quantities.reading import RefusedError, quoted
from recalls.importers.quantities.words import APPROXIMATE, AT_LEAST, AT_MOST, EXACT, HEDGES, SCALES

OWN_SIGNS = {
    "USD": {"$", "US$", "U.S.$", "USD$", "USD"},
    "CAD": {"$", "C$", "CA$", "CAD$", "CDN$", "CAN$", "CAD"},
    "AUD": {"$", "A$", "AU$", "AUD$", "AUD"},
    "GBP": {"£", "GBP"},
    "EUR": {"€", "EUR"},
}

PRECISIONS = {" ".join(words): meaning for found in HEDGES.by_first.values() for words, meaning in found}
PRECISIONS |= {"starting at": AT_LEAST, "as low as": AT_LEAST, "as much as": AT_MOST, "exceeding": AT_LEAST}
HEDGE = "|".join(re.escape(words) for words in sorted(PRECISIONS, key=len, reverse=True))

_CODES = "USD|CAD|CDN|EUR|GBP|AUD|NZD|MXN|CHF|JPY|CNY|RMB"
_NUMBER = r"\d+(?:,\d+)*(?:\.\d+)?"
AMOUNT = re.compile(
    rf"(?P<sign>(?:(?<![\w$])(?:US|U\.S\.|CA|CAN|C|AU|A|NZ|HK|MX|{_CODES}) ?)?\$|[£€¥₹]|(?<!\w)(?:{_CODES})(?= ?\d))"
    rf" ?(?P<number>{_NUMBER}|\.\d\d)(?: (?P<scale>hundred|thousand|million|billion)\b)?"
    rf"(?P<foreign> ?\(?(?:{_CODES}|Canadian|Australian)\b)?(?P<glued>[\w%/+$]|[.,-]\d)?"
    r"|(?<![\w.,$])(?P<cents>\d\d?)(?: cents\b(?! [A-Z])| ?¢)"
)
SIGN = re.compile("[$£€¥₹]")
WORDS = ("cents", "¢", *_CODES.split("|"))
PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d\d)?|\.\d\d")
SCALED = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
BEFORE = re.compile(rf"(?:(?P<outer>{HEDGE}) )?(?:(?P<span>between|from) )?(?:(?P<inner>{HEDGE}) )?$")
JOINED = re.compile(rf" ?(?P<joint>and|to|through|up to|-) ?(?:up to |between )?(?:(?P<hedge>{HEDGE}) )?")
SPACE = re.compile(r"[ (,]")
BARE = re.compile(rf" ?(?P<joint>and|to|-) ?(?P<number>{_NUMBER})(?=[.,;)]?$|[.,;)] | each\b| depending\b)")
AFTER = re.compile(rf",? (?:(?P<{AT_LEAST}>(?:and|or) (?:up|more|above))|(?P<{AT_MOST}>or (?:less|under)))\b")
LOOK_BACK = 60  # characters
WORDS_BEFORE = 5  # the most words that belong to an amount and stand before it


class Money(NamedTuple):
    """low, high and precision as in Figure; start, end: where it stands, with the words that belong to it."""

    low: Decimal | None
    high: Decimal | None
    precision: str
    start: int
    end: int


def find_money(text: str, currency: str) -> list[Money]:
    """Return all amounts of a cleaned text; raise RefusedError for another currency or a broken number."""
    matches = list(AMOUNT.finditer(text, _first_sign(text)))
    found, i = [], 0
    while i < len(matches):
        money, taken = _take(text, matches[i : i + 2], currency)
        found.append(money)
        i += taken
    return found


def _first_sign(text: str) -> int:
    """Return where to begin to look: what stands before the first sign, names of shops mostly, is long."""
    if holds_any(text, WORDS):
        return 0
    sign = SIGN.search(text)
    return max(0, sign.start() - len("U.S. ")) if sign else len(text)


def _take(text: str, matches: list[re.Match], currency: str) -> tuple[Money, int]:
    first = matches[0]
    before = _before(text, first.start())
    low, span = _value(first, currency), before["span"] is not None
    if len(matches) > 1 and (joined := JOINED.fullmatch(text, first.end(), matches[1].start())):
        if span or joined["joint"].lower() != "and":
            high, end = _value(matches[1], currency), matches[1].end()
            hedges = before["outer"], before["inner"], joined["hedge"]
            return _range(low, high, hedges, before.start(), end), 2
    elif (bare := BARE.match(text, first.end())) and (span or bare["joint"] != "and"):
        high, hedges = _plain(bare["number"]), (before["outer"], before["inner"])
        return _range(low, high, hedges, before.start(), bare.end()), 1
    if span:
        raise RefusedError(f"Not understood as a range: {quoted(text[before.start() : first.end()])}.")
    return _single(text, low, first, before["outer"] or before["inner"], before.start()), 1


def _before(text: str, end: int) -> re.Match:
    """Match as many words as belong to the amount, from the start of a word on."""
    floor = max(0, end - LOOK_BACK)
    starts = [match.end() for match in SPACE.finditer(text, floor, end)][-WORDS_BEFORE:]
    for start in starts if floor else [0, *starts]:
        if match := BEFORE.match(text, start, end):
            return match
    return BEFORE.match(text, end, end)


def _range(low: Decimal, high: Decimal, hedges: tuple, start: int, end: int) -> Money:
    if any(PRECISIONS[hedge.lower()] != APPROXIMATE for hedge in hedges if hedge):
        raise RefusedError("The words about the amounts contradict each other.")
    if low >= high:
        raise RefusedError(f"From {low} to {high} is no range.")
    return Money(low, high, "range", start, end)


def _single(text: str, value: Decimal, amount: re.Match, hedge: str | None, start: int) -> Money:
    precision = PRECISIONS[hedge.lower()] if hedge else EXACT
    end = amount.end()
    if after := AFTER.match(text, end):
        if precision in (AT_LEAST, AT_MOST):
            raise RefusedError("The words about the amount contradict each other.")
        precision, end = after.lastgroup, after.end()
    low = None if precision == AT_MOST else value
    return Money(low, None if precision == AT_LEAST else value, precision, start, end)


def _value(match: re.Match, currency: str) -> Decimal:
    if match["cents"]:
        if currency not in ("USD", "CAD", "AUD", "EUR"):
            raise RefusedError(f"{quoted(match.group())} is not in {currency}.")
        return Decimal(match["cents"]) / 100
    foreign = (match["foreign"] or "").strip(" (")
    sign = match["sign"].replace(" ", "")
    if sign not in OWN_SIGNS.get(currency, {currency}) or foreign not in ("", currency):
        raise RefusedError(f"{quoted(match.group())} is not in {currency}.")
    if match["glued"]:
        raise RefusedError(f"{quoted(match.group())} is no amount that can be read.")
    return _scaled(match["number"], match["scale"]) if match["scale"] else _plain(match["number"])


def _plain(number: str) -> Decimal:
    value = Decimal(number.replace(",", "")) if PLAIN.fullmatch(number) else 0
    if not value:
        raise RefusedError(f"{quoted(number)} is not written as an amount is.")
    return value


def _scaled(number: str, scale: str) -> Decimal:
    if not SCALED.fullmatch(number):
        raise RefusedError(f"{quoted(f'{number} {scale}')} is not written as an amount is.")
    return (Decimal(number) * SCALES[scale]).quantize(Decimal(1))
