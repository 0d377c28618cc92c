"""How quantities, ranges and money read on a page: the same everywhere."""

from decimal import Decimal

from django.utils.html import format_html

NOT_STATED = "not stated"
GAP = "\u00a0"  # a figure never breaks from its sign, its currency or its unit
SIGNS = {"approximate": f"≈{GAP}", "at_least": f"≥{GAP}", "at_most": f"≤{GAP}"}
MILLION = Decimal(1_000_000)


def not_shown(grade):
    """In the place of a figure that a reader has switched off by its grade."""
    return f"not shown: grade {grade}"


def number(value):
    """A number with grouped thousands and no idle decimals: 1158000 → 1,158,000, 23.50 → 23.50."""
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
    return f"{count:,} {singular if count == 1 else plural}"


def quantity(low, high, precision=""):
    """A figure in words: ≈ 1,158,000, 712,964, ≥ 220,000, 106–163, or “not stated”; None means unknown."""
    return _figure(low, high, precision, number)


def money(low, high, currency, precision=""):
    """An amount with its currency: CNY 106–163 M, ≈ USD 27, USD ≥ 60,700 as ≥ USD 60,700."""
    if low is None and high is None:
        return NOT_STATED
    scaled = min(abs(Decimal(end)) for end in (low, high) if end is not None) >= MILLION
    text = _figure(low, high, "", _millions_as(low, high) if scaled else number)
    sign = SIGNS.get(precision, "") or _open_sign(low, high)
    return f"{sign}{currency}{GAP}{text.lstrip(f'≥≤{GAP}')}{f'{GAP}M' if scaled else ''}"


def _figure(low, high, precision, written):
    if low is None and high is None:
        return NOT_STATED
    sign = SIGNS.get(precision, "") or _open_sign(low, high)
    if low is None or high is None or low == high:
        return f"{sign}{written(high if low is None else low)}"
    return f"{sign}{written(low)}–{written(high)}"


def _open_sign(low, high):
    if high is None:
        return SIGNS["at_least"]
    return SIGNS["at_most"] if low is None else ""


def _millions_as(*ends):
    """Writes millions, both ends with as many of two decimals as either has: 106–163, 75.79, 22.20–24.15."""
    texts = (f"{Decimal(end) / MILLION:.2f}".rstrip("0") for end in ends if end is not None)
    places = max(len(text.partition(".")[2]) for text in texts)
    return lambda value: f"{Decimal(value) / MILLION:,.{places}f}"


def badge(grade):
    """A grade as a small labelled badge; nothing where there is no figure to grade."""
    return format_html('<span class="grade grade-{0}">{0}</span>', grade) if grade else ""
