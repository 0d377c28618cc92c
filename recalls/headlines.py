"""Press figures: “235.2万台”, “2.38 million”, “432–557m yuan”, read strictly and with the rounding they imply.

No library reads them: price-parser drops the “million” and takes “1,2” and “1.234” as it likes, cn2an reads only a
bare “235.2万”, babel only digits, and none keeps how far the text is rounded. So this grammar is our own and small.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from unicodedata import normalize

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.figures import Currency
from listing.words import listed

UNITS = "units"
LONGEST = 200
MOST = Decimal(10) ** 15
FULL_WIDTH = re.compile("[\uff00-\uffef]+")

ABOUT, AT_LEAST, AT_MOST = "about", "at least", "at most"
THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9
# By kind and meaning. M multiplies, W too, in Chinese; C is a currency, U a unit; H stands before a figure, S in it or
# behind; R is between two ends, F before them, A between them after F.
WORDS = {
    ("M", THOUSAND): "k|thousand",
    ("M", MILLION): "m|mn|mio|million|millions",
    ("M", BILLION): "b|bn|billion|billions",
    ("W", THOUSAND): "千",
    ("W", 10**4): "万|萬",
    ("W", MILLION): "百万|百萬",
    ("W", 10**7): "千万|千萬",
    ("W", 10**8): "亿|億",
    **{("C", code): code.lower() for code in Currency.values},
    ("C", "CNY"): "cny|cn¥|yuan|rmb|人民币|人民幣|元",
    ("C", "USD"): "usd|$|us$|dollar|dollars|美元",
    ("C", "EUR"): "eur|€|euro|euros|欧元|歐元",
    ("C", "JPY"): "jpy|jp¥|yen|円|日元",
    ("C", "HKD"): "hkd|hk$|港元",
    ("C", "TWD"): "twd|nt$|新台币|新台幣",
    ("C", "GBP"): "gbp|£",
    ("C", "KRW"): "krw|₩|won",
    ("C", "INR"): "inr|₹",
    ("C", "AUD"): "aud|a$",
    ("C", "CAD"): "cad|c$",
    ("C", "SGD"): "sgd|s$",
    ("C", "NZD"): "nzd|nz$",
    ("C", None): "¥",
    ("U", UNITS): "unit|units|piece|pieces|pcs|item|items|product|products|device|devices|charger|chargers"
    "|power bank|power banks|powerbank|powerbanks|台|件|个|個|充电宝|充電寶|移动电源|行動電源|产品|產品|製品",
    ("H", ABOUT): "about|around|approximately|approx|approx.|roughly|some|circa|ca|ca.|≈"
    "|约|約|大约|大約|およそ",
    ("H", AT_LEAST): "over|more than|at least|above|超过|超過|超|逾|至少",
    ("H", AT_MOST): "under|less than|fewer than|at most|up to|nearly|almost|近|不到|不足|最多",
    ("S", AT_LEAST): "+|or more|以上|余|餘|多",
    ("R", None): "-|–|—|−|~|〜|to|至|到|から",
    ("F", None): "between|from",
    ("A", None): "and",
}
MEANINGS = {word: meaning for meaning, words in WORDS.items() for word in words.split("|")}


def _pattern(word):
    """A word in Latin letters ends where they end: the m of 5m is not that of 5 miles."""
    return re.escape(word) + ("(?![a-z])" if "a" <= word[-1] <= "z" else "")


LONGEST_FIRST = "|".join(map(_pattern, sorted(MEANINGS, key=len, reverse=True)))
TOKEN = re.compile(rf"\s*(?:(?P<number>[0-9](?:[0-9.,]*[0-9])?)|(?P<word>{LONGEST_FIRST}))")
FIGURE = "C?(?:NW)*NS?[MW]?S?[CU]*S?"
SHAPE = re.compile(
    f"H?(?P<only>{FIGURE})|H?(?P<low>{FIGURE})R(?P<high>{FIGURE})|F(?P<from>{FIGURE})[AR](?P<to>{FIGURE})"
)
NUMBER = re.compile(r"(?P<whole>0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<decimals>[0-9]+))?")
EXAMPLES = _("Write it as 2.38 million, 2,351,964, 235.2万台 or 432–557m yuan.")
WORDS_OF_HEDGES = {ABOUT: _("about"), AT_LEAST: _("at least"), AT_MOST: _("at most")}


@dataclass(frozen=True)
class Span:
    """From the first to the last number that a written one can stand for, both included."""

    first: Decimal
    last: Decimal


@dataclass(frozen=True)
class Headline:
    """A press figure: `low` and `high` as written, alike for one number; `unit` is “units” or a currency's code.

    `high` is None for “over 2 million”, `low` for “nearly 2 million”. `low_span` and `high_span` hold what rounds to
    each end: 2.38 million stands for 2,375,000 to 2,385,000, over 2 million for 2,000,000 to 2,999,999.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    low_span: Span
    high_span: Span

    @property
    def is_range(self):
        return self.low_span != self.high_span

    @property
    def ends(self):
        """Low and high as numbers to aim at: the one that is written stands for an open end."""
        return (self.high if self.low is None else self.low), (self.low if self.high is None else self.high)


def smallest(unit):
    """What a figure counts in: whole units, or the hundredth of a currency."""
    return Decimal(1) if unit == UNITS else Decimal("0.01")


def read_headline(text):
    """The `Headline` that a text states; ValueError with a sentence where it can't be read in one way only."""
    tokens = _tokens(text)
    shape = SHAPE.fullmatch("".join(kind for kind, _ in tokens))
    if not shape:
        raise _unread(gettext("This is not understood as one figure or one range."))
    unit, hedge = _unit(tokens), _hedge(tokens)
    figures = [_parts(tokens[slice(*shape.span(name))]) for name, found in shape.groupdict().items() if found]
    if len(figures) == 1:
        return _single(_value(figures[0], hedge, unit), hedge, unit)
    if hedge in (AT_LEAST, AT_MOST):
        said = gettext("A range can't be “%(hedge)s”: write one figure, or the range alone.")
        raise ValueError(said % {"hedge": WORDS_OF_HEDGES[hedge]})
    return _range(figures, hedge, unit)


def _tokens(text):
    """Kind and meaning of each word, number and sign."""
    if len(text) > LONGEST:
        said = gettext("This is too long for a figure: {longest} characters at most.")
        raise ValueError(said.format(longest=LONGEST))
    text = FULL_WIDTH.sub(lambda found: normalize("NFKC", found[0]), text)
    text = re.sub(r"\A~", "≈", text.strip().removesuffix(".").lower())
    tokens, position = [], 0
    while position < len(text):
        found = TOKEN.match(text, position)
        if not found:
            raise _unread(_not_understood(text[position:]))
        position = found.end()
        tokens.append(("N", found["number"]) if found["number"] else MEANINGS[found["word"]])
    return tokens


def _unread(sentence):
    return ValueError(f"{sentence} {EXAMPLES}")


def _not_understood(text):
    word = text.split()[0][:20] if text.split() else ""
    if word.isprintable() and word:
        return gettext("“%(word)s” is not understood in a figure.") % {"word": word}
    return gettext("A character is not understood in a figure.")


def _unit(tokens):
    units = {meaning for kind, meaning in tokens if kind in "CU"} or {UNITS}
    if None in units:
        raise ValueError(gettext("“¥” is the sign of two currencies: write CNY or JPY."))
    if len(units) > 1:
        said = gettext("One figure can't be in %(units)s together.")
        raise ValueError(said % {"units": listed(_unit_name(unit) for unit in sorted(units))})
    return units.pop()


def _unit_name(unit):
    return gettext("units") if unit == UNITS else unit


def _hedge(tokens):
    hedges = {meaning for kind, meaning in tokens if kind in "HS"}
    if len(hedges) > 1:
        said = gettext("The figure can't be %(hedges)s together.")
        raise ValueError(said % {"hedges": listed(WORDS_OF_HEDGES[hedge] for hedge in sorted(hedges))})
    return hedges.pop() if hedges else ""


def _parts(tokens):
    """The numbers of one figure, each with its multiplier or None: 52万2237 is 52 × 10,000 and 2237."""
    parts = []
    for kind, meaning in tokens:
        if kind == "N":
            parts.append([meaning, None])
        elif kind in "MW":
            parts[-1][1] = meaning
    return parts


@dataclass(frozen=True)
class _Written:
    """A number and the value of one in its last written digit."""

    value: Decimal
    step: Decimal


def _value(parts, hedge, unit):
    written = [_number(digits, times, hedge) for digits, times in parts]
    for (__, times), before, after in zip(parts, written, written[1:], strict=False):
        if before.step < times or after.value >= times:
            raise _unread(gettext("The parts of this number do not fit together."))
    total = _Written(sum(part.value for part in written), max(written[-1].step, smallest(unit)))
    if not 0 < total.value <= MOST:
        raise ValueError(gettext("The figure must be above zero and at most 1,000,000,000,000,000."))
    if total.value % smallest(unit):
        raise _unread(
            gettext("This is no whole number of units: is “million” missing, or a comma between thousands?")
            if unit == UNITS
            else gettext(
                "This is no amount in whole hundredths: is “million” missing, or a comma between thousands?"
            )
        )
    return total


def _number(digits, times, hedge):
    found = NUMBER.fullmatch(digits) if len(digits) <= 24 else None
    if not found:
        said = gettext("“%(digits)s” is not read as a number: write 2,351,964 or 2.38 million.")
        raise ValueError(said % {"digits": digits[:24]})
    whole, decimals = found["whole"], found["decimals"] or ""
    if times and whole.count(",") == 1 and not decimals:
        dotted, plain = whole.replace(",", "."), whole.replace(",", "")
        said = gettext(
            "“%(number)s” before a word such as million can mean %(dotted)s or %(plain)s: write one of them."
        )
        raise ValueError(said % {"number": whole, "dotted": dotted, "plain": plain})
    value = Decimal(digits.replace(",", ""))
    step = Decimal(times or 1).scaleb(-len(decimals))
    if hedge and not times and not decimals:
        step = Decimal(10) ** (len(str(value)) - len(str(value).rstrip("0")))
    return _Written(value * (times or 1), step)


def _single(written, hedge, unit):
    value, reach = written.value, written.step - smallest(unit)
    if hedge == AT_LEAST:
        span = Span(value, value + reach)
        return Headline(value, None, unit, span, span)
    if hedge == AT_MOST:
        span = Span(max(value - reach, smallest(unit)), value)
        return Headline(None, value, unit, span, span)
    span = _rounded(written, unit)
    return Headline(value, value, unit, span, span)


def _rounded(written, unit):
    """What rounds to a figure. Both halves are in: a half may be rounded either way."""
    half, grain = written.step / 2, smallest(unit)
    first = ((written.value - half) / grain).to_integral_value(ROUND_CEILING)
    last = ((written.value + half) / grain).to_integral_value(ROUND_FLOOR)
    return Span(first * grain, last * grain)


def _range(figures, hedge, unit):
    """“432–557m” is in millions at both ends."""
    first, last = figures
    if first[-1][1] is None:
        first[-1][1] = last[-1][1]
    low, high = (_value(parts, hedge, unit) for parts in figures)
    if low.value >= high.value:
        raise ValueError(gettext("The low end is not below the high one: write both ends in full."))
    return Headline(low.value, high.value, unit, _rounded(low, unit), _rounded(high, unit))
