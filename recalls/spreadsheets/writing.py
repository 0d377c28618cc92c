"""The import of an upload that was looked at: all rows in one transaction, or the good ones chunk by chunk."""

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction

from evidence.refusals import raise_now, sentence
from listing.retelling import kept
from recalls.models import RecallBatch, RowOutcome
from recalls.models.run import RunState
from recalls.spreadsheets.checking import TABLE, place
from recalls.spreadsheets.columns import FIELDS
from recalls.spreadsheets.comparing import compare
from recalls.spreadsheets.runs import break_off, count, finish, locked
from recalls.spreadsheets.staging import CHUNK, note

MOVED = kept("The batch, or what the row names, was changed since the preview: upload the file again.")
NOTHING = kept("Nothing was imported: {}")


class NotWholeError(Exception):
    """An import of all rows that a row broke off; the message is the sentence on that row."""


def import_next(upload_pk, who, may_publish):
    """Import the next good rows of an upload in one transaction; False when all are."""
    with transaction.atomic():
        upload = locked(upload_pk)
        if upload.run is None or upload.run.state != RunState.RUNNING:
            return False
        if _write_next(upload, who, may_publish, _good_ones):
            return True
        finish(upload.run)
        return False


def import_all(upload_pk, who, may_publish):
    """Import all rows of an upload in one transaction; or none, saying why in the run and as `NotWholeError`."""
    try:
        with transaction.atomic():
            upload = locked(upload_pk)
            if upload.run is None or upload.run.state != RunState.RUNNING:
                return  # another window was faster
            while _write_next(upload, who, may_publish, _all_or_none):
                pass
            finish(upload.run)
    except (NotWholeError, IntegrityError) as error:
        words = NOTHING.format(str(error) if isinstance(error, NotWholeError) else sentence(error))
        break_off(upload_pk, words)
        raise NotWholeError(words) from error


def import_step(upload, who, may_publish):
    """Take an import that was started further; False when it is at its end."""
    if not upload.is_whole:
        return import_next(upload.pk, who, may_publish)
    import_all(upload.pk, who, may_publish)
    return False


def _write_next(upload, who, may_publish, write):
    rows = list(upload.rows.after(upload.applied_to, CHUNK))
    if rows:
        _lock_batches(rows)
        good = [row for row in rows if row.outcome in (RowOutcome.NEW, RowOutcome.CHANGED)]
        write(upload, compare(upload.columns, good, may_publish), who)
        count(upload, rows)
        upload.applied_to = rows[-1].position
        upload.save(update_fields=["applied_to"])
    return bool(rows)


def _lock_batches(rows):
    pks = [row.batch_id for row in rows if row.outcome == RowOutcome.CHANGED]
    list(RecallBatch.objects.filter(pk__in=pks).order_by("pk").select_for_update(of=("self",)).only("pk"))


def _moved(line):
    """Refuse what would not do exactly what the preview showed."""
    if line.outcome != line.row.outcome or line.digest() != line.row.digest:
        line.errors = [("", MOVED)]
    return bool(line.errors)


def _good_ones(upload, lines, who):
    moved = [line for line in lines if _moved(line)]
    note(upload, moved)
    _write_or_halve(upload, [line for line in lines if not line.errors], who)


def _write_or_halve(upload, lines, who):
    """Rows that only the database's rules refuse are found by halves, and refused with its sentence."""
    try:
        with transaction.atomic():
            _write(upload, lines, who)
            raise_now()
    except IntegrityError as error:
        if len(lines) == 1:
            lines[0].refuse("", sentence(error))
            note(upload, lines)
        else:
            middle = len(lines) // 2
            _write_or_halve(upload, _unsaved(lines[:middle]), who)
            _write_or_halve(upload, _unsaved(lines[middle:]), who)


def _unsaved(lines):
    """What was rolled back is new again."""
    for line in lines:
        if line.is_new:
            line.batch.pk, line.batch._state.adding = None, True
        for change in line.parts.values():
            for part in change.added:
                part.pk, part._state.adding = None, True
    return lines


def _all_or_none(upload, lines, who):
    for line in lines:
        if _moved(line):
            raise NotWholeError(f"row {line.row.position}: {MOVED}")
    _write(upload, lines, who)
    raise_now()


def _write(upload, lines, who):
    if not lines:
        return
    new = [line for line in lines if line.is_new]
    changed = [line for line in lines if not line.is_new]
    RecallBatch.objects.bulk_create([line.batch for line in new])
    _update([line.batch for line in changed])
    _write_parts(lines)
    _log(upload, new, ADDITION, who)
    _log(upload, changed, CHANGE, who)


def _update(batches):
    """All columns of a spreadsheet, and no others, of all batches in one statement."""
    if not batches:
        return
    place(batches)
    columns = [connection.ops.quote_name(field.column) for field in FIELDS]
    values = ", ".join(f"{column} = placed.{column}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {RecallBatch._meta.db_table} AS batch SET {values} "  # noqa: S608
            f"FROM {TABLE} AS placed WHERE placed.id = batch.id"
        )


def _write_parts(lines):
    added, removed = {}, {}
    for line in lines:
        for change in line.parts.values():
            for part in change.added:
                part.batch = line.batch
                added.setdefault(type(part), []).append(part)
            for part in change.removed:
                removed.setdefault(type(part), []).append(part.pk)
    for model, pks in removed.items():
        model.objects.filter(pk__in=pks).delete()
    for model, parts in added.items():
        model.objects.bulk_create(parts)


def _log(upload, lines, action, who):
    kind = ContentType.objects.get_for_model(RecallBatch)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=who,
            content_type=kind,
            object_id=line.batch.pk,
            object_repr=line.batch.title[:200],
            action_flag=action,
            change_message=_message(upload, line),
        )
        for line in lines
    )


def _message(upload, line):
    columns = ", ".join(name for name, _, _ in line.changes)
    return f"Spreadsheet {upload.file_name}, row {line.row.position}{': ' if columns else ''}{columns}."
