"""Figures as the notices give them: mostly “about”, in few digits, often not at all; and the words around them."""

from bench.dataset import words

NONE = (None, None, "unknown", "")
WITHOUT_UNITS = {"safety-gate", "dgccrf", "bfarm"}  # they hardly ever say how many


def units(chance, slug):
    """Low, high, precision, grade and the text."""
    if chance.random() < (0.9 if slug in WITHOUT_UNITS else 0.04):
        return (*NONE, "")
    number = _rounded(10 ** chance.gauss(3.7, 0.9))
    draw = chance.random()
    if draw < 0.78:
        return number, number, "approximate", "official", f"About {number:,}"
    if draw < 0.92:
        return number + 7, number + 7, "exact", "official", f"{number + 7:,} units"
    if draw < 0.96:
        return number, None, "at_least", "reported", f"More than {number:,}"
    if draw < 0.99:
        return number, 2 * number, "range", "official", f"Between {number:,} and {2 * number:,}"
    return None, number, "at_most", "company", f"Up to {number:,}"


def _rounded(number):
    """Two digits that count, as in “about 4,700”."""
    size = 10 ** max(0, len(str(int(number))) - 2)
    return max(1, int(number) // size * size)


SCALE = {"CNY": 7, "JPY": 150, "KRW": 1300, "TWD": 30, "MXN": 18, "BRL": 5}


def price(chance, currency):
    """Low, high, currency, grade."""
    if not currency or chance.random() < 0.32:
        return None, None, "", ""
    low = max(1, int(10 ** chance.gauss(1.6, 0.5) * SCALE.get(currency, 1)))
    high = low if chance.random() < 0.6 else low * 2
    return low, high, currency, "official"


def amount(chance, currency, number):
    """Low, high, precision, currency, grade; published for two batches in a hundred."""
    if not currency or not number or chance.random() > 0.02:
        return None, None, "unknown", "", ""
    sum_ = number * chance.randint(10, 90)
    if chance.random() < 0.8:
        return sum_, sum_, "approximate", currency, "company"
    return sum_, None, "at_least", currency, "reported"


def harm(chance):
    """Reports, injuries, deaths, damage reports, and the text."""
    draw = chance.random()
    if draw < 0.5:
        return 0, 0, 0, None, "None reported"
    if draw < 0.62:
        return None, None, None, None, ""
    reports = int(chance.paretovariate(0.8)) % 5000 + 1
    injuries = chance.randrange(1 + min(reports, 20)) if draw < 0.8 else None
    deaths = 1 if draw > 0.995 else None
    damage = chance.randrange(1, 9) if draw > 0.985 else None
    text = f"The firm has received {reports:,} reports of the products failing"
    return (
        reports,
        injuries,
        deaths,
        damage,
        f"{text}, including {injuries or 'no'} injuries. No property damage was stated otherwise.",
    )


def damage(chance, currency):
    """Low, high, precision, currency."""
    if not currency or chance.random() > 0.012:
        return None, None, "unknown", ""
    return chance.randint(1, 900) * 100, None, "at_least", currency


def sold(chance, day, cost):
    """From, until and the text."""
    if chance.random() < 0.08:
        return None, None, ""
    first, last = day.year - chance.choice([1, 1, 2, 3, 5]), day.year - (day.month < 7)
    first = min(first, last)
    at = "" if cost[0] is None else f" for about ${cost[0]:,}"
    if cost[0] is not None and cost[1] > cost[0]:
        at = f" for between ${cost[0]:,} and ${cost[1]:,}"
    text = f"{chance.choice(words.SHOPS)} from March {first} through October {last}{at}."
    return f"[{first}-03-01,{first}-04-01)", f"[{last}-10-01,{last}-11-01)", text
