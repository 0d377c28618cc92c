"""The totals line of a whole filtered set against one statement written by hand."""

import statistics
import time

from django.db import connection
from django.http import QueryDict

from bench.addresses import address
from bench.database import LARGE, using
from bench.measured import Measured, amount, limited
from bench.pages import get, median
from recalls.lists import RecallBatchList

PAGE, AFTER_ROWS = 0.15, 0.1  # what takes longer must not keep the rows waiting
CASES = [
    ({}, "true"),
    ({"region": "US"}, "region_id = (SELECT id FROM recalls_region WHERE code = 'US')"),
    ({"hazard": "fire"}, "hazards && ARRAY['fire']::varchar[]"),
    ({"announced_after": "2025-01-01"}, "announced_on >= '2025-01-01'"),
    ({"company": "anker-0"}, "company_id = (SELECT id FROM suppliers_company WHERE slug = 'anker-0')"),
    ({"units_min": "100000"}, "(units_high >= 100000 OR units_high IS NULL AND units_low IS NOT NULL)"),
]
# Batches, units, exposure in US dollars and amounts by currency, in one pass; a batch inside another counts once.
BY_HAND = """
SELECT sum(batches), sum(low), sum(high), sum(open), sum(without), sum(exposure_low), sum(exposure_high),
    sum(exposed), json_object_agg(amount_currency, ARRAY[amount_low, amount_high])
FROM (
    SELECT amount_currency, count(*) AS batches, sum(units_low) AS low, sum(units_high) AS high,
        count(*) FILTER (WHERE units_precision = 'at_least') AS open,
        count(*) FILTER (WHERE units_precision = 'unknown') AS without,
        sum(amount_low) AS amount_low, sum(amount_high) AS amount_high,
        sum(round(value_low * wanted.per_euro / own.per_euro, 2)) AS exposure_low,
        sum(round(value_high * wanted.per_euro / own.per_euro, 2)) AS exposure_high, count(own.per_euro) AS exposed
    FROM recalls_recallbatch AS batch
        LEFT JOIN recalls_exchangerate AS own ON own.day = announced_on AND own.currency = value_currency
        LEFT JOIN recalls_exchangerate AS wanted ON wanted.day = announced_on AND wanted.currency = 'USD'
    WHERE is_published AND {where} AND (counted_in_id IS NULL OR NOT EXISTS (
        SELECT FROM recalls_recallbatch AS holder
        WHERE holder.id = batch.counted_in_id AND is_published AND {where}))
    GROUP BY amount_currency
) AS sums
"""


def measure() -> list[Measured]:
    with using(LARGE):
        cases = [_case(params, where) for params, where in CASES]
        return [*cases, *_before(cases)]


def _case(params, where):
    ours, how = seconds_of(params)
    return Measured(f"totals line, {_name(params)}", ours, "one statement by hand", _by_hand(where), 1.5, how)


def _name(params):
    return " & ".join(f"{name}={value}" for name, value in params.items()) or "all"


def _before(cases):
    """The page of a set whose totals take long must be there before them."""
    slow = [params for (params, _), case in zip(CASES, cases, strict=True) if case.value > AFTER_ROWS]
    pages = {_name(params): median(address(**params)) for params in slow}
    if pages:
        name, seconds = max(pages.items(), key=lambda item: item[1])
        note = f"the slowest of {len(pages)} pages whose totals take over {amount(AFTER_ROWS)}"
        yield limited(f"list page, not waiting for its totals: {name}", seconds, PAGE, note)


def seconds_of(params) -> tuple[float, str]:
    """What the totals take: as the page fetches them, or by themselves where they still stand in the page."""
    part = address(**params, part="totals")
    if not get(part).is_whole_page:
        return median(part), "?part=totals"
    return _median(lambda: _in_the_page(params)), "they stand in the page: the queryset's own totals"


def _in_the_page(params):
    records = RecallBatchList(QueryDict(address(**params).partition("?")[2]))
    return records.totals, records.exposure, records.portions


def _by_hand(where):
    with connection.cursor() as cursor:
        return _median(lambda: cursor.execute(BY_HAND.format(where=where)))


def _median(action):
    action()
    return statistics.median(_timed(action) for _ in range(3))


def _timed(action):
    began = time.perf_counter()
    action()
    return time.perf_counter() - began
