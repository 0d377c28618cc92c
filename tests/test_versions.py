"""The versions of a record in the admin, a version put back, and what the public reads of them."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from history.models import Version
from history.telling import telling
from recalls.models import RecallBatch, RecalledProduct
from tests import factory
from tests.admin_pages import batch_data, citation_row, errors_at, messages, page, rows, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    return sign_in(client)


@pytest.fixture
def published():
    return factory.batch(published=True, units=1000)


def cells(response):
    """The rows of the versions page: field, before, after."""
    found = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>', response.text, re.DOTALL)
    return [tuple(unescape(text) for text in row) for row in found]


def restore(client, record, version, **data):
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_restore"
    return client.post(reverse(name, args=[record.pk, version]), data, follow=True)


def latest():
    return Version.objects.order_by("pk").last().pk


def correct(batch, units, why="Counted twice.", **said):
    """A correction of the units of a batch, by somebody whose name no page shows."""
    with telling(**{"name": "zacharias", "origin": "page", "why": why, **said}):
        RecallBatch.objects.filter(pk=batch.pk).update(units_low=units, units_high=units)


def revisions(client, batch):
    content = client.get(batch.get_absolute_url()).text
    _, _, table = content.partition('id="our-revisions"')
    rows_ = re.findall(r"<tr>(.*?)</tr>", table.partition("</table>")[0], re.DOTALL)
    texts = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows_]
    return [[unescape(text).strip() for text in row] for row in texts][1:]


def test_versions_show_old_and_new_side_by_side_with_who_and_why(staff):
    batch = factory.batch(units=5)
    with telling(name="anna", origin="page", place="/admin/", why="The notice was corrected."):
        RecallBatch.objects.filter(pk=batch.pk).update(units_low=4, units_high=4, sold_from="2025-06")
    response = staff.get(page(batch, "history"))
    assert cells(response)[:3] == [
        ("Units low", "5", "4"),
        ("Units high", "5", "4"),
        ("Sold from", "–", "2025-06"),
    ]
    assert "anna" in response.text
    assert "Why: The notice was corrected." in response.text


def test_the_versions_of_a_record_hold_those_of_its_parts_also_of_deleted_ones(staff):
    batch = factory.batch()
    with telling(why="entered"):
        line = factory.recalled_product(batch, factory.product_model("A1263"), units=5)
    with telling(why="deleted"):
        line.delete()
    assert ("Units low", "5", "–") in cells(staff.get(page(batch, "history")))


def test_a_change_of_another_record_is_not_among_them(staff):
    batch, other = factory.batch(), factory.batch(title="Something else")
    RecallBatch.objects.filter(pk=other.pk).update(note="Not here.")
    assert "Not here." not in staff.get(page(batch, "history")).text


def test_a_form_of_the_admin_is_kept_with_the_account_page_and_reason(staff):
    batch = factory.batch()
    data = batch_data(slug=batch.slug, region=batch.region_id, title="Another", reason="A misprint.")
    staff.post(page(batch), data)
    change = Version.objects.filter(table="recalls_recallbatch").first().change
    assert (change.name, change.user_key, change.origin) == ("root", User.objects.get().pk, "page")
    assert (change.place, change.why) == (page(batch), "A misprint.")


def test_an_account_has_its_versions_too(staff):
    user = User.objects.create(username="anna")
    with telling(why="Came back."):
        User.objects.filter(pk=user.pk).update(is_active=False)
    assert ("Active", "yes", "no") in cells(staff.get(page(user, "history")))


def test_a_version_is_put_back_as_a_change_of_its_own(staff):
    batch = factory.batch("First")
    version = latest()
    with telling(why="by mistake"):
        RecallBatch.objects.filter(pk=batch.pk).update(title="Second")
    restore(staff, batch, version, reason="It was right.")
    batch.refresh_from_db()
    last = Version.objects.filter(table="recalls_recallbatch").first()
    assert batch.title == "First"
    assert (last.old["title"], last.change.why, last.change.name) == ("Second", "It was right.", "root")


def test_parts_come_and_go_with_the_version_that_is_put_back(staff):
    batch = factory.batch()
    kept = factory.recalled_product(batch, factory.product_model("A1"), units=5)
    version = latest()
    kept_key = kept.pk
    kept.delete()
    factory.recalled_product(batch, factory.product_model("A2"))
    restore(staff, batch, version, reason="Back to the first.")
    line = RecalledProduct.objects.get()
    assert (line.pk, line.product_model.model_number, line.units_low) == (kept_key, "A1", 5)


def test_money_is_put_back_to_the_last_digit(staff):
    amount = "123456789012345678.91"
    batch = factory.batch(
        amount_low=amount,
        amount_high=amount,
        amount_precision="exact",
        amount_currency="USD",
        amount_grade="official",
    )
    version = latest()
    RecallBatch.objects.filter(pk=batch.pk).update(amount_low=1, amount_high=1)
    restore(staff, batch, version, reason="It was right.")
    batch.refresh_from_db()
    assert str(batch.amount_low) == amount


def test_what_stands_against_a_version_is_said_in_a_sentence(staff):
    batch = factory.batch(notice_number="25-1")
    version = latest()
    RecallBatch.objects.filter(pk=batch.pk).update(notice_number="25-2")
    factory.batch(notice_number="25-1")
    said = messages(restore(staff, batch, version, reason="Back."))
    assert said == ["Not restored. This regulator's notice is entered for this region already."]
    batch.refresh_from_db()
    assert batch.notice_number == "25-2"


def test_what_a_published_record_needs_is_not_taken_by_a_version(staff):
    batch = factory.batch()
    version = latest()
    factory.cite(batch)
    RecallBatch.objects.filter(pk=batch.pk).update(is_published=True)
    (said,) = messages(restore(staff, batch, version, reason="Back."))
    assert said.startswith("Not restored: ")
    assert batch.citations.count() == 1


def test_a_version_is_not_put_back_without_a_reason(staff):
    batch = factory.batch("First")
    version = latest()
    RecallBatch.objects.filter(pk=batch.pk).update(title="Second")
    assert messages(restore(staff, batch, version, reason=" ")) == ["Not restored: say why."]


def test_only_a_publisher_puts_back_what_the_public_sees(client, published):
    version = latest()
    correct(published, 900)
    assert restore(sign_in(client, "recall editor"), published, version, reason="Back.").status_code == 403


def test_a_reader_sees_versions_and_puts_none_back(client):
    batch = factory.batch("First")
    version = latest()
    RecallBatch.objects.filter(pk=batch.pk).update(title="Second")
    reader = sign_in(client, "reader")
    assert "Restore how it stood" not in reader.get(page(batch, "history")).text
    assert restore(reader, batch, version, reason="Back.").status_code == 403


def test_publishing_and_changing_a_published_figure_need_a_reason(staff):
    batch = factory.batch(units=5)
    citation = factory.cite(batch)
    row = citation_row(citation.source, id=citation.pk, batch=batch.pk)
    same = {"slug": batch.slug, "region": batch.region_id, "reason": "", **rows("citations", row, stored=1)}
    units = {"units_low": 5, "units_high": 5, "units_precision": "exact", "units_grade": "official"}
    for fields in (
        {"is_published": "on", **units},
        {"is_published": "on", **units, "units_low": 4, "units_high": 4},
    ):
        response = staff.post(page(batch), batch_data(**same, **fields))
        assert errors_at(response, "reason")
        RecallBatch.objects.filter(pk=batch.pk).update(is_published=True)
    assert errors_at(staff.post(page(batch), batch_data(**same, **units)), "reason")  # withdrawing


def test_a_note_on_a_published_batch_needs_none(staff, published):
    citation = published.citations.get()
    row = citation_row(citation.source, id=citation.pk, batch=published.pk)
    units = {"units_low": 1000, "units_high": 1000, "units_precision": "exact", "units_grade": "official"}
    same = {"slug": published.slug, "region": published.region_id, "reason": "", "is_published": "on"}
    data = batch_data(**same, **units, note="A word.", **rows("citations", row, stored=1))
    assert staff.post(page(published), data).status_code == 302


def test_an_action_needs_its_reason_too(staff, published):
    data = {"action": "withdraw", "_selected_action": [published.pk]}
    said = messages(staff.post(reverse("admin:recalls_recallbatch_changelist"), data, follow=True))
    assert said == ["Not withdrawn: give the reason in the box beside the menu; the public reads it."]
    published.refresh_from_db()
    assert published.is_published


def test_the_public_reads_what_was_changed_after_publication_and_why(client, published):
    correct(published, 900)
    ((figure, before, now, _, why),) = revisions(client, published)
    assert (figure, before, now, why) == ("Units", "1,000 (official)", "900 (official)", "Counted twice.")


def test_the_public_never_reads_the_names_of_staff(client, published):
    correct(published, 900)
    assert "zacharias" not in client.get(published.get_absolute_url()).text


def test_what_stood_in_a_draft_is_never_read(client):
    batch = factory.batch(units=777)
    factory.cite(batch)
    correct(batch, 1000, why="draftword")
    RecallBatch.objects.filter(pk=batch.pk).update(is_published=True)
    assert revisions(client, batch) == []
    assert "draftword" not in client.get(batch.get_absolute_url()).text


def test_after_a_withdrawal_the_published_figures_are_compared_and_no_others(client, published):
    for step in (
        {"is_published": False},
        {"units_low": 777, "units_high": 777},
        {"units_low": 900, "units_high": 900},
    ):
        with telling(why="draftword"):
            RecallBatch.objects.filter(pk=published.pk).update(**step)
    with telling(why="Recounted."):
        RecallBatch.objects.filter(pk=published.pk).update(is_published=True)
    ((_, before, now, _, why),) = revisions(client, published)
    assert (before, now, why) == ("1,000 (official)", "900 (official)", "Recounted.")


def test_what_a_regulators_file_changed_stands_among_its_revisions_only(client, published):
    correct(published, 900, origin="import")
    assert revisions(client, published) == []


def test_a_figure_of_a_grade_that_is_switched_off_is_in_no_revision(client, published):
    correct(published, 900)
    content = client.get(published.get_absolute_url(), {"grade": "company"}).text
    assert "our-revisions" not in content
