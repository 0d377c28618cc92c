"""The real quantity texts, read as checked by eye, and the command that reads a file of them."""

import csv
import hashlib
import io
import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from recalls.importers.quantities import read_quantity

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared")) / "data" / "cpsc"
READINGS = Path(__file__).with_name("quantity_readings.json")


def real(name):
    if not SHARED.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"The real records are not here: {SHARED}")
    return (SHARED / name).open(encoding="utf-8-sig", newline="")


def test_every_real_text_is_read_as_checked_by_eye():
    expected = json.loads(READINGS.read_text())
    with real("units.jsonl") as lines:
        texts = [json.loads(line) for line in lines]
    readings = {hashlib.sha256(text.encode()).hexdigest(): read_quantity(text).as_dict() for text in texts}
    assert readings == expected
    assert sum(reading["refused"] is None for reading in readings.values()) >= 0.97 * len(texts)


def test_nearly_all_real_listings_are_read():
    with real("listing.csv") as rows:
        texts = [row["Units"] for row in csv.DictReader(rows) if row["Units"].strip()]
    assert sum(read_quantity(text).refused is None for text in texts) >= 0.97 * len(texts)


def command(tmp_path, content, **options):
    file, out, err = tmp_path / "texts.jsonl", io.StringIO(), io.StringIO()
    file.write_bytes(content)
    try:
        call_command("read_quantities", str(file), stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(f"failed: {error}")
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_command_writes_one_object_a_line_in_order(tmp_path):
    objects, messages = command(tmp_path, '\ufeff"About 90"\n"5.900 caf\u00e9s"'.encode())
    assert [len(found["units"]) for found in objects] == [1, 0]
    assert set(objects[0]) == {"units", "earlier", "refused"}
    assert messages == "1 read, 1 refused.\n"


def test_command_names_bad_lines_and_loses_no_other(tmp_path):
    objects, messages = command(tmp_path, b'"90"\n{"a":\n\xff\n90\n"91"\n')
    assert [found["units"][0]["low"] if found["units"] else None for found in objects] == [
        *(90, None, None, None, 91)
    ]
    assert "Line 2 is not JSON." in messages and "Line 4 is JSON, but not a string." in messages
    assert "failed: 3 of 5 lines hold no JSON string." in messages


def test_command_reads_stdin_for_another_region(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'"90 in Canada"\n')))
    call_command("read_quantities", "-", region="CA", stdout=out, stderr=io.StringIO())
    assert json.loads(out.getvalue())["units"][0]["region"] == "CA"


def test_command_refuses_a_missing_file_and_an_unknown_region(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("read_quantities", str(tmp_path / "none"))
    with pytest.raises(CommandError, match="two capital letters"):
        call_command("read_quantities", "-", region="Canada")
