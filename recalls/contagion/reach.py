"""How far a supplier's cells reach, step by step, each step counted once."""

from dataclasses import dataclass

from django.db.models import Count, Q

from evidence.figures import Precision
from recalls.contagion.sums import TOTAL, sums_by_step
from recalls.totals import Total
from suppliers.choices import Standing

NO_TOTAL = Total(None, None, Precision.UNKNOWN, "", 0)


@dataclass(frozen=True)
class Reach:
    """What a set of links comes to, each thing counted once however many links lead to it.

    `in_no_recall`: models that no batch here recalls. `units`: the sum of what is stated for these models, graded
    as the weakest of its figures and links. `stated`: batches that state such units. `up_to`: batches that state
    only the units of all their models. `unstated`: batches without a number. `inside`: batches left out of all
    three, as another batch here holds their units in its figure. `exposure`: the sales value, under full refund,
    of the stated units as far as they have a price or an amount, graded likewise; its `batches` are those that do.
    """

    cells: int
    models: int
    in_no_recall: int
    brands: int
    batches: int
    regions: int
    units: Total
    stated: int
    up_to: int
    unstated: int
    inside: int
    exposure: Total

    @property
    def without_exposure(self):
        """Batches whose stated units have no price, amount or exchange rate."""
        return self.stated - self.exposure.batches


def by_standing(rows):
    """The `contagion` rows of each standing; a model linked by a better one as well is in that one only."""
    better = []
    for standing in Standing:
        elsewhere = rows.filter(standing__in=better).order_by().values("product_model")
        yield standing, rows.filter(standing=standing).exclude(product_model__in=elsewhere)
        better.append(standing)


def counts_of(rows):
    """How many there are of each step in a set of `contagion` rows, in one query."""
    return rows.order_by().aggregate(**_counts())


def reach(rows, currency, grades=()):
    """The `Reach` of a set of `contagion` rows, in two queries; of an empty set in one."""
    counts = counts_of(rows)
    return reach_of(counts, sums_by_step(rows, currency, grades) if counts["recalled"] else {}, TOTAL)


def reach_by(rows, sums, step, key, names, most):
    """The `most` widest groups of a step of `contagion` rows: a dict of its `names`, and its `Reach`. In one query.

    `key` groups the rows as the `step` of `sums_by_step` does their recalled products.
    """
    groups = rows.filter(**{f"{key}__isnull": False}).order_by().values(key, *names).annotate(**_counts())
    widest = groups.order_by("-batches", "-models", *names)[:most]
    return [(group, reach_of(group, sums, (step, group[key]))) for group in widest]


def reach_of(counts, sums, group):
    """The `Reach` of a group by the counts of its rows and the sums of all groups."""
    found = sums.get(group, {})
    return Reach(
        **{name: counts[name] for name in ("cells", "models", "brands", "batches", "regions")},
        **{name: found.get(name, 0) for name in ("stated", "up_to", "unstated", "inside")},
        in_no_recall=counts["models"] - counts["recalled"],
        units=_total(found, "part", "stated"),
        exposure=_total(found, "exposure", "valued"),
    )


def _total(found, figure, batches):
    if not found.get(batches):
        return NO_TOTAL
    ends = (found[f"{figure}_{name}"] for name in ("low", "high", "precision", "grade"))
    return Total(*ends, found[batches])


def _counts():
    return {
        "cells": Count("cell", distinct=True),
        "models": Count("product_model", distinct=True),
        "recalled": Count("product_model", distinct=True, filter=Q(line_pk__isnull=False)),
        "brands": Count("product_model__company", distinct=True),
        "batches": Count("batch_pk", distinct=True),
        "regions": Count("region_pk", distinct=True),
    }
