"""How far a supplier's cells reach, step by step, each step counted once."""

from dataclasses import dataclass, replace
from functools import cache

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from evidence.figures import Grade
from recalls.contagion.grades import graded_parts
from recalls.models import RecalledProduct
from recalls.parts import STATED, PartKind, with_parts, with_refunds
from recalls.totals import Total, sums_of, total_of, weakest
from suppliers.choices import Standing
from suppliers.models import CellSource

IS_STATED = Q(part_kind__in=STATED)


@dataclass(frozen=True)
class Reach:
    """What a set of links comes to, each thing counted once however many links lead to it.

    `in_no_recall`: models that no batch here recalls. `units`: the sum of what is stated for these models, graded
    as the weakest of its figures and links. `stated`: batches that state such units. `up_to`: batches that state
    only the units of all their models. `unstated`: batches without a number. `inside`: batches left out of all
    three, as another batch here holds their units in its figure. `exposure`: the sales value, under full refund,
    of the stated units as far as they have a price or an amount, its `batches` the parts that do; None where it
    was not asked for.
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
    exposure: Total | None


def by_standing(rows):
    """The `contagion` rows of each standing; a model linked by a better one as well is in that one only."""
    better = []
    for standing in Standing:
        elsewhere = rows.filter(standing__in=better).order_by().values("product_model")
        yield standing, rows.filter(standing=standing).exclude(product_model__in=elsewhere)
        better.append(standing)


def reach(rows, currency, grades=()):
    """The `Reach` of a set of `contagion` rows, in two queries; of an empty set in one."""
    counts = rows.order_by().aggregate(**_counts())
    return _reach(
        counts,
        _summed(with_refunds(lines_of(rows, grades=grades), currency), **sums_of("refund"))
        if counts["recalled"]
        else {},
    )


def reach_by(rows, key, line_key, names, most, grades=()):
    """The `most` widest groups of `contagion` rows: a dict of its `names`, and its `Reach`. In two queries.

    `key` groups the rows as `line_key` does their recalled products.
    """
    groups = rows.filter(**{f"{key}__isnull": False}).order_by().values(key, *names).annotate(**_counts())
    sums = _summed(lines_of(rows, line_key, grades), line_key)
    widest = groups.order_by("-batches", "-models", *names)[:most]
    return [(group, _reach(group, sums, group[key])) for group in widest]


class Among(Func):
    """Whether a key is one of a subquery's, as an array: inside another query that is made once, not for each row."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def lines_of(rows, within=None, grades=()):
    """The recalled products of `contagion` rows, each once, with its parts, `link_grade` and `is_inside`.

    Of the units those of these `grades` alone, or all.

    `is_inside`: another batch of the set (of the same group, by the path `within`) holds these units in its own
    figure. One that states no units of the model does not hold those of a line that states them.
    """
    keys = ArraySubquery(rows.order_by().values("line_pk"))
    lines = with_parts(RecalledProduct.objects.filter(Among("pk", keys)))
    lines = graded_parts(lines, grades)
    holders = lines.filter(
        Q(product_model=OuterRef("product_model")) | Q(part_kind=PartKind.WHOLE),
        batch=OuterRef("batch__counted_in"),
        **{within: OuterRef(within)} if within else {},
    )
    held = Case(
        When(batch__counted_in__isnull=True, then=Value(False)),
        When(IS_STATED, then=Exists(holders.filter(IS_STATED))),
        default=Exists(holders),
    )
    return lines.annotate(link_grade=_link_grade(rows), is_inside=held)


def _link_grade(rows):
    """The grade of the best link to the line's model."""
    ranks = (When(grade=grade, then=Value(rank)) for rank, grade in enumerate(Grade.values))
    links = CellSource.objects.filter(Among("pk", ArraySubquery(rows.order_by().values("pk"))))
    links = links.filter(product_model=OuterRef("product_model"))
    return Subquery(links.order_by(Case(*ranks, output_field=IntegerField())).values("grade")[:1])


def _counts():
    return {
        "cells": Count("cell", distinct=True),
        "models": Count("product_model", distinct=True),
        "recalled": Count("product_model", distinct=True, filter=Q(line_pk__isnull=False)),
        "brands": Count("product_model__company", distinct=True),
        "batches": Count("batch_pk", distinct=True),
        "regions": Count("region_pk", distinct=True),
    }


def _sums():
    kinds = {
        "stated": IS_STATED,
        "up_to": Q(part_kind=PartKind.UP_TO),
        "unstated": Q(part_kind=PartKind.NOT_STATED),
    }
    return {
        **sums_of("part"),
        **{name: Count("batch", distinct=True, filter=kind) for name, kind in kinds.items()},
        "link_grades": ArrayAgg("link_grade", filter=IS_STATED, distinct=True, default=[]),
        "batches": Count("batch", distinct=True),
    }


def _summed(lines, *keys, **more):
    """Sums of the lines by their keys, apart for those counted and those inside another batch."""
    rows = lines.order_by().values(*keys, "is_inside").annotate(**_sums(), **more)
    return {tuple(row[key] for key in (*keys, "is_inside")): row for row in rows}


@cache
def _sums_of_nothing():
    """Asks the database for nothing either."""
    lines = with_parts(RecalledProduct.objects.annotate(link_grade=Value("")))
    return lines.none().aggregate(**_sums())


def _reach(counts, sums, *key):
    counted = sums.get((*key, False)) or _sums_of_nothing()
    inside = sums.get((*key, True)) or _sums_of_nothing()
    units = total_of("part", counted)
    return Reach(
        **{name: counts[name] for name in ("cells", "models", "brands", "batches", "regions")},
        **{name: counted[name] for name in ("stated", "up_to", "unstated")},
        in_no_recall=counts["models"] - counts["recalled"],
        units=replace(units, grade=weakest(filter(None, [units.grade, *counted["link_grades"]]))),
        inside=inside["batches"],
        exposure=total_of("refund", counted) if "refund_sum_low" in counted else None,
    )
