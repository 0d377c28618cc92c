"""Facets, grouped tables and monthly charts, of the whole table and of an odd filter."""

from bench.addresses import address
from bench.database import LARGE, using
from bench.measured import Measured, amount, limited
from bench.pages import PageError, median, statements
from recalls.grouping import GROUPINGS
from recalls.overview import PARTS

WHOLE, ODD = 0.1, 1
ODD_FILTERS = [
    {"hazard": "burn", "units_min": "1000", "announced_after": "2015-03-04"},
    {"q": "heater", "remedy": "refund"},
]
HOME = "/"
NAMED = 8  # of the worst cases


def measure():
    with using(LARGE):
        return [*_facets(), *_groups(), *_overview()]


def _facets():
    yield from _summary("facets", [{"part": "facets"}])


def _groups():
    """The grouped tables; that by month is also what its chart is drawn from."""
    yield from _summary("grouped tables", [{"group": name} for name in GROUPINGS])


def _summary(what, parts):
    """The slowest of the whole table, and of the odd filters."""
    yield _slowest(f"{what}, whole table", parts, WHOLE)
    yield _slowest(f"{what}, odd filters", [part | odd for part in parts for odd in ODD_FILTERS], ODD)


def _slowest(what, chosen, limit):
    cases = sorted((_case(params, address(**params), limit) for params in chosen), key=lambda c: -c.value)
    told = "; ".join(f"{case.what} {amount(case.value)}, {case.note}" for case in cases[:NAMED])
    return limited(f"{what}: slowest, {cases[0].what}", cases[0].value, limit, f"{len(cases)} pages; {told}")


def _case(params, page, limit):
    what = " & ".join(f"{name}={value}" for name, value in params.items()) or page
    try:
        seconds = median(page)
    except PageError as error:
        return Measured(what, float("inf"), "limit", limit, note=str(error))
    asked = statements(page)
    share = sum(statement.seconds for statement in asked)
    return limited(what, seconds, limit, f"of it SQL {amount(share)} in {len(asked)} statements")


def _overview():
    """The first page, and each part that comes after it."""
    pages = [HOME, *(f"{HOME}?part={part}" for part in PARTS)]
    return [_case({}, page, WHOLE) for page in pages]
