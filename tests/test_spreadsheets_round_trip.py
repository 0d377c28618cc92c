"""What the tracker exports, it imports again without a change."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recalls.models import BatchRemedy, ImportRun, RecallBatch
from recalls.spreadsheets import template
from tests import factory
from tests.admin_pages import sign_in
from tests.spreadsheets import counts, decide, everything, outcomes, upload, xlsx_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]


@pytest.fixture
def staff(client):
    return sign_in(client)


def exported(query="export=csv"):
    return b"".join(Client().get(f"/recalls/?{query}"))


def as_sheet(content):
    rows = csv.reader(io.StringIO(content.decode("utf-8")))
    return xlsx_bytes(*([text or None for text in row] for row in rows))


@pytest.mark.parametrize("query", ["export=csv", "export=csv&bom=1", "export=csv&sort=-units&currency=EUR"])
def test_an_exported_file_changes_nothing(staff, query):
    before = everything()
    found = upload(staff, exported(query))
    assert set(outcomes(found)) == {"unchanged"}
    decide(staff, found, "all")
    assert everything() == before
    published = RecallBatch.objects.visible().count()
    assert counts(ImportRun.objects.get()) == (published, 0, 0, published, 0)


def test_an_exported_file_saved_as_xlsx_changes_nothing(staff):
    found = upload(staff, as_sheet(exported()), "batches.xlsx")
    assert found.format == "XLSX"
    assert set(outcomes(found)) == {"unchanged"}


@pytest.mark.parametrize(("encoding", "separator"), [("utf-16", ","), ("gb18030", ";"), ("utf-8", "\t")])
def test_nor_does_it_in_another_encoding_with_another_separator(staff, encoding, separator):
    rows = csv.reader(io.StringIO(exported().decode("utf-8")))
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    assert set(outcomes(upload(staff, text.getvalue().encode(encoding)))) == {"unchanged"}


def test_awkward_texts_come_back_as_they_were(staff):
    awkward = {
        "title": "=SUM(A1)",
        "note": "'=1 with an apostrophe of its own\r\nand a second line ",
        "cause": "-5 °C; “quoted”, 电池\t",
        "price_low": "0.10",
        "price_currency": "USD",
        "price_grade": "official",
        "made_from": "2025-H1",
        "hazards": ["fire", "burn"],
    }
    batch = factory.batch(published=True, notice_number="-12", **awkward)
    BatchRemedy.objects.create(batch=batch, kind="refund", note="in full")
    factory.recalled_product(batch, factory.product_model("A; B"), units=7)
    assert set(outcomes(upload(staff, exported()))) == {"unchanged"}
    assert set(outcomes(upload(staff, as_sheet(exported()), "b.xlsx"))) == {"unchanged"}


def test_links_to_drafts_which_no_file_shows_stay(staff):
    draft = factory.incident(published=False)
    batch = factory.batch(published=True, incident=draft)
    assert set(outcomes(upload(staff, exported()))) == {"unchanged"}
    batch.refresh_from_db()
    assert batch.incident == draft


def test_looking_at_unchanged_rows_takes_no_query_a_row(staff):
    """One statement of the database fewer than 60 for 24 batches, all in one chunk."""
    content = exported()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        upload(staff, content)
    assert len(queries) < 60


@pytest.mark.parametrize("make", [template.as_csv, template.as_xlsx])
def test_the_template_is_read_and_has_no_rows(staff, make):
    response = staff.post("/admin/recalls/recallbatch/spreadsheets/", {"file": io.BytesIO(make())})
    assert response.context["form"].errors["file"] == ["It has a header, but no rows below it."]
