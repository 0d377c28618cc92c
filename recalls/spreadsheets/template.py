"""The template: the columns that are read, each explained."""

import csv
from io import BytesIO, StringIO

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from recalls.spreadsheets.columns import COLUMNS, COMPUTED, NEEDED

EXPLAINED = "# explained:"
HEADINGS = ["column", "needed for a new batch", "holds", "write"]
ABOUT = [
    "Fill in the first sheet, a row for each batch, and upload the file on the page “Recall batches” of the admin.",
    "A column that is left out changes nothing. An empty cell means unknown, and empties what was there.",
    "New batches are drafts until they are published in the admin.",
]


def explanations():
    """For each column its name, whether a new batch needs it, what it holds and what may be written."""
    return [
        [
            column.name,
            gettext("yes") if column.name in NEEDED else "",
            str(column.explained),
            str(column.allowed),
        ]
        for column in COLUMNS
    ]


def not_read():
    """Columns of the export that are not read, and why."""
    return [
        [f"{name}…" if name.endswith("_") else name, "", gettext("Not read: %(why)s.") % {"why": why}, ""]
        for name, why in COMPUTED.items()
    ]


def as_csv():
    """The header and, below it, a row of explanations that an upload passes over; for Excel with its mark."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in COLUMNS)
    words = [
        " ".join(filter(None, [held, allowed and f"Write: {allowed}."]))
        for _, _, held, allowed in explanations()
    ]
    writer.writerow([f"{EXPLAINED} {words[0]}", *words[1:]])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx():
    """A sheet to fill in and one that explains its columns."""
    book = Workbook(write_only=True)
    _sheet(book, "batches", [[column.name for column in COLUMNS]], [18] * len(COLUMNS))
    about = [HEADINGS, *explanations(), *not_read(), [], *([text] for text in ABOUT)]
    _sheet(book, "columns", about, [22, 14, 90, 70])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet(book, title, rows, widths):
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.column_dimensions[get_column_letter(number)].number_format = "@"
    for number, row in enumerate(rows):
        cells = [WriteOnlyCell(sheet, text) for text in row]
        for cell in cells:
            cell.font = Font(bold=number == 0)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)
