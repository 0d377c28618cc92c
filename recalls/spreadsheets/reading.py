"""The rows of an uploaded file as texts, told by its content: CSV or XLSX."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recalls.spreadsheets import csv_files, xlsx_files
from recalls.spreadsheets.columns import BY_NAME, ignored
from recalls.spreadsheets.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, FileError
from recalls.spreadsheets.template import EXPLAINED

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
OTHER_KINDS = {
    b"\xd0\xcf\x11\xe0": _("This is an old Excel file (.xls): save it as XLSX or CSV."),
    b"%PDF": _("This is a PDF file, not a spreadsheet."),
    b"\x1f\x8b": _("This file is compressed (gzip): unpack it first."),
}
NOT_OURS = _("No column of the template is in its first row: download the template and fill that in.")


@dataclass
class Sheet:
    """A file's header, what it was read as, and its further rows as (row number, texts), read as they come."""

    format: str
    columns: list
    rows: object


def read(file):
    """The `Sheet` of a seekable binary file; `FileError`, also from its rows, says why it can't be read."""
    start = file.read(512)
    file.seek(0)
    if not start.strip():
        raise FileError(_("This file is empty."))
    for begin, sentence in OTHER_KINDS.items():
        if start.startswith(begin):
            raise FileError(sentence)
    if _is_markup(start):
        raise FileError(_("This is a web page, whatever its name says: save it as XLSX or CSV."))
    format_name, rows = (xlsx_files if start.startswith(b"PK\x03\x04") else csv_files).rows(file)
    rows = _filled(rows)
    __, header = next(rows, (1, []))
    return Sheet(format_name, _columns(header), rows)


def _is_markup(start):
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return text.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<script"))


def _columns(header):
    columns = [name.strip().lower() for name in header]
    while columns and not columns[-1]:
        columns.pop()
    if not set(columns) & set(BY_NAME):
        raise FileError(NOT_OURS)
    if twice := {name for name in columns if name and columns.count(name) > 1}:
        said = gettext("A column stands twice in its first row: %(columns)s.")
        raise FileError(said % {"columns": ", ".join(sorted(twice))})
    if unknown := [name or gettext("(no name)") for name in columns if ignored(name) is None]:
        said = gettext("No column of the template has this name: %(columns)s. Mend its name, or delete it.")
        raise FileError(said % {"columns": ", ".join(unknown)})
    return columns


def _filled(rows):
    """The rows that hold something, within the limits."""
    found = 0
    for position, cells in rows:
        while cells and not cells[-1]:
            cells.pop()
        if not cells or (position == 2 and cells[0].startswith(EXPLAINED)):
            continue
        found += 1
        _limit(position, cells, found)
        yield position, cells


def _limit(position, cells, found):
    if found > MOST_ROWS + 1:
        raise FileError(gettext("It has more than %(count)s rows: split it.") % {"count": f"{MOST_ROWS:,}"})
    if len(cells) > MOST_COLUMNS:
        said = gettext("Row %(row)s has %(count)s cells, more than %(most)s.")
        raise FileError(said % {"row": position, "count": f"{len(cells):,}", "most": MOST_COLUMNS})
    if any(len(text) > LONGEST_CELL for text in cells):
        said = gettext("A cell of row %(row)s is longer than %(most)s characters.")
        raise FileError(said % {"row": position, "most": f"{LONGEST_CELL:,}"})
    if any(UNSTORABLE.search(text) for text in cells):
        said = gettext("Row %(row)s holds a character that no text has (NUL): save the file once more.")
        raise FileError(said % {"row": position})
