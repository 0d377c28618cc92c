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
from django.db.models.functions import Cast, Coalesce

from evidence.figures import Grade, Precision

GRADES = Value(Grade.values, output_field=ArrayField(TextField()))


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
    """The `Totals` of a queryset of recall batches, in two queries."""
    marked = batches.order_by().with_inside()
    counted, inside = counted_and_inside(
        marked,
        without_units=Count("pk", filter=unstated("units")),
        without_amount=Count("pk", filter=unstated("amount")),
        **sums_of("units"),
    )
    money = marked.filter(~unstated("amount"), is_inside=False).values("amount_currency")
    money = money.annotate(**sums_of("amount")).order_by("amount_currency")
    return Totals(
        batches=counted["batches"] + inside,
        inside=inside,
        without_units=counted["without_units"],
        without_amount=counted["without_amount"],
        units=total_of("units", counted),
        amounts={row["amount_currency"]: total_of("amount", row) for row in money},
    )


def counted_and_inside(marked, **figures):
    """Aggregates over the batches counted, with `batches`, and how many are inside another, in one query.

    `marked` is a queryset that `with_inside` has marked. Grouped by it, as the database would look for each
    batch's holder again in every aggregate that is filtered by it.
    """
    figures["batches"] = Count("pk")
    rows = {row["is_inside"]: row for row in marked.values("is_inside").annotate(**figures)}
    counted = rows.get(False) or marked.none().aggregate(**figures)
    return counted, rows[True]["batches"] if True in rows else 0


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
    return Func(GRADES, Cast(grade, TextField()), function="array_position", output_field=IntegerField())


def ranked(number):
    """The grade of a `rank`."""
    return Grade.values[number - 1] if number else ""


def _at(number):
    """SQL for the same."""
    grade = Func(GRADES, F(number), template="(%(expressions)s]", arg_joiner=")[", output_field=TextField())
    return Coalesce(grade, Value(""), output_field=TextField())
