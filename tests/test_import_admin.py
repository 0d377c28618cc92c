"""What staff read of imports: runs, refused records, raw records."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.urls import reverse

from recalls.import_querysets import LOCK_CLASS
from recalls.models import ImportRun, NoticeLink, RecallBatch, RefusedRow
from tests import factory
from tests.admin_pages import list_page, page, sign_in

pytestmark = pytest.mark.django_db
RUNS, RECORDS = "recalls_importrun", "recalls_noticerecord"


@pytest.fixture
def staff(client):
    return sign_in(client)


def refuse(run, position, reason="It has no title.", raw='{"Title": ""}', number=""):
    return RefusedRow.objects.create(run=run, position=position, reason=reason, raw=raw, number=number)


def standing(run):
    return ImportRun.objects.with_standing().get(pk=run.pk).standing


def test_a_running_import_whose_lock_is_held_is_running():
    run = factory.import_run("running")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, run.regulator_id])
    assert standing(run) == "running"


def test_a_running_import_without_its_lock_was_interrupted(staff):
    run = factory.import_run("running")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, run.regulator_id + 1])
    assert standing(run) == "interrupted"
    assert '<span class="standing interrupted">' in staff.get(list_page(RUNS)).text


def test_an_import_without_a_regulator_holds_the_lock_of_number_nought():
    run = factory.import_run("running", regulator=None)
    assert standing(run) == "interrupted"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCK_CLASS])
    assert standing(run) == "running"


def test_a_failed_run_waits_until_a_later_one_of_its_format_goes_through():
    failed = factory.import_run("failed", error="The file ends in the middle.")
    assert list(ImportRun.objects.waiting()) == [failed]
    factory.import_run(format="cpsc-csv", started_at=failed.finished_at)
    assert list(ImportRun.objects.waiting()) == [failed]
    factory.import_run(started_at=failed.finished_at)
    assert list(ImportRun.objects.waiting()) == []


def test_the_page_of_a_run_has_its_counts_duration_and_error(staff):
    run = factory.import_run("failed", error="The file ends in the middle.", read=7, new=4, refused=3)
    text = staff.get(page(run)).text
    for shown in ("The file ends in the middle.", "1 min 15 s", "2025-06-20 03:00:00 UTC"):
        assert shown in text, shown


def test_a_run_can_be_neither_changed_nor_deleted(staff):
    run = factory.import_run()
    assert staff.post(page(run), {"format": "x"}).status_code == 403
    assert staff.post(page(run, "delete"), {"post": "yes"}).status_code == 403
    assert ImportRun.objects.get().format == "cpsc-api"


def test_refused_records_are_listed_with_reason_and_raw_record(staff):
    run, other = factory.import_run(), factory.import_run()
    row = refuse(run, 3, number="25-338")
    refuse(other, 1, reason="It has no date.")
    query = {"run__id__exact": run.pk}
    assert reverse("admin:recalls_refusedrow_changelist", query=query) in staff.get(page(run)).text
    text = staff.get(list_page("recalls_refusedrow"), query).text
    assert "It has no title." in text
    assert "It has no date." not in text
    assert "&quot;Title&quot;: &quot;&quot;" in staff.get(page(row)).text


def test_many_refused_records_come_in_pages(staff):
    run = factory.import_run()
    for position in range(60):
        refuse(run, position)
    listed = staff.get(list_page("recalls_refusedrow"), {"run__id__exact": run.pk}).context["cl"]
    assert (len(listed.result_list), listed.paginator.num_pages) == (50, 2)


def test_refused_records_are_a_file_safe_to_open(staff):
    run = factory.import_run()
    refuse(run, 2, raw="=cmd|' /C calc'!A0")
    refuse(run, 1, number="25-338")
    refuse(factory.import_run(), 9)
    response = staff.get(reverse("admin:recalls_importrun_refused", args=[run.pk]))
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
    assert [(row["position"], row["number"]) for row in rows] == [("1", "25-338"), ("2", "")]
    assert rows[1]["raw"] == "'=cmd|' /C calc'!A0"


def test_only_who_may_see_runs_gets_the_file(client):
    run = factory.import_run()
    address = reverse("admin:recalls_importrun_refused", args=[run.pk])
    assert client.get(address).status_code == 302
    assert sign_in(client, "reader").get(address).status_code == 200
    Group.objects.get(name="reader").permissions.clear()
    assert client.get(address).status_code == 403


def test_a_raw_record_is_shown_indented_and_escaped(staff):
    record = factory.notice_record(raw='{"Title": "<script>火", "Units": [1]}')
    text = staff.get(page(record)).text
    assert "{\n  &quot;Title&quot;: &quot;&lt;script&gt;火&quot;,\n" in text


def test_what_is_no_json_is_shown_as_it_came(staff):
    assert "&lt;broken" in staff.get(page(factory.notice_record(raw="<broken"))).text


def test_a_batch_leads_to_all_that_files_said_of_its_notice(staff):
    batch = factory.batch(notice_number="25-338")
    assert "raw record" not in staff.get(page(batch)).text
    factory.notice_record(is_current=False)
    factory.notice_record()
    factory.notice_record("25-339")
    response = staff.get(page(batch))
    assert "2 raw records" in response.text
    query = {"regulator__id__exact": batch.regulator_id, "number": "25-338"}
    assert staff.get(list_page(RECORDS), query).context["cl"].result_count == 2


def test_a_draft_says_why_its_quantity_was_not_read_until_units_are_entered(staff):
    batch = factory.batch(notice_number="25-374")
    factory.imported(batch, "“26, 800” may be one number or two.", record=factory.notice_record("25-374"))
    assert "may be one number or two" in staff.get(page(batch)).text
    RecallBatch.objects.update(units_low=5, units_high=5, units_precision="exact", units_grade="official")
    assert "may be one number or two" not in staff.get(page(batch)).text


def test_a_number_of_a_notice_finds_its_records_by_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT * FROM recalls_noticerecord WHERE regulator_id = 1 AND number = '25-338'"
        )
        assert "recalls_noticerecord_versions" in str(cursor.fetchall())


def test_links_that_are_not_followed_are_listed(staff):
    batch = factory.batch()
    NoticeLink.objects.create(batch=batch, kind="expands", target="24-100")
    NoticeLink.objects.create(batch=batch, kind="expands", target="24-101", followed_at="2025-06-20T03:00Z")
    text = staff.get(list_page("recalls_noticelink")).text
    assert "24-100" in text
    assert "24-101" not in text
    assert "24-101" in staff.get(list_page("recalls_noticelink"), {"show": "all"}).text


@pytest.mark.parametrize("slug", ["revisions", "Revisions"])
def test_no_batch_can_take_the_address_of_the_list_of_revisions(slug):
    batch = factory.batch()
    batch.slug = slug
    with pytest.raises(ValidationError, match="list of revisions"):
        batch.full_clean()
    with pytest.raises(IntegrityError):
        batch.save()


def test_staff_enter_the_texts_and_the_warning_that_a_batch_follows_up(staff):
    text = staff.get(page(factory.batch())).text
    for name in ("raw_sold", "raw_harm", "upgrades"):
        assert f'name="{name}"' in text, name
