"""Totals of a set of batches: each unit counted once, open ends left open, unknown kept apart."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.aggregates import BoolAnd
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    Func,
    IntegerField,
    Max,
    Q,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from evidence.figures import Grade, Precision

GRADES = Value(Grade.values, output_field=ArrayField(TextField()))
KEYS = ("is_inside", "amount_currency")
NOT_COUNTS = ("_sum_low", "_sum_high", "_exact", "_weakest")


@dataclass(frozen=True)
class Total:
    """A sum from low to high; `high` is None where a part is “at least”, both where no part has a figure.

    `precision` is that of the least precise part and `grade` that of the weakest.
    """

    low: int | Decimal | None
    high: int | Decimal | None
    precision: str
    grade: str
    batches: int


@dataclass(frozen=True)
class Totals:
    """What a set of batches comes to.

    `batches`: all of the set. `inside`: those left out of the sums, counted in another of the set.
    `without_units`, `without_amount`: counted batches without such a figure. `amounts`: by currency.
    """

    batches: int
    inside: int
    without_units: int
    without_amount: int
    units: Total
    amounts: dict[str, Total]

    @property
    def with_amount(self):
        return self.batches - self.inside - self.without_amount


def totals(batches):
    """The `Totals` of a queryset of recall batches, in one query."""
    return totals_of(rows_of_sums(batches, **sums_of("units"), **sums_of("amount")))


def rows_of_sums(batches, **figures):
    """Aggregates over a set by `is_inside` and `amount_currency`, with `batches`, in one query: a few dozen rows.

    Grouped by whether a batch is inside another, as the database would look for each batch's holder again in every
    aggregate that is filtered by it.
    """
    rows = batches.order_by().with_inside().values("is_inside", "amount_currency")
    return list(rows.annotate(batches=Count("pk"), **figures).order_by())


def totals_of(rows):
    """The `Totals` of `rows_of_sums` of units and amount."""
    counted = [row for row in rows if not row["is_inside"]]
    whole, batches = merged(counted), sum(row["batches"] for row in rows)
    by_currency = {
        code: merged(r for r in counted if r["amount_currency"] == code) for code in _currencies(counted)
    }
    return Totals(
        batches=batches,
        inside=batches - whole["batches"],
        without_units=whole["batches"] - whole["units_stated"],
        without_amount=whole["batches"] - whole["amount_stated"],
        units=total_of("units", whole),
        amounts={code: total_of("amount", row) for code, row in by_currency.items()},
    )


def _currencies(rows):
    return sorted({row["amount_currency"] for row in rows if row["amount_stated"]})


def merged(rows):
    """Rows of aggregates as one, by what each is: sums and counts add up, all must be exact, the weakest grade."""
    rows = list(rows)
    names = [name for name in (rows[0] if rows else ()) if name not in KEYS]
    return _Sums(
        {name: _together(name, [row[name] for row in rows if row[name] is not None]) for name in names}
    )


class _Sums(dict):
    """Those of no rows are none, and count nothing."""

    def __missing__(self, name):
        return None if name.endswith(NOT_COUNTS) else 0


def _together(name, values):
    if not values:
        return None if name.endswith(NOT_COUNTS) else 0
    if name.endswith("_exact"):
        return all(values)
    return max(values) if name.endswith("_weakest") else sum(values)


def unstated(figure):
    """Neither end is known."""
    return Q(**{f"{figure}_low__isnull": True, f"{figure}_high__isnull": True})


def sums_of(figure):
    """The aggregates that `total_of` reads, over the columns low, high, precision and grade of a figure.

    Each end stands in one of them only, as it may be a long expression; the precision says what is open.
    """
    precision = f"{figure}_precision"
    stated = ~Q(**{precision: Precision.UNKNOWN})
    return {
        f"{figure}_sum_low": Sum(f"{figure}_low"),
        f"{figure}_sum_high": Sum(f"{figure}_high"),
        f"{figure}_stated": Count("pk", filter=stated),
        f"{figure}_open": Count("pk", filter=Q(**{precision: Precision.AT_LEAST})),
        f"{figure}_exact": BoolAnd(Q(**{precision: Precision.EXACT}), filter=stated),
        f"{figure}_weakest": Max(rank(f"{figure}_grade")),
    }


def total_of(figure, sums):
    """The `Total` of a figure from a row of `sums_of`."""
    low, high = sums[f"{figure}_sum_low"], sums[f"{figure}_sum_high"]
    if sums[f"{figure}_open"]:
        high = None
    precision = precision_of_sum(low, high, sums[f"{figure}_exact"])
    return Total(low, high, precision, ranked(sums[f"{figure}_weakest"]), sums[f"{figure}_stated"])


def with_total(rows, figure):
    """Annotate rows that have the `sums_of` a figure with its low, high, precision and grade, as `total_of` does."""
    low, high = f"{figure}_low", f"{figure}_high"
    rows = rows.annotate(**{
        low: F(f"{figure}_sum_low"),
        high: Case(When(**{f"{figure}_open": 0}, then=F(f"{figure}_sum_high"))),
        f"{figure}_grade": _at(f"{figure}_weakest"),
    })  # fmt: skip
    exact = Case(
        When(**{f"{figure}_exact": True}, then=Value(Precision.EXACT)), default=Value(Precision.APPROXIMATE)
    )
    return rows.annotate(**{
        f"{figure}_precision": Case(
            When(**{f"{low}__isnull": True, f"{high}__isnull": True}, then=Value(Precision.UNKNOWN)),
            When(**{f"{high}__isnull": True}, then=Value(Precision.AT_LEAST)),
            When(**{f"{low}__isnull": True}, then=Value(Precision.AT_MOST)),
            When(**{low: F(high)}, then=exact),
            default=Value(Precision.RANGE),
            output_field=CharField(),
        )
    })  # fmt: skip


def precision_of_sum(low, high, is_exact):
    """The precision of a sum from low to high; `is_exact`: all of its parts are."""
    if low is None and high is None:
        return Precision.UNKNOWN
    if high is None:
        return Precision.AT_LEAST
    if low is None:
        return Precision.AT_MOST
    if low != high:
        return Precision.RANGE
    return Precision.EXACT if is_exact else Precision.APPROXIMATE


def rank(grade):
    """SQL for how weak a grade is, from 1 for official; NULL without one."""
    cases = [When(**{grade: value}, then=Value(number)) for number, value in enumerate(Grade.values, 1)]
    return Case(*cases, output_field=IntegerField())


def ranked(number):
    """The grade of a `rank`."""
    return Grade.values[number - 1] if number else ""


def _at(number):
    """SQL for the same."""
    grade = Func(GRADES, F(number), template="(%(expressions)s]", arg_joiner=")[", output_field=TextField())
    return Coalesce(grade, Value(""), output_field=TextField())
