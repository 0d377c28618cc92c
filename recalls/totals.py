"""Totals of a set of batches: each unit counted once, open ends left open, unknown kept apart."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, Sum

from evidence.figures import Grade, Precision


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


def totals(batches):
    """The `Totals` of a queryset of recall batches, in two queries."""
    marked = batches.order_by().with_inside()
    counted = Q(is_inside=False)
    counts = marked.aggregate(
        batches=Count("pk"),
        inside=Count("pk", filter=Q(is_inside=True)),
        without_units=Count("pk", filter=counted & _unstated("units")),
        without_amount=Count("pk", filter=counted & _unstated("amount")),
        **_sums("units", counted),
    )
    money = (
        marked.filter(counted & ~_unstated("amount"))
        .values("amount_currency")
        .annotate(**_sums("amount", Q()))
    )
    return Totals(
        batches=counts["batches"],
        inside=counts["inside"],
        without_units=counts["without_units"],
        without_amount=counts["without_amount"],
        units=_total("units", counts),
        amounts={row["amount_currency"]: _total("amount", row) for row in money.order_by("amount_currency")},
    )


def _unstated(figure):
    return Q(**{f"{figure}_low__isnull": True, f"{figure}_high__isnull": True})


def _sums(figure, condition):
    stated = condition & ~_unstated(figure)
    return {
        f"{figure}_sum_low": Sum(f"{figure}_low", filter=stated),
        f"{figure}_sum_high": Sum(f"{figure}_high", filter=stated),
        f"{figure}_stated": Count("pk", filter=stated),
        f"{figure}_open": Count("pk", filter=stated & Q(**{f"{figure}_high__isnull": True})),
        f"{figure}_precisions": ArrayAgg(f"{figure}_precision", filter=stated, distinct=True, default=[]),
        f"{figure}_grades": ArrayAgg(f"{figure}_grade", filter=stated, distinct=True, default=[]),
    }


def _total(figure, sums):
    low, high = sums[f"{figure}_sum_low"], sums[f"{figure}_sum_high"]
    if sums[f"{figure}_open"]:
        high = None
    precision = _precision(low, high, sums[f"{figure}_precisions"])
    return Total(low, high, precision, weakest(sums[f"{figure}_grades"]), sums[f"{figure}_stated"])


def _precision(low, high, parts):
    if low is None and high is None:
        return Precision.UNKNOWN
    if high is None:
        return Precision.AT_LEAST
    if low is None:
        return Precision.AT_MOST
    if low != high:
        return Precision.RANGE
    return Precision.EXACT if parts == [Precision.EXACT] else Precision.APPROXIMATE


def weakest(grades):
    """The weakest of some grades; none of none."""
    return max(grades, key=Grade.values.index, default="")
