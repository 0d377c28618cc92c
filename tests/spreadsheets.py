"""How tests make spreadsheets, upload them and read what the preview says of them."""

import csv
from io import BytesIO, StringIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from evidence.models import Source
from recalls.models import (
    BatchRemedy,
    Citation,
    ImportRun,
    RecallBatch,
    RecalledProduct,
    SpreadsheetUpload,
)

UPLOAD = "admin:recalls_recallbatch_spreadsheets"
DETAIL = "admin:recalls_recallbatch_spreadsheet"
NEW = {
    "title": "PowerCore 10000 power banks",
    "company": "Anker",
    "regulator": "CPSC",
    "announced_on": "2025-06-12",
}


def csv_bytes(*rows, encoding="utf-8", delimiter=","):
    """A file of rows, each a dict; the first one's keys are the header."""
    text = StringIO()
    writer = csv.DictWriter(text, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(*rows):
    """A file of rows, each a list of values."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def upload(staff, content, name="batches.csv"):
    """Upload a file; the newest upload, or None if it was refused."""
    response = staff.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, content)})
    return SpreadsheetUpload.objects.first() if response.status_code == 302 else None


def refusal(staff, content, name="batches.csv"):
    """The sentence with which a whole file is refused."""
    response = staff.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, content)})
    return response.context["form"].errors["file"][0]


def previewed(staff, *rows):
    return upload(staff, csv_bytes(*rows))


def outcomes(upload):
    return [row.outcome for row in upload.rows.order_by("position")]


def reasons(upload):
    """Column and sentence of every refused cell."""
    return list(upload.cells.exclude(reason="").values_list("column", "reason"))


def changes(upload):
    return list(upload.cells.filter(reason="").values_list("column", "old", "new"))


def decide(staff, upload, mode):
    return staff.post(reverse(DETAIL, args=[upload.pk]), {"import": mode}, follow=True)


def imported(staff, *rows, mode="all"):
    """Upload and import; the run."""
    decide(staff, previewed(staff, *rows), mode)
    return ImportRun.objects.first()


def counts(run):
    return run.read, run.new, run.changed, run.unchanged, run.refused


def everything():
    """All that an import may write, as it stands."""
    kept = (RecallBatch, RecalledProduct, BatchRemedy, Citation, Source)
    return [list(model.objects.order_by("pk").values()) for model in kept]
