"""Facets, grouped tables and monthly charts, of the whole table and of an odd filter."""

from bench.addresses import address
from bench.database import LARGE, using
from bench.measured import limited, not_measured
from bench.pages import PageError, get, median, statements
from recalls.grouping import GROUPINGS

WHOLE, ODD = 0.1, 1
ODD_FILTERS = [
    {"hazard": "burn", "units_min": "1000", "announced_after": "2015-03-04"},
    {"q": "heater", "remedy": "refund"},
]
HOME = "/"


def measure():
    with using(LARGE):
        return [*_facets(), *_groups(), *_overview()]


def _facets():
    if get(address(part="facets")).is_whole_page:
        yield not_measured("facets", "?part=facets is not there yet")
    else:
        yield from _both("facets", {"part": "facets"})


def _groups():
    """The grouped tables; that by month is also what its chart is drawn from."""
    for name in GROUPINGS:
        yield from _both(f"grouped by {name}", {"group": name})


def _both(what, params):
    yield _case(f"{what}, whole table", address(**params), WHOLE)
    for chosen in ODD_FILTERS:
        told = " & ".join(f"{name}={value}" for name, value in chosen.items())
        yield _case(f"{what}, {told}", address(**params, **chosen), ODD)


def _case(what, page, limit):
    try:
        seconds = median(page)
    except PageError as error:
        return not_measured(what, str(error))
    asked = statements(page)
    share = sum(statement.seconds for statement in asked)
    return limited(
        what, seconds, limit, f"the SQL behind it takes {share * 1000:.0f} ms ({len(asked)} statements)"
    )


def _overview():
    yield _case("start page", HOME, WHOLE)
    if get("/overview/").status == 404:
        yield not_measured("overview page", "it does not exist yet")
    else:
        yield _case("overview page", "/overview/", WHOLE)
