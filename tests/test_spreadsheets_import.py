"""An import writes what the preview showed: all of it or nothing, or the good rows, and leaves its record."""

import csv
import hashlib
import io

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from recalls.admin import spreadsheets as pages
from recalls.models import ImportRun, RecallBatch, RefusedRow, SpreadsheetUpload
from recalls.spreadsheets import runs, staging, writing
from tests import factory
from tests.admin_pages import messages, sign_in
from tests.spreadsheets import (
    NEW,
    counts,
    csv_bytes,
    decide,
    everything,
    imported,
    outcomes,
    previewed,
    reasons,
    upload,
)

pytestmark = pytest.mark.django_db
WHOLE = {
    "notice_number": "25-338",
    "models": "A1263",
    "hazards": "fire; burn",
    "remedies": "refund; voucher",
    "units_low": "1158000",
    "units_precision": "approximate",
    "units_grade": "official",
    "price_low": "27",
    "price_currency": "USD",
    "price_grade": "official",
    "sold_from": "2016-06",
}


@pytest.fixture
def staff(client):
    factory.product_model("A1263", company=factory.company("Anker"))
    factory.regulator("CPSC", "US")
    return sign_in(client)


@pytest.fixture
def two_a_chunk(monkeypatch):
    monkeypatch.setattr(staging, "CHUNK", 2)
    monkeypatch.setattr(writing, "CHUNK", 2)


def numbered(*numbers, **fields):
    return [NEW | {"notice_number": number} | fields for number in numbers]


def test_a_new_row_becomes_a_draft_with_its_parts(staff):
    source = factory.source()
    run = imported(staff, NEW | WHOLE | {"sources": source.url})
    batch = RecallBatch.objects.get(slug="us-25-338")
    assert (batch.is_published, batch.units_high, batch.price_high) == (False, 1_158_000, 27)
    assert (batch.region.code, str(batch.sold_from)) == ("US", "2016-06")
    assert batch.hazards == ["fire", "burn"]
    assert [line.product_model.model_number for line in batch.products.all()] == ["A1263"]
    assert {remedy.kind for remedy in batch.remedies.all()} == {"refund", "voucher"}
    assert batch.citations.get().source == source
    assert counts(run) == (1, 1, 0, 0, 0)


def test_the_run_says_who_what_and_when(staff):
    content = csv_bytes(NEW)
    decide(staff, upload(staff, content, "june.csv"), "all")
    run = ImportRun.objects.get()
    assert (run.format, run.who.username, run.address) == ("spreadsheet", "root", "june.csv")
    assert run.sha256 == hashlib.sha256(content).hexdigest()
    assert (run.state, run.regulator) == ("finished", None)
    assert run.retrieved_at <= run.started_at <= run.finished_at


def test_the_history_of_a_batch_names_the_file_row_and_columns(staff):
    factory.batch(slug="a")
    imported(staff, {"slug": "a", "note": "x", "cause": "y"})
    assert LogEntry.objects.get().change_message == "Spreadsheet batches.csv, row 2: cause, note."


def test_a_changed_row_changes_its_columns_and_no_others(staff):
    batch = factory.batch(slug="a", published=True, units=5, cause="heat")
    imported(staff, {"slug": "a", "note": "recalled twice"})
    after = RecallBatch.objects.get()
    assert (after.note, after.cause, after.units_low, after.is_published) == (
        "recalled twice",
        "heat",
        5,
        True,
    )
    assert after.citations.count() == batch.citations.count() == 1


def test_parts_are_added_and_removed_and_others_keep_what_they_say(staff):
    anker = factory.company("Anker")
    batch = factory.batch(slug="a", company=anker)
    kept = factory.recalled_product(batch, factory.product_model("A1", company=anker), units=7)
    factory.recalled_product(batch, factory.product_model("A2", company=anker))
    batch.remedies.create(kind="refund", note="in full")
    batch.remedies.create(kind="repair")
    imported(staff, {"slug": "a", "models": "A1; A1263", "remedies": "refund; label"})
    assert [str(line) for line in batch.products.all()] == ["A1", "A1263"]
    assert batch.products.first() == kept
    assert {(r.kind, r.note) for r in batch.remedies.all()} == {("refund", "in full"), ("label", "")}


def test_the_same_file_a_second_time_writes_nothing_to_batches(staff):
    rows = [NEW | WHOLE, *numbered("25-1"), NEW | {"notice_number": ""}]
    rows = [dict.fromkeys(rows[0], "") | row for row in rows]
    assert counts(imported(staff, *rows)) == (3, 3, 0, 0, 0)
    before = everything()
    assert counts(imported(staff, *rows)) == (3, 0, 0, 3, 0)
    assert everything() == before


def test_all_or_nothing_is_nothing_while_a_row_is_refused(staff):
    found = previewed(staff, *numbered("25-1"), NEW | {"notice_number": "25-2", "company": "Nobody"})
    assert messages(decide(staff, found, "all")) == [pages.SOME_REFUSED]
    assert not RecallBatch.objects.exists()
    assert not ImportRun.objects.exists()


def test_the_good_rows_go_in_and_the_refused_ones_stay_with_the_run(staff):
    run = imported(
        staff, *numbered("25-1"), NEW | {"notice_number": "25-2", "company": "Nobody"}, mode="good"
    )
    assert counts(run) == (2, 1, 0, 0, 1)
    refused = RefusedRow.objects.get()
    assert (refused.position, refused.number) == (3, "25-2")
    assert refused.reason.startswith("company: No company of this name is entered")
    assert refused.raw == f"{NEW['title']},Nobody,CPSC,2025-06-12,25-2"


def test_the_file_of_refused_rows_can_be_mended_and_uploaded_again(staff):
    found = previewed(staff, *numbered("25-1"), NEW | {"notice_number": "25-2", "company": "Nobody"})
    address = reverse("admin:recalls_recallbatch_spreadsheet_refused", args=[found.pk])
    file = b"".join(staff.get(address)).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(file))
    assert next(iter(row)) == "reasons"
    assert row["reasons"].startswith("company: No company of this name")
    assert counts(imported(staff, row | {"company": "Anker"})) == (1, 1, 0, 0, 0)


def test_a_formula_does_not_run_in_the_file_of_refused_rows(staff):
    found = previewed(staff, NEW | {"title": "=HYPERLINK(1)"})
    address = reverse("admin:recalls_recallbatch_spreadsheet_refused", args=[found.pk])
    assert b"'=HYPERLINK(1)" in b"".join(staff.get(address))


def test_a_batch_that_changed_since_the_preview_is_refused(staff):
    factory.batch(slug="a")
    factory.batch(slug="b")
    found = previewed(staff, {"slug": "a", "note": "x"}, {"slug": "b", "note": "x"})
    RecallBatch.objects.filter(slug="a").update(cause="somebody else's")
    decide(staff, found, "good")
    assert list(RecallBatch.objects.order_by("slug").values_list("note", flat=True)) == ["", "x"]
    assert counts(ImportRun.objects.get()) == (2, 0, 1, 0, 1)
    assert reasons(found) == [("", writing.MOVED)]


def test_or_breaks_off_all_or_nothing_which_may_then_be_tried_again(staff):
    factory.batch(slug="a")
    factory.batch(slug="b")
    found = previewed(staff, {"slug": "b", "note": "x"}, {"slug": "a", "note": "x"})
    RecallBatch.objects.filter(slug="a").update(cause="somebody else's")
    said = messages(decide(staff, found, "all"))
    run = ImportRun.objects.get()
    assert (run.state, counts(run)) == ("failed", (0, 0, 0, 0, 0))
    assert said == [run.error] == [writing.NOTHING.format(f"row 3: {writing.MOVED}")]
    assert not RecallBatch.objects.filter(note="x").exists()
    decide(staff, found, "good")
    assert RecallBatch.objects.get(note="x").slug == "b"


def test_what_only_the_database_refuses_is_found_and_the_rest_goes_in(staff):
    """Each row alone may stand, but together they would count two levels deep."""
    for slug in "abcd":
        factory.batch(slug=slug)
    links = {"a": "b", "b": "c", "d": "c"}
    run = imported(staff, *({"slug": a, "counted_in": b} for a, b in links.items()), mode="good")
    assert counts(run) == (3, 0, 2, 0, 1)
    assert RefusedRow.objects.get().reason.startswith("Counted in is one level deep")


def test_a_number_that_somebody_entered_meanwhile_is_refused(staff):
    found = previewed(staff, *numbered("25-1", "25-2"))
    factory.batch(notice_number="25-1")
    decide(staff, found, "good")
    assert counts(ImportRun.objects.get()) == (2, 1, 0, 0, 1)


def test_a_broken_off_import_goes_on_where_it_stood(staff, two_a_chunk, monkeypatch):
    found = previewed(staff, *numbered("1", "2", "3", "4", "5"))
    monkeypatch.setattr(pages, "SECONDS", 0)
    runs.start(found.pk, found.who, is_whole=False)
    assert writing.import_next(found.pk, found.who, may_publish=True)
    assert counts(ImportRun.objects.get()) == (2, 2, 0, 0, 0)
    monkeypatch.setattr(pages, "SECONDS", 5)
    assert (
        "go-on"
        in staff.get(reverse("admin:recalls_recallbatch_spreadsheet", args=[found.pk])).content.decode()
    )
    decide(staff, found, "")
    assert counts(ImportRun.objects.get()) == (5, 5, 0, 0, 0)
    assert ImportRun.objects.get().state == "finished"


def test_a_second_click_imports_nothing_more(staff):
    found = previewed(staff, *numbered("1"))
    decide(staff, found, "good")
    decide(staff, found, "good")
    assert (RecallBatch.objects.count(), ImportRun.objects.count()) == (1, 1)


def test_rows_of_several_chunks_know_of_one_another(staff, two_a_chunk):
    other_days = [NEW | {"announced_on": f"2025-06-{day}"} for day in (12, 13, 14, 12)]
    found = previewed(staff, *other_days)
    assert outcomes(found) == ["new", "new", "new", "refused"]
    decide(staff, found, "good")
    stem = f"us-{factory.company('Anker').slug}-powercore-10000-power-banks"
    assert set(RecallBatch.objects.values_list("slug", flat=True)) == {stem, f"{stem}-2", f"{stem}-3"}


def test_a_row_costs_no_query(staff, django_assert_max_num_queries):
    with django_assert_max_num_queries(120):
        imported(staff, *numbered(*(str(number) for number in range(300)), models="A1263"))
    assert RecallBatch.objects.count() == 300


def test_old_uploads_go_with_the_next(staff):
    old = previewed(staff, *numbered("1"))
    SpreadsheetUpload.objects.filter(pk=old.pk).update(uploaded_at="2020-01-01T00:00Z")
    previewed(staff, *numbered("2"))
    assert not SpreadsheetUpload.objects.filter(pk=old.pk).exists()


def test_the_pages_show_rows_by_outcome(staff):
    found = previewed(staff, *numbered("1"), NEW | {"notice_number": "2", "company": "<b>Nobody</b>"})
    address = reverse("admin:recalls_recallbatch_spreadsheet", args=[found.pk])
    shown = staff.get(address, {"outcome": "refused"}).content.decode()
    assert "&lt;b&gt;Nobody&lt;/b&gt;" in shown
    assert "<b>Nobody" not in shown
    assert len(staff.get(address, {"outcome": "new"}).context["preview"].rows) == 1
    assert staff.get(address, {"outcome": "x", "page": "y"}).status_code == 200


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_template_is_offered(staff, name):
    response = staff.get(reverse(f"admin:recalls_recallbatch_spreadsheet_template_{name}"))
    assert response["Content-Disposition"] == f'attachment; filename="recall-batches.{name}"'
    assert len(response.content) > 1000
