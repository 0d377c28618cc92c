"""The record that an import of an upload leaves: its run, with the counts and the refused rows."""

from django.db import transaction
from django.utils import timezone

from recalls.models import ImportRun, RefusedRow, RowOutcome, SpreadsheetRow, SpreadsheetUpload
from recalls.models.run import RunState
from recalls.spreadsheets.report import reasons_of, row_text

FORMAT = "spreadsheet"
COUNTED = [RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED, RowOutcome.REFUSED]


def start(upload_pk, who, is_whole):
    """Make the run of an upload's import; one that was started already goes on as it was."""
    with transaction.atomic():
        upload = SpreadsheetUpload.objects.select_for_update().get(pk=upload_pk)
        if upload.run_id is None:
            upload.is_whole = is_whole
            upload.run = ImportRun.objects.create(
                format=FORMAT,
                who=who,
                address=upload.file_name,
                sha256=upload.sha256,
                retrieved_at=upload.uploaded_at,
                started_at=timezone.now(),
            )
            upload.save(update_fields=["run", "is_whole"])
    return upload


def locked(upload_pk):
    """The upload with its run, which no other session imports meanwhile."""
    uploads = SpreadsheetUpload.objects.select_related("run").select_for_update(of=("self",))
    return uploads.get(pk=upload_pk)


def count(upload, rows):
    """Count the rows in the run by what became of them, and keep the refused ones with it."""
    run = upload.run
    first, last = rows[0].position, rows[-1].position
    done = SpreadsheetRow.objects.filter(upload=upload, position__range=(first, last))
    counts = done.counts()
    for outcome in COUNTED:
        setattr(run, outcome, getattr(run, outcome) + counts.get(outcome, 0))
    run.read += sum(counts.values())
    run.save(update_fields=["read", *COUNTED])
    refused = list(done.filter(outcome=RowOutcome.REFUSED).order_by("position"))
    reasons = reasons_of(upload, refused)
    RefusedRow.objects.bulk_create(_refused(upload, row, reasons[row.position]) for row in refused)


def _refused(upload, row, reason):
    cells = dict(zip(upload.columns, row.cells, strict=False))
    number = (cells.get("notice_number") or cells.get("slug", ""))[:200]
    return RefusedRow(run=upload.run, position=row.position, number=number, reason=reason, raw=row_text(row))


def finish(run):
    run.state, run.finished_at = RunState.FINISHED, timezone.now()
    run.save(update_fields=["state", "finished_at"])


@transaction.atomic
def break_off(upload_pk, words):
    """The run says why; the upload stands as it was, for another try."""
    upload = locked(upload_pk)
    run = upload.run
    run.state, run.finished_at, run.error = RunState.FAILED, timezone.now(), words
    run.save(update_fields=["state", "finished_at", "error"])
    upload.run = None
    upload.save(update_fields=["run"])
