"""Totals and exposure of all published batches, from the summary."""

from decimal import Decimal

from listing.reading import reading_connection
from listing.remembering import remembered
from recalls import summary
from recalls.exposure import Exposure, exposure_of, totals_and_exposure
from recalls.kept_exposure import CURRENCIES
from recalls.models import RecallBatch
from recalls.totals import Total, Totals, precision_of_sum, totals_of

COLUMNS = """batches, inside, without_units, without_amount,
    units_low, units_high, units_exact, units_grade, exposure_low, exposure_high, exposure_exact, exposure_grade,
    exposure_published AS published, exposure_estimated AS estimated, without_exposure AS without_figure,
    without_rate"""
AMOUNTS = """(SELECT json_agg(json_build_array(amount_currency, amount_low::text, amount_high::text, amount_exact,
    amount_grade, batches) ORDER BY amount_currency) FROM money) AS amounts"""


def totals_of_all(currency):
    """The `Totals` and the `Exposure` of all published batches in any currency, in one query."""
    if currency in CURRENCIES:
        return whole_totals(currency)
    return totals_and_exposure(RecallBatch.objects.visible(), currency)


def whole_totals(currency):
    """The same from the summary, which has the usual currencies; remembered until any data change."""
    connection = reading_connection()
    row = remembered("totals", currency, lambda: _summed(connection, currency), connection.alias)
    if row is None:
        return totals_of([]), exposure_of([], currency)
    return _totals(row), _exposure(row, currency)


def _summed(connection, currency):
    """The sums of all batches as a dict; None where there are none."""
    statement = (
        f"WITH {summary.sums('', currency)} SELECT {COLUMNS}, {AMOUNTS} FROM size JOIN total USING (key)"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        names, row = [column.name for column in cursor.description], cursor.fetchone()
    return row and dict(zip(names, row, strict=True))


def whole_count():
    """How many batches are published."""
    with reading_connection().cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(batches), 0)::bigint FROM recalls_summary WHERE face = 'cell'")
        return cursor.fetchone()[0]


def _totals(row):
    counted = row["batches"] - row["inside"]
    return Totals(
        batches=row["batches"],
        inside=row["inside"],
        without_units=row["without_units"],
        without_amount=row["without_amount"],
        units=Total(**_figure(row, "units"), batches=counted - row["without_units"]),
        amounts=dict(map(_amount, row["amounts"] or [])),
    )


def _amount(cells):
    currency, low, high, is_exact, grade, batches = cells
    low, high = (None if end is None else Decimal(end) for end in (low, high))
    return currency, Total(low, high, precision_of_sum(low, high, is_exact), grade or "", batches)


def _exposure(row, currency):
    counts = ("inside", "published", "estimated", "without_figure", "without_rate")
    return Exposure(currency=currency, **_figure(row, "exposure"), **{name: row[name] for name in counts})


def _figure(row, figure):
    low, high = row[f"{figure}_low"], row[f"{figure}_high"]
    precision = precision_of_sum(low, high, row[f"{figure}_exact"])
    return {"low": low, "high": high, "precision": precision, "grade": row[f"{figure}_grade"] or ""}
