"""How quantities, ranges and money read on a page: the same everywhere, and in each language as its readers count."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.utils.html import format_html
from django.utils.translation import get_language, gettext, npgettext, pgettext
from django.utils.translation import gettext_lazy as _

NOT_STATED = _("not stated")
GAP = "\u00a0"  # a figure never breaks from its sign, its currency or its unit
SIGNS = {"approximate": f"≈{GAP}", "at_least": f"≥{GAP}", "at_most": f"≤{GAP}"}
MILLION = Decimal(1_000_000)
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
DAYS = ("", _("%(year)s"), _("%(year)s-%(month)02d"), _("%(year)s-%(month)02d-%(day)02d"))


@dataclass(frozen=True)
class Unit:
    """A large number that readers count in, as 万 for ten thousand; `rough`: decimals of what has more than two."""

    size: int
    sign: str
    rough: int = 2

    def holds(self, *ends):
        """Whether each end is one of these at least, and nothing of it is lost with two decimals."""
        return all(abs(end) >= self.size and not end * 100 % self.size for end in ends)


# By language, the largest first. What none of them holds is written out: 712,964 stays 712,964.
UNITS = {"zh-hans": (Unit(10**8, "亿"), Unit(10**4, "万", rough=0))}
MILLIONS = Unit(10**6, "M")  # of money in English


def not_shown(grade):
    """In the place of a figure that a reader has switched off by its grade."""
    return gettext("not shown: grade %(grade)s") % {"grade": grade_name(grade)}


def grade_name(grade):
    """What a grade is called; their list is not ours (evidence/figures.py)."""
    return pgettext("grade", grade) if grade else ""


def day(value):
    """A day, or as much of it as is known, within a sentence: 2025-06-20, 2025年6月20日, 2025年1月至2025年9月."""
    first, _to, last = str(value).partition(" to ")
    if last:
        return gettext("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    known = DAY.fullmatch(first)
    parts = [int(part) for part in known.groups() if part] if known else []
    return DAYS[len(parts)] % dict(zip(("year", "month", "day"), parts, strict=False)) if parts else first


def number(value):
    """A count with grouped thousands and no idle decimals: 1158000 → 1,158,000, 23.50 → 23.50."""
    value = Decimal(value)
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def percent(value):
    """A percentage with the decimals it has: 16.20 → 16.2 %, -234.58 %."""
    text = f"{Decimal(value):,.2f}".rstrip("0").rstrip(".")
    return f"{text}{GAP}%"


def change(value):
    """A change in percent with its sign: +36 %, −47.2 %, 0 %."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{percent(abs(value))}"


def pair(singular, plural):
    """A noun for one and for several things, marked for translation, as `counted` takes it."""
    return singular, plural


def counted(count, singular, plural):
    """A count with its noun: 1 batch, 1,204 batches."""
    return f"{count:,} {npgettext('counted', singular, plural, count)}"


def quantity(low, high, precision=""):
    """A figure in words: ≈ 1,158,000, 712,964, ≥ 220,000, 106–163, or “not stated”; None means unknown.

    In Chinese: ≈ 115.8 万, 712,964, ≥ 22 万.
    """
    unit = _unit(low, high)
    return _figure(low, high, precision, _in_units(unit, low, high) if unit else number, unit and unit.sign)


def money(low, high, currency, precision=""):
    """An amount with its currency: CNY 106–163 M, ≈ USD 27, USD ≥ 60,700 as ≥ USD 60,700.

    In Chinese: CNY 1.06–1.63 亿. Where that loses something, ≈ says so.
    """
    if low is None and high is None:
        return str(NOT_STATED)
    sign = SIGNS.get(precision, "") or _open_sign(low, high)
    unit = _unit(low, high) or _rough_unit(low, high, is_rough=bool(sign) or low != high)
    is_rounded = unit and unit != MILLIONS and not unit.holds(*_known(low, high))
    if is_rounded:
        sign = sign or SIGNS["approximate"]
    written = _in_units(unit, low, high, unit.rough if is_rounded else 2) if unit else number
    text = _figure(low, high, "", written, unit and unit.sign)
    return f"{sign}{currency}{GAP}{text.lstrip(f'≥≤{GAP}')}"


def _figure(low, high, precision, written, unit=""):
    if low is None and high is None:
        return str(NOT_STATED)
    sign = SIGNS.get(precision, "") or _open_sign(low, high)
    end = f"{GAP}{unit}" if unit else ""
    if low is None or high is None or low == high:
        return f"{sign}{written(high if low is None else low)}{end}"
    return f"{sign}{written(low)}–{written(high)}{end}"


def _open_sign(low, high):
    if high is None:
        return SIGNS["at_least"]
    return SIGNS["at_most"] if low is None else ""


def _known(low, high):
    return [Decimal(end) for end in (low, high) if end is not None]


def _unit(low, high):
    """The largest unit of the reader's language that holds both ends."""
    known = _known(low, high)
    return next((unit for unit in UNITS.get(get_language(), ()) if known and unit.holds(*known)), None)


def _rough_unit(low, high, is_rough):
    """Of money that no unit holds: millions in English; else one of which there are ten, unless the amount is exact."""
    least = min(map(abs, _known(low, high)))
    if least < MILLION:
        return None
    units = UNITS.get(get_language())
    if units is None:
        return MILLIONS
    return next(unit for unit in units if least >= 10 * unit.size) if is_rough else None


def _in_units(unit, low, high, most=2):
    """Writes so many units, both ends with as many of `most` decimals as either has: 106–163, 75.79, 22.20–24.15."""
    texts = (f"{end / unit.size:.{most}f}".rstrip("0") if most else "" for end in _known(low, high))
    places = max(len(text.partition(".")[2]) for text in texts)
    return lambda value: f"{Decimal(value) / unit.size:,.{places}f}"


def badge(grade):
    """A grade as a small labelled badge; nothing where there is no figure to grade."""
    return _badge(grade, grade_name(grade)) if grade else ""


@cache
def _badge(grade, name):
    return format_html('<span class="grade grade-{}">{}</span>', grade, name)
