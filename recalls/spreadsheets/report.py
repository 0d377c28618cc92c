"""The refused rows of an upload as a file: what was in them, and why they were refused."""

import csv
from io import StringIO

from listing.export import BOM
from listing.retelling import retold
from recalls.models import RowOutcome, SpreadsheetCell
from recalls.spreadsheets.columns import BY_NAME

CHUNK = 1000


def reasons_of(upload, rows):
    """The reasons of each of these rows in one text, by row number."""
    found = {row.position: [] for row in rows}
    cells = SpreadsheetCell.objects.filter(upload=upload, position__in=found).exclude(reason="")
    for cell in cells.order_by("position", "pk"):
        found[cell.position].append(f"{cell.column}: {cell.reason}" if cell.column else cell.reason)
    return {position: "\n".join(reasons) for position, reasons in found.items()}


def reasons_retold(text):
    """The same text in the reader's language; columns stay what they are called in the file."""
    return "\n".join(_retold(line) for line in text.split("\n"))


def _retold(line):
    column, mark, reason = line.partition(": ")
    return f"{column}: {retold(reason)}" if mark and column in BY_NAME else retold(line)


def row_text(row):
    """A row as a line of CSV."""
    return _line(row.cells).rstrip("\n")


def refused_rows(upload):
    """The bytes of a CSV file of the refused rows: a column `reasons`, then those of the upload as they came."""
    columns = [name for name in upload.columns if name != "reasons"]
    yield BOM + _line(["reasons", *columns]).encode()
    after = 0
    refused = upload.rows.filter(outcome=RowOutcome.REFUSED)
    while rows := list(refused.after(after, CHUNK)):
        reasons = reasons_of(upload, rows)
        yield "".join(
            _line([reasons[row.position].replace("\n", " "), *_cells(upload, row)]) for row in rows
        ).encode()
        after = rows[-1].position


def _cells(upload, row):
    cells = row.cells + [""] * (len(upload.columns) - len(row.cells))
    named = zip(upload.columns, cells, strict=False)
    extra = cells[len(upload.columns) :]
    return [_disarmed(text) for text in [*(text for name, text in named if name != "reasons"), *extra]]


def _disarmed(text):
    """A formula must not run in the file of what was refused for being one."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _line(cells):
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
