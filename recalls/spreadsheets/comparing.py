"""What rows of a spreadsheet would change: some queries for all of them, never one for a row."""

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from listing.export import copy_statement
from listing.retelling import kept
from recalls.models import RecallBatch
from recalls.spreadsheets.cells import CellError, checked, plain
from recalls.spreadsheets.checking import check, check_links, refuse_entered_notices
from recalls.spreadsheets.columns import BY_NAME, COLUMNS, NEEDED
from recalls.spreadsheets.known import Known
from recalls.spreadsheets.line import Line
from recalls.spreadsheets.matching import match, name_new, refuse_taken, refuse_twice
from recalls.tables import RecallBatchTable

NO_COLUMN = kept("A new batch needs this, and the file has no such column.")
TOO_MANY = gettext_noop(
    "The row has more cells than the header: a separator within a text needs quotes around it."
)
PUBLIC = gettext_noop("This batch is public: only who may publish batches may change it.")
PARTS = ["products__product_model", "products__progress", "remedies", "citations__source"]


@transaction.atomic
def compare(columns, rows, may_publish):
    """A `Line` for each row (all of one upload, in its order), with its outcome; writes nothing."""
    lines = [_line(columns, row) for row in rows]
    if not lines:
        return []
    known = Known([line.texts for line in lines])
    match(lines, known)
    _with_before(lines)
    name_new(lines, known)
    refuse_twice(lines)
    touched = _touched(lines)
    for line in touched:
        _read(line, known)
    _check([line for line in touched if line.is_new or line.changes], may_publish)
    return lines


def _line(columns, row):
    cells = dict.fromkeys(columns, "") | dict(zip(columns, row.cells, strict=False))
    line = Line(row, {name: text for name, text in cells.items() if name in BY_NAME})
    if len(row.cells) > len(columns):
        line.refuse("", TOO_MANY)
    return line


def _with_before(lines):
    """What the export writes of each batch: its own SQL, so that an exported row is always the same."""
    before = exported({line.pk for line in lines if line.pk})
    for line in lines:
        if not line.is_new:
            line.before = before[line.pk]
            line.slug = line.before["slug"]
        line.fill_in()


def exported(pks):
    """Texts by column of each of these batches, by key, as they stand in the exported file."""
    if not pks:
        return {}
    file = RecallBatchTable.file_columns()
    columns = {"pk": F("pk")} | {name: file[name] for name in BY_NAME}
    batches = RecallBatch.objects.filter(pk__in=pks).order_by()
    with connection.cursor() as cursor:
        cursor.execute(copy_statement(batches, columns))
        return {pk: dict(zip(BY_NAME, map(_text, cells), strict=True)) for pk, *cells in cursor.fetchall()}


def _text(value):
    return "" if value is None else str(value)


def _touched(lines):
    """Lines of new batches and those in which a text differs, each with its batch."""
    touched = [line for line in lines if line.is_new or _differing(line)]
    pks = {line.pk for line in touched if line.pk}
    batches = RecallBatch.objects.filter(pk__in=pks).prefetch_related(*PARTS).in_bulk()
    for line in touched:
        line.batch = _new(line) if line.is_new else batches[line.pk]
    return touched


def _new(line):
    """Its short name as far as the database takes it: a longer one is refused at its cell."""
    return RecallBatch(slug=line.slug[: RecallBatch._meta.get_field("slug").max_length])


def _differing(line):
    return [c for c in COLUMNS if c.name in line.texts and c.name != "slug" and line.differs(c.name)]


def _read(line, known):
    """Read the cells of a line into its batch; of parts last, since models depend on the company."""
    columns = [c for c in COLUMNS if c.name in line.texts] if line.is_new else _differing(line)
    for column in sorted(columns, key=lambda column: column.is_part):
        try:
            _read_cell(line, column, known)
        except CellError as error:
            if column.name not in line.repeated:
                line.refuse(column.name, str(error))
    if line.is_new:
        for name in NEEDED:
            if name not in line.texts:
                line.refuse(name, NO_COLUMN)


def _read_cell(line, column, known):
    text = checked(line.texts[column.name])
    if column.is_part:
        changes = column.changes(line.batch, text, known)
        changed = bool(changes.added or changes.removed)
        if changed:
            line.parts[column.name] = changes
    else:
        value = known.read(column, line.slug if column.name == "slug" else text)
        changed = not column.is_of(line.batch, value)
        if changed:
            column.assign(line.batch, value)
    if changed and not line.is_new:
        line.changes.append((column.name, plain(line.before[column.name]), text))


def _check(lines, may_publish):
    for line in lines:
        if line.batch.is_published and not may_publish:
            line.refuse("", PUBLIC)
    refuse_taken(lines)
    refuse_entered_notices(lines)
    check_links(lines)
    check(lines)
