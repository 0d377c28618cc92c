"""The database's own rules on many batches at once: each CHECK is asked of all of them in one query."""

from functools import cache

from django.db import connection
from django.db.models import CheckConstraint
from django.db.models.sql.query import Query
from django.utils.translation import gettext_noop
from psycopg2.extras import execute_values

from recalls.forms import ITSELF
from recalls.models import RecallBatch
from recalls.spreadsheets.columns import COLUMNS, FIELDS

TABLE = "spreadsheet_batches"
ENTERED = gettext_noop("This regulator's notice is entered for this region already.")
DEEP = gettext_noop("That batch is counted in another itself.")
HOLDS = gettext_noop("Another batch is counted in this one, so this one can't be counted in another.")
CIRCLE = gettext_noop("The batches would expand one another in a circle.")
COLUMN_OF = {column.field.name: column.name for column in COLUMNS if not column.is_part}


def place(batches):
    """Put batches, each by its number in the list, into a table of the transaction, unchecked."""
    names = ["place", "id", *(field.column for field in FIELDS)]
    rows = [(number, batch.pk, *_stored(batch)) for number, batch in enumerate(batches)]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{TABLE}")
        cursor.execute(
            f"CREATE TEMP TABLE {TABLE} ON COMMIT DROP AS "  # noqa: S608
            f"SELECT 0 AS place, * FROM {RecallBatch._meta.db_table} WITH NO DATA"
        )
        columns = ", ".join(connection.ops.quote_name(name) for name in names)
        execute_values(cursor.cursor, f"INSERT INTO {TABLE} ({columns}) VALUES %s", rows, page_size=1000)  # noqa: S608


def _stored(batch):
    return [field.get_db_prep_save(getattr(batch, field.attname), connection) for field in FIELDS]


def check(lines):
    """Refuse lines at the cells that break a CHECK of the batches, in its own words."""
    if not lines:
        return
    place([line.batch for line in lines])
    constraints, statement, params = _statement()
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for number, broken in cursor.fetchall():
            for constraint, is_broken in zip(constraints, broken, strict=True):
                if is_broken:
                    _refuse(lines[number], constraint)


def _refuse(line, constraint):
    """Unless one of its fields has no value for a better reason."""
    columns = {COLUMN_OF.get(name, name) for name in constraint.condition.referenced_base_fields}
    if not line.has_error(columns):
        column = COLUMN_OF.get(getattr(constraint, "field", ""), "")
        line.refuse(column, constraint.get_violation_error_message())


@cache
def _statement():
    constraints = [c for c in RecallBatch._meta.constraints if isinstance(c, CheckConstraint)]
    query = Query(RecallBatch, alias_cols=False)
    compiler = query.get_compiler(connection=connection)
    compiled = [query.build_where(c.condition).as_sql(compiler, connection) for c in constraints]
    broken = ", ".join(f"NOT coalesce(({sql}), true)" for sql, _ in compiled)
    statement = (
        f"SELECT place, broken FROM (SELECT place, ARRAY[{broken}] AS broken FROM {TABLE}) AS checked "  # noqa: S608
        "WHERE true = ANY (broken)"
    )
    return constraints, statement, [param for _, params in compiled for param in params]


def refuse_entered_notices(lines):
    """A changed notice number, regulator or region must not make it another batch's notice."""
    changed = [
        line for line in lines if _changes(line, "notice_number", "regulator", "region") and not line.is_new
    ]
    numbers = {line.batch.notice_number for line in changed} - {""}
    regulators = {line.batch.regulator_id for line in changed}
    batches = RecallBatch.objects.filter(regulator__in=regulators, notice_number__in=numbers)
    held = {tuple(key): pk for *key, pk in batches.values_list("regulator", "region", "notice_number", "pk")}
    for line in changed:
        batch = line.batch
        key = (batch.regulator_id, batch.region_id, batch.notice_number)
        if held.get(key, batch.pk) != batch.pk:
            line.refuse("notice_number", ENTERED)


def _changes(line, *columns):
    return any(name in columns for name, _, _ in line.changes)


def check_links(lines):
    """What links between batches must not be: to itself, two levels deep, or in a circle."""
    for line in lines:
        for name, sentence in ITSELF.items():
            if line.pk and getattr(line.batch, f"{name}_id") == line.pk:
                line.refuse(name, sentence)
    _refuse_deep([line for line in lines if line.batch.counted_in_id and _links(line, "counted_in")])
    _refuse_circles([line for line in lines if line.batch.expands_id and line.pk and _links(line, "expands")])


def _links(line, name):
    return (line.is_new or _changes(line, name)) and not line.has_error({name})


def _refuse_deep(lines):
    holders = {line.batch.counted_in_id for line in lines}
    counted = RecallBatch.objects.filter(pk__in=holders, counted_in__isnull=False)
    counted = set(counted.values_list("pk", flat=True))
    pks = {line.pk for line in lines if line.pk}
    holding = set(RecallBatch.objects.filter(counted_in__in=pks).values_list("counted_in", flat=True))
    for line in lines:
        if line.batch.counted_in_id in counted:
            line.refuse("counted_in", DEEP)
        elif line.pk in holding:
            line.refuse("counted_in", HOLDS)


def _refuse_circles(lines):
    widened = {line.pk: line.batch.expands_id for line in lines}
    earlier = _ancestors(set(widened.values())) | widened
    for line in lines:
        pk, seen = line.batch.expands_id, set()
        while pk and pk not in seen:
            seen.add(pk)
            pk = earlier.get(pk)
        if line.pk in seen:
            line.refuse("expands", CIRCLE)


def _ancestors(pks):
    found = {}
    while pks := pks - found.keys():
        levels = RecallBatch.objects.filter(pk__in=pks).values_list("pk", "expands_id")
        found |= dict.fromkeys(pks) | dict(levels)
        pks = {earlier for earlier in found.values() if earlier}
    return found
