"""Whatever file is uploaded, it is read rightly or refused with a sentence; none takes the server down."""

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
from django.test import Client
from openpyxl import Workbook
from openpyxl.xml.constants import SHARED_STRINGS

from recalls.models import SpreadsheetUpload
from recalls.spreadsheets import cells, csv_files, limits, reading, staging, xlsx_files
from tests import factory
from tests.admin_pages import sign_in
from tests.spreadsheets import NEW, csv_bytes, outcomes, reasons, refusal, upload, xlsx_bytes

pytestmark = pytest.mark.django_db
CHINESE = NEW | {"title": "安克创新召回移动电源", "note": "存在起火风险"}


@pytest.fixture
def staff(client):
    factory.company("Anker")
    factory.regulator("CPSC", "US")
    return sign_in(client)


def titles(found):
    place = found.columns.index("title")
    return [row.cells[place] for row in found.rows.order_by("position")]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with a mark"),
        ("utf-16", "UTF-16"),
        ("gb18030", "GB18030"),
        ("gbk", "GB18030"),
    ],
)
def test_the_encodings_of_excel_are_recognised(staff, encoding, name):
    found = upload(staff, csv_bytes(CHINESE, encoding=encoding))
    assert titles(found) == [CHINESE["title"]]
    assert found.format == f"CSV, {name}, commas"


@pytest.mark.parametrize(("delimiter", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs")])
def test_the_separators_of_excel_are_recognised(staff, delimiter, name):
    found = upload(staff, csv_bytes(NEW | {"hazards": "fire; burn"}, delimiter=delimiter))
    assert (outcomes(found), found.format) == (["new"], f"CSV, UTF-8, {name}")


@pytest.mark.parametrize("text", ["Déjà vu à Genève", "Kühlgerät für Äpfel", "Señal año niño"])
def test_a_western_encoding_is_not_taken_for_chinese(staff, text):
    content = csv_bytes(NEW | {"title": text}, encoding="cp1252")
    assert refusal(staff, content) == csv_files.UNREADABLE


ZIP_OF_NOTHING = io.BytesIO()
with zipfile.ZipFile(ZIP_OF_NOTHING, "w") as archive:
    archive.writestr("hello.txt", "hello")

REFUSED = {
    "blank": (b" \r\n", "This file is empty."),
    "a mark and no more": (b"\xef\xbb\xbf", reading.NOT_OURS),
    "header only": (b"title,company\n", staging.NO_ROWS),
    "header and empty rows": (b"title,company\n,\n\n , \n".replace(b" ", b""), staging.NO_ROWS),
    "other columns": (b"a,b\n1,2\n", reading.NOT_OURS),
    "one wrong column": (
        b"title,compnay\nx,y\n",
        "No column of the template has this name: compnay. Mend its name, or delete it.",
    ),
    "a column without a name": (
        b"title,,slug\nx,y,z\n",
        "No column of the template has this name: (no name). Mend its name, or delete it.",
    ),
    "a column twice": (b"title,slug,Title\nx,y,z\n", "A column stands twice in its first row: title."),
    "NUL": (b"title,slug\nx\0,y\n", csv_files.NUL),
    "UTF-16 without its mark": ("title,slug\nx,y\n".encode("utf-16-le"), csv_files.NUL),
    "bytes of no text": (b"title,slug\n\xff\xfe\xfa\x81,y\n", csv_files.UNREADABLE),
    "half a UTF-16": ("title,slug\nx,y\n".encode("utf-16")[:-1], csv_files.UNREADABLE),
    "a mark of UTF-8 before GB18030": (
        b"\xef\xbb\xbf" + csv_bytes(CHINESE, encoding="gb18030"),
        csv_files.UNREADABLE,
    ),
    "a quote that never ends": (
        b'title,slug\n"x,y\nz,w\n',
        "The row after row 1 can't be read: unexpected end of data.",
    ),
    "web page": (
        b"<html><table><tr><td>title</td></tr></table></html>",
        "This is a web page, whatever its name says: save it as XLSX or CSV.",
    ),
    "old Excel": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        "This is an old Excel file (.xls): save it as XLSX or CSV.",
    ),
    "PDF": (b"%PDF-1.7\n", "This is a PDF file, not a spreadsheet."),
    "archive of something else": (ZIP_OF_NOTHING.getvalue(), xlsx_files.BROKEN),
    "half an XLSX": (xlsx_bytes(["title"], ["x"])[:2000], xlsx_files.BROKEN),
    "cut XLSX head": (b"PK\x03\x04" + bytes(50), xlsx_files.BROKEN),
    "XLSX header only": (xlsx_bytes(["title"]), staging.NO_ROWS),
    "XLSX without rows": (xlsx_bytes(), reading.NOT_OURS),
}


@pytest.mark.parametrize("name", ["batches.csv", "batches.xlsx"])
@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(staff, content, sentence, name):
    assert refusal(staff, content, name) == sentence
    assert not SpreadsheetUpload.objects.exists()


def test_no_file_at_all_is_refused(staff):
    assert refusal(staff, b"") == "The submitted file is empty."


def test_ten_thousand_columns_are_refused(staff):
    wide = ",".join(f"c{number}" for number in range(10_000)).encode()
    assert refusal(staff, b"title,slug," + wide + b"\n") == "Row 1 has 10,002 cells, more than 200."
    assert refusal(staff, b"title,slug\n" + wide + b"\n") == "Row 2 has 10,000 cells, more than 200."


def test_a_cell_without_end_is_refused(staff):
    long = b"x" * 100_001
    assert (
        refusal(staff, b"title,slug\n" + long + b",y\n")
        == "A cell of row 2 is longer than 100,000 characters."
    )
    assert "field larger than field limit" in refusal(staff, b"title,slug\n" + long * 2 + b",y\n")


def test_more_rows_than_the_limit_are_refused(staff, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert refusal(staff, csv_bytes(*[NEW] * 4)) == "It has more than 3 rows: split it."
    assert upload(staff, csv_bytes(*[NEW] * 3)).row_count == 3


def test_a_file_larger_than_the_limit_is_refused(staff, monkeypatch):
    monkeypatch.setattr(staging, "LARGEST_FILE", 10)
    assert refusal(staff, csv_bytes(NEW)) == staging.TOO_LARGE


def changed_xlsx(name, change):
    """An XLSX file in which the text of one part is changed."""
    old, new = io.BytesIO(xlsx_bytes(["title", "slug"], ["x", "y"])), io.BytesIO()
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = before.read(part)
            after.writestr(part, change(content) if part.endswith(name) else content)
    return new.getvalue()


def declared(kind):
    """A part of an XLSX file, declared as one of its kinds."""
    line = f'<Override PartName="/xl/x.xml" ContentType="{kind}"/></Types>'.encode()
    return changed_xlsx("[Content_Types].xml", lambda content: content.replace(b"</Types>", line))


@pytest.mark.parametrize(("limit", "name"), [("LARGEST_TEXTS", "xl/x.xml"), ("LARGEST_UNPACKED", "xl/y.xml")])
def test_an_xlsx_that_unpacks_without_end_is_refused_before_it_is_unpacked(staff, monkeypatch, limit, name):
    monkeypatch.setattr(xlsx_files, limit, 20 * limits.MEGABYTE)
    bomb = io.BytesIO(declared(SHARED_STRINGS))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b" " * (20 * limits.MEGABYTE + 1))
    assert len(bomb.getvalue()) < limits.MEGABYTE
    assert refusal(staff, bomb.getvalue(), "b.xlsx") == xlsx_files.TOO_LARGE


LONG_CELL = b'<row><c t="inlineStr"><is><t>' + b"x" * (3 * limits.MEGABYTE)
LONG_ROW = b"<row>" + b"<c><v>1</v></c>" * (34 * limits.MEGABYTE // 15)
STYLES = b"<fonts>" + b"<font><b/></font>" * (34 * limits.MEGABYTE // 17)


@pytest.mark.parametrize(
    ("part", "filling"),
    [("sheet1.xml", LONG_CELL), ("sheet1.xml", LONG_ROW), ("styles.xml", STYLES)],
    ids=["one cell", "one row", "styles"],
)
def test_an_xlsx_with_one_part_that_would_fill_the_memory_is_refused(staff, part, filling):
    bomb = changed_xlsx(
        part, lambda content: content.replace(b"<sheetData>", b"<sheetData>" + filling) + filling
    )
    assert len(bomb) < limits.MEGABYTE
    assert refusal(staff, bomb, "b.xlsx") == xlsx_files.TOO_LARGE


def test_an_xlsx_of_many_long_rows_is_no_bomb(staff):
    row = [*NEW.values(), "x" * 30_000]
    content = xlsx_bytes([*NEW, "note"], *[[f"{number}", *row[1:]] for number in range(150)])
    assert upload(staff, content, "b.xlsx").row_count == 150


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client, staff, settings):
    for length, sender in ((100_001, Client()), (210 * 2**20 + 1, staff)):
        answer = sender.generic("POST", "/admin/login/", b"", CONTENT_LENGTH=length)
        assert answer.status_code == 413
        assert "This is too large" in answer.content.decode()


def test_an_xlsx_that_declares_entities_is_refused(staff):
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    content = changed_xlsx("sheet1.xml", lambda content: evil + content)
    assert refusal(staff, content, "b.xlsx") == xlsx_files.BROKEN


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(staff):
    lie = changed_xlsx("sheet1.xml", lambda content: content.replace(b"A1:B2", b"A1:XFD1048576"))
    assert upload(staff, lie, "b.xlsx").row_count == 1


def test_a_sheet_with_a_row_beyond_any_sheet_is_refused(staff, monkeypatch):
    monkeypatch.setattr(xlsx_files, "EXCEL_ROWS", 1000)
    far = changed_xlsx("sheet1.xml", lambda content: content.replace(b'r="2"', b'r="999999999"'))
    assert refusal(staff, far, "b.xlsx") == xlsx_files.BROKEN


def test_a_formula_in_a_sheet_is_refused_at_its_cell(staff):
    found = upload(
        staff, xlsx_bytes([*NEW, "reports", "note"], [*NEW.values(), "=1+1", "=SUM(A1)"]), "b.xlsx"
    )
    assert reasons(found) == [("reports", cells.FORMULA), ("note", cells.FORMULA)]


def test_numbers_and_days_of_a_sheet_are_read_as_the_export_writes_them(staff):
    row = NEW | {
        "announced_on": datetime(2025, 6, 12),  # noqa: DTZ001
        "reports": 19,
        "price_low": 27.5,
        "sold_from": date(2016, 6, 1),
    }
    row |= {"price_currency": "USD", "price_grade": "official", "injuries": 2.0}
    found = upload(staff, xlsx_bytes(list(row), list(row.values())), "b.xlsx")
    said = dict(zip(found.columns, found.rows.get().cells, strict=True))
    assert (said["announced_on"], said["reports"], said["price_low"]) == ("2025-06-12", "19", "27.5")
    assert (said["sold_from"], outcomes(found)) == ("2016-06-01", ["new"])


def test_a_month_of_a_sheet_stays_a_month(staff):
    book = Workbook()
    book.active.append(["title", "sold_from", "sold_until"])
    book.active.append(["x", date(2016, 6, 1), date(2022, 1, 1)])
    book.active["B2"].number_format, book.active["C2"].number_format = "mmm\\-yy", "yyyy"
    content = io.BytesIO()
    book.save(content)
    assert upload(staff, content.getvalue(), "b.xlsx").rows.get().cells == ["x", "2016-06", "2022"]


def test_only_the_first_sheet_is_read(staff):
    book = Workbook()
    book.active.append(["title"])
    book.active.append(["first"])
    book.create_sheet("second").append(["no such column"])
    content = io.BytesIO()
    book.save(content)
    assert titles(upload(staff, content.getvalue(), "b.xlsx")) == ["first"]


def test_what_a_file_is_goes_by_its_content_not_its_name(staff):
    assert upload(staff, xlsx_bytes(list(NEW), list(NEW.values())), "b.csv").format == "XLSX"
    assert upload(staff, csv_bytes(NEW), "b.xlsx").format == "CSV, UTF-8, commas"


def test_headings_may_be_written_large_and_with_blanks(staff):
    content = csv_bytes(NEW).replace(b"title,company", b" Title ,COMPANY")
    assert outcomes(upload(staff, content)) == ["new"]


def test_columns_of_the_export_that_are_computed_are_passed_over(staff):
    computed = {"exposure_low": "5", "address": "x", "sources_otherwise": "y", "reasons": "z"}
    assert outcomes(upload(staff, csv_bytes(NEW | computed))) == ["new"]


def test_a_text_of_several_lines_is_one_cell(staff):
    found = upload(staff, csv_bytes(NEW | {"note": "one\r\ntwo"}, NEW | {"title": "next", "note": ""}))
    assert [row.position for row in found.rows.order_by("position")] == [2, 3]
    assert next(csv.reader([titles(found)[1]])) == ["next"]
