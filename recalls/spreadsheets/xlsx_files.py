"""The first sheet of an XLSX file, read as a stream: formulas as `=…`, dates and numbers as the export writes them."""

import re
import warnings
from datetime import date, datetime, time
from decimal import Decimal
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.packaging.manifest import Manifest
from openpyxl.xml.constants import SHARED_STRINGS
from openpyxl.xml.functions import fromstring

from recalls.spreadsheets.bombs import LONGEST_TEXT, unpacks_without_end
from recalls.spreadsheets.limits import (
    EXCEL_ROWS,
    LARGEST_TEXTS,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_FILES,
    FileError,
)

CONTENTS = "[Content_Types].xml"
BROKEN = _("This file can't be read as XLSX: open it in a spreadsheet program and save it again.")
TOO_LARGE = _("Unpacked, this file is too large.")
LOCKED = _("This file is protected by a password: save it without one.")
LITERAL = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.")  # of a number format: colours, quoted words
NO_SHEET = _("This file has no sheet with rows.")


def rows(file):
    """What the file is read as, and the rows of its first sheet as (row number, texts)."""
    _refuse_bomb(file)
    file.seek(0)
    return "XLSX", _rows(file)


def _refuse_bomb(file):
    """Python unpacks no more of an archive than its own list says, so that list can be trusted here."""
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise FileError(LOCKED)
            if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise FileError(TOO_LARGE)
            for part in parts:
                _refuse_entities(archive, part)
                _refuse_endless(archive, part)
            if _texts_size(archive) > LARGEST_TEXTS:
                raise FileError(TOO_LARGE)
    except FileError:
        raise
    except Exception as error:  # an archive can be broken in as many ways
        raise FileError(BROKEN) from error


def _texts_size(archive):
    """Of the part with the texts of all cells, which the file itself names; it is held in memory."""
    if archive.getinfo(CONTENTS).file_size > MEGABYTE:
        raise FileError(BROKEN)
    texts = Manifest.from_tree(fromstring(archive.read(CONTENTS))).find(SHARED_STRINGS)
    return archive.getinfo(texts.PartName.lstrip("/")).file_size if texts else 0


def _refuse_entities(archive, part):
    """No spreadsheet program declares entities, which can name files of the server or grow without end."""
    if part.filename.endswith((".xml", ".rels")):
        with archive.open(part) as content:
            if b"<!DOCTYPE" in content.read(2048).upper():
                raise FileError(BROKEN)


def _refuse_endless(archive, part):
    """One cell, one row or one table of styles can be as large as the whole file may be."""
    if part.file_size > LONGEST_TEXT and part.filename.endswith((".xml", ".rels")):
        with archive.open(part) as content:
            if unpacks_without_end(content):
                raise FileError(TOO_LARGE)


def _rows(file):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on what of the file it leaves out: looks, menus, pictures
        try:
            book = load_workbook(file, read_only=True, keep_links=False)
            yield from _of_sheet(book)
        except FileError:
            raise
        except Exception as error:  # whatever is wrong in the file, openpyxl fails in as many ways
            raise FileError(BROKEN) from error


def _of_sheet(book):
    if not book.worksheets:
        raise FileError(NO_SHEET)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what the file says of its size need not be true
    for position, cells in enumerate(sheet.rows, 1):
        if position > EXCEL_ROWS:
            raise FileError(BROKEN)
        yield position, [_text(cell) for cell in cells]


def _text(cell):
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind == "f":
        return value if isinstance(value, str) and value.startswith("=") else "="
    if isinstance(value, str):
        return f"'{value}" if value.startswith("=") and kind != "e" else value
    if isinstance(value, date):
        return _day(value, cell.number_format)
    return _plain_value(value)


def _day(value, number_format):
    """As precise as the cell shows it: a spreadsheet stores a month as its first day."""
    shown = LITERAL.sub("", number_format).lower()
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ")
    if "y" in shown and "d" not in shown:
        return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
    return f"{value:%Y-%m-%d}"


def _plain_value(value):
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return str(value)
