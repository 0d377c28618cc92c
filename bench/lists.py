"""Pages of fifty rows: against the same at 10,000 rows, the admin's list, and a hand-written template."""

import statistics
from dataclasses import dataclass

from bench.addresses import PAIRS, PATH, address, filters, pages, sorts
from bench.database import LARGE, SMALL, using
from bench.measured import Measured, limited, not_measured
from bench.pages import PageError, median
from bench.rivals import admin_seconds, hand_written_seconds
from recalls.models import RecallBatch

SLOWEST, USUAL = 0.150, 0.030
NAMED = 5  # of the worst cases


@dataclass(frozen=True)
class Timed:
    """A page's seconds in both databases; `why` where it has none."""

    what: str
    large: float = 0
    small: float = 0
    why: str = ""

    @property
    def ratio(self):
        return self.large / self.small


def measure() -> list[Measured]:
    usual = {name: address(**params) for name, params in _usual()}
    sorted_, far = _sorts(sorts(only_headings=True))
    results = [*_summary("list page, usual", timed(usual), USUAL)]
    results += _summary("list page, sorted", timed(sorted_), SLOWEST)
    results += _far(timed(far))
    return [*results, *_unmeasured(), *_rivals()]


def measure_other_sorts() -> list[Measured]:
    """By the columns that only the file has: no heading leads there, but the address takes them."""
    sorted_, far = _sorts(sorts(only_headings=False))
    return [*_summary("list page, sorted by a column of the file", timed(sorted_ | far), SLOWEST)]


def timed(addresses: dict) -> list[Timed]:
    """Each page in both databases; an address is one for both, or one for each."""
    both = {name: a if isinstance(a, tuple) else (a, a) for name, a in addresses.items()}
    seconds = {}
    for position, database in enumerate((LARGE, SMALL)):
        with using(database):
            for name, pair in both.items():
                seconds[name, position] = _seconds(pair[position])
    return [_timed(name, seconds[name, 0], seconds[name, 1]) for name in both]


def _seconds(page):
    try:
        return median(page)
    except PageError as error:
        return str(error)


def _timed(name, large, small):
    errors = [seconds for seconds in (large, small) if isinstance(seconds, str)]
    return Timed(name, why=errors[0]) if errors else Timed(name, large, small)


def _usual():
    yield "default", {}
    for chosen in (*_with_value(), *PAIRS):
        yield " & ".join(f"{name}={value}" for name, value in chosen.items()), chosen


def _with_value():
    with using(LARGE):
        return [chosen for chosen in filters() if all(chosen.values())]


def _unmeasured():
    with using(LARGE):
        names = [name for chosen in filters() for name, value in chosen.items() if not value]
    return [
        not_measured(f"list page, filtered by {name}", "the data set has nothing for it") for name in names
    ]


def _sorts(names):
    """Page 1 of each order, and of each page 100 and the last, whose number is another in each database."""
    last = [pages(_count(database))[-1] for database in (LARGE, SMALL)]
    first = {name: address(sort=name) for name in names}
    far = {}
    for name in ("", *names):
        far[f"{name or 'default'}, page 100"] = address(sort=name, page=100)
        far[f"{name or 'default'}, last page"] = tuple(address(sort=name, page=page) for page in last)
    return first, far


def _count(database):
    with using(database):
        return RecallBatch.objects.visible().count()


def _summary(what, cases, limit):
    """The slowest page, and the one that grew most; pages that gave an error by name."""
    whole = [case for case in cases if not case.why]
    for broken in (case for case in cases if case.why):
        yield Measured(f"{what}: {broken.what}", float("inf"), "a page", 1, note=broken.why)
    if not whole:
        return
    slowest = sorted(whole, key=lambda case: -case.large)
    middle, over = statistics.median(case.large for case in whole), sum(c.large > limit for c in whole)
    named = "; ".join(f"{case.what} {case.large * 1000:.0f} ms" for case in slowest[:NAMED])
    note = f"{len(whole)} pages, median {middle * 1000:.0f} ms, {over} over the limit; slowest: {named}"
    yield limited(f"{what}: slowest", slowest[0].large, limit, note)
    yield _most_grown(what, whole)


def _most_grown(what, whole):
    grown = sorted(whole, key=lambda case: -case.ratio)
    named = "; ".join(f"{case.what} {case.ratio:.1f}" for case in grown[:NAMED])
    over = sum(case.ratio > 1.3 for case in whole)
    note = f"{over} of {len(whole)} over 1.3; most grown: {named}"
    return Measured(f"{what}: most grown", grown[0].large, "at 10,000 rows", grown[0].small, 1.3, note)


def _far(cases):
    yield from _summary("list page, far", cases, SLOWEST)
    with using(LARGE):
        first = {name: _seconds(address(sort=name)) for name in {_sort(case) for case in cases}}
    rated = [(case.large / first[_sort(case)], case) for case in cases if not case.why]
    if rated:
        ratio, worst = max(rated, key=lambda pair: pair[0])
        yield Measured(f"far page: {worst.what}", worst.large, "page 1", worst.large / ratio, 5)


def _sort(case):
    name = case.what.partition(",")[0]
    return "" if name == "default" else name


def _rivals():
    with using(LARGE):
        ours = median(PATH)
        yield Measured("list page, default", ours, "the admin's list", admin_seconds(), 1 / 8)
        yield Measured("list page, default", ours, "hand-written template", hand_written_seconds(PATH), 2)
