"""What recalled products come to by step, in one statement: each unit counted once within a group of the step."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections
from django.db.models import BooleanField, Case, Func, IntegerField, OuterRef, Subquery, Value, When

from evidence.figures import Grade
from listing.statements import statement_of
from recalls.contagion.grades import graded_parts
from recalls.models import RecalledProduct
from recalls.parts import STATED, PartKind, with_part_exposure, with_part_kind, with_parts
from recalls.summing import count, precision, stated, sums, weakest
from suppliers.models import CellSource

MOST_UP_TO = 100  # lines that state only “up to”, on the page; all of them are in the file
TOTAL = ("total", 0)
# The steps, and the column of a line whose value is the key of its group.
STEPS = {"total": "0", "model": "model", "brand": "brand", "region": "region"}
FIELDS = {
    "pk": "pk",
    "batch": "batch",
    "counted_in": "batch__counted_in",
    "announced_on": "batch__announced_on",
    "model": "product_model",
    "brand": "product_model__company",
    "region": "batch__region",
    "link_grade": "link_grade",
    "part_kind": "part_kind",
    **{f"part_{end}": f"part_{end}" for end in ("low", "high", "precision", "grade")},
    **{f"exposure_{end}": f"exposure_{end}" for end in ("low", "high", "precision", "grade")},
}
IS_STATED = "part_kind IN ({})".format(", ".join(f"'{kind}'" for kind in STATED))

# A line is inside another batch of its group that holds its units in its own figure. A batch that states no
# units of the model does not hold those of a line that states them.
STATEMENT = f"""
WITH line ({", ".join(FIELDS)}) AS ({{lines}}),
member AS (
    SELECT line.*, {IS_STATED} AS is_stated, step, key
    FROM line CROSS JOIN LATERAL (
        VALUES {", ".join(f"('{step}', {key})" for step, key in STEPS.items())}
    ) AS own (step, key)
),
inside AS (
    SELECT DISTINCT member.step, member.key, member.pk, member.batch
    FROM member JOIN member AS holder USING (step, key)
    WHERE holder.batch = member.counted_in
        AND (holder.model = member.model OR holder.part_kind = '{PartKind.WHOLE}')
        AND (holder.is_stated OR NOT member.is_stated)
),
counted AS (
    SELECT member.* FROM member LEFT JOIN inside USING (step, key, pk) WHERE inside.pk IS NULL
),
left_out AS (SELECT step, key, count(DISTINCT batch) AS inside FROM inside GROUP BY step, key),
total AS (
    SELECT step, key, {sums("part")}, {sums("exposure")},
        {weakest("part_grade", "CASE WHEN is_stated THEN link_grade END")} AS part_grade,
        {weakest("exposure_grade", f"CASE WHEN {stated('exposure')} THEN link_grade END")} AS exposure_grade,
        {count("stated", "is_stated", "DISTINCT batch")},
        {count("up_to", f"part_kind = '{PartKind.UP_TO}'", "DISTINCT batch")},
        {count("unstated", f"part_kind = '{PartKind.NOT_STATED}'", "DISTINCT batch")},
        {count("valued", stated("exposure"), "DISTINCT batch")},
        (array_agg(pk ORDER BY announced_on DESC, pk)
            FILTER (WHERE step = 'total' AND part_kind = '{PartKind.UP_TO}'))[:{MOST_UP_TO}] AS up_to_lines
    FROM counted GROUP BY step, key
)
SELECT total.*, {precision("part")} AS part_precision, {precision("exposure")} AS exposure_precision,
    coalesce(inside, 0) AS inside
FROM total LEFT JOIN left_out USING (step, key)
"""  # noqa: S608


class Among(Func):
    """Whether a key is one of a subquery's, as an array: inside another query that is made once, not for each row."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def sums_by_step(rows, currency, grades=()):
    """The sums of the recalled products of `contagion` rows, each once: {(step, key): {name: value}}, in one query.

    Of units and exposure only those of these `grades`; all of them where none is named.
    """
    lines = graded_parts(with_part_exposure(lines_of(rows), currency), grades)
    lines = lines.order_by().values_list(*FIELDS.values())
    lines_sql, params = statement_of(lines)
    with connections[lines.db].cursor() as cursor:
        cursor.execute(STATEMENT.format(lines=lines_sql), params)
        names = [column.name for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {(row["step"], row["key"]): row for row in found}


def lines_of(rows):
    """The recalled products of `contagion` rows, each once, with its parts and its `link_grade`."""
    keys = ArraySubquery(rows.order_by().values("line_pk"))
    lines = with_part_kind(RecalledProduct.objects.filter(Among("pk", keys)))
    return with_parts(lines).annotate(link_grade=_link_grade(rows))


def _link_grade(rows):
    """The grade of the best link to the line's model."""
    ranks = (When(grade=grade, then=Value(rank)) for rank, grade in enumerate(Grade.values))
    links = CellSource.objects.filter(Among("pk", ArraySubquery(rows.order_by().values("pk"))))
    links = links.filter(product_model=OuterRef("product_model"))
    return Subquery(links.order_by(Case(*ranks, output_field=IntegerField())).values("grade")[:1])
