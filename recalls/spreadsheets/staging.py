"""An upload in the database: its rows as they came, then what the preview found of them."""

import csv
import hashlib
from datetime import timedelta
from io import StringIO
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from psycopg2.extras import execute_values

from recalls.models import RowOutcome, SpreadsheetCell, SpreadsheetRow, SpreadsheetUpload
from recalls.spreadsheets.comparing import compare
from recalls.spreadsheets.limits import LARGEST_FILE, MEGABYTE, FileError
from recalls.spreadsheets.reading import read

CHUNK = 1000
KEPT_FOR = timedelta(days=7)
TOO_LARGE = format_lazy(_("It is larger than {size} MB: split it."), size=LARGEST_FILE // MEGABYTE)
NO_ROWS = _("It has a header, but no rows below it.")


@transaction.atomic
def store(file, name, who):
    """Store an uploaded file's rows; `FileError` where it can't be read. Old uploads go."""
    remove_old()
    if file.size > LARGEST_FILE:
        raise FileError(TOO_LARGE)
    upload = SpreadsheetUpload(file_name=name[-200:], who=who, sha256=_hash(file), uploaded_at=timezone.now())
    sheet = read(file)
    upload.format, upload.columns = sheet.format, sheet.columns
    upload.save()
    while rows := list(islice(sheet.rows, CHUNK)):
        _copy_rows(upload, rows)
        upload.row_count += len(rows)
    if not upload.row_count:
        raise FileError(NO_ROWS)
    upload.save(update_fields=["row_count"])
    return upload


def _copy_rows(upload, rows):
    """By COPY: a row has some sixty cells, and each would cost as much as a whole row of another table."""
    text = StringIO()
    csv.writer(text).writerows(
        (upload.pk, position, _array(cells), RowOutcome.WAITING.value, "", "", "") for position, cells in rows
    )
    text.seek(0)
    table = SpreadsheetRow._meta.db_table
    names = "upload_id, position, cells, outcome, slug, identity, digest"
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL (slug, identity, digest))",
            text,
        )


def _array(texts):
    escaped = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in escaped) + "}"


def remove_old():
    SpreadsheetUpload.objects.older_than(timezone.now() - KEPT_FOR).delete()


def _hash(file):
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(MEGABYTE):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def preview_next(upload_pk, may_publish):
    """Look at the next rows of an upload; False when all have been looked at."""
    with transaction.atomic():
        upload = SpreadsheetUpload.objects.select_for_update().get(pk=upload_pk)
        rows = list(upload.rows.after(upload.compared_to, CHUNK))
        if not rows:
            return False
        note(upload, compare(upload.columns, rows, may_publish))
        upload.compared_to = rows[-1].position
        upload.save(update_fields=["compared_to"])
        return True


def note(upload, lines):
    """Keep what was found of each line."""
    _keep_outcomes(lines)
    SpreadsheetCell.objects.bulk_create(
        SpreadsheetCell(upload=upload, position=line.row.position, **cell)
        for line in lines
        for cell in _cells(line)
    )


def _cells(line):
    if line.outcome == RowOutcome.REFUSED:
        for column, sentence in line.errors:
            yield {"column": column, "new": line.texts.get(column, ""), "reason": sentence}
    else:
        for column, old, new in line.changes:
            yield {"column": column, "old": old, "new": new}


def _keep_outcomes(lines):
    """One statement for all of them: a CASE for each row would take longer than the comparison."""
    found = [
        (line.row.pk, str(line.outcome), line.pk, *_marks(line))
        for line in lines
        if line.row.outcome == RowOutcome.WAITING or line.outcome == RowOutcome.REFUSED
    ]
    if not found:
        return
    table = SpreadsheetRow._meta.db_table
    with connection.cursor() as cursor:
        execute_values(
            cursor.cursor,
            f"UPDATE {table} AS old SET outcome = new.outcome, batch_id = new.batch_id::bigint, "  # noqa: S608
            "slug = new.slug, identity = new.identity, digest = new.digest "
            "FROM (VALUES %s) AS new (id, outcome, batch_id, slug, identity, digest) WHERE old.id = new.id",
            found,
            page_size=CHUNK,
        )


def _marks(line):
    """What tells its batch from those of other rows; nothing of a row that is refused."""
    if line.outcome == RowOutcome.REFUSED:
        return "", "", ""
    return line.slug, line.identity if line.is_new else "", line.digest()
