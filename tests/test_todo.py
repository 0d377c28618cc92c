"""What waits for staff, on one page with its counts, shown to those who may act on it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recalls.duplicates import propose
from recalls.models import NoticeLink
from recalls.to_do import tasks, tasks_of
from tests import factory
from tests.admin_pages import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/to-do/"


def waiting(client):
    return {task.name: task.count for task in client.get(PAGE).context["tasks"] if task.count}


@pytest.fixture
def one_of_each():
    """A task of each kind but companies: two drafts, one of them with a refused quantity."""
    factory.import_run("failed", error="The file ends in the middle.")
    refused = factory.batch(raw_units="About five six units", published=False)
    record = factory.notice_record(run=factory.import_run(format="cpsc-csv"), is_current=False)
    factory.imported(refused, "Two numbers without a word between.", record)
    ours, theirs = factory.batch(published=True), factory.batch(regulator=factory.regulator("METI", "JP"))
    for batch in (ours, theirs):
        factory.recalled_product(batch, factory.product_model())
    propose([ours.pk])
    factory.difference(ours, record=record)
    NoticeLink.objects.create(batch=ours, kind="expands", target="24-100")
    factory.ownership(factory.company("A"), factory.company("B"))


def test_each_task_is_counted(client, one_of_each):
    assert waiting(sign_in(client)) == {
        "Imports that failed or broke off": 1,
        "Quantities that were refused": 1,
        "Differences from regulators' files": 1,
        "Possible duplicates": 1,
        "Notices named and not linked": 1,
        "Drafts: recall batches": 2,
        "Drafts: ownership": 1,
    }


def test_each_task_leads_to_a_list_with_as_many_rows(client, one_of_each):
    staff = sign_in(client)
    for task in staff.get(PAGE).context["tasks"]:
        if task.count:
            listed = staff.get(task.address)
            assert listed.status_code == 200, task.name
            assert listed.context["cl"].result_count == task.count, task.name


def test_all_is_counted_in_one_query(one_of_each):
    user = User.objects.create(username="root", is_superuser=True)
    with CaptureQueriesContext(connection) as asked:
        tasks_of(user)
    assert len(asked) == 1


def test_the_index_leads_to_what_waits(client, one_of_each):
    text = sign_in(client).get("/admin/").text
    assert f'href="{PAGE}"' in text
    assert 'Possible duplicates</a> <span class="count">1</span>' in text
    assert "Drafts: incidents" not in text


def test_the_index_says_where_nothing_waits(client):
    assert "nothing waits" in sign_in(client).get("/admin/").text


def test_a_refused_quantity_is_listed_with_text_and_reason_until_it_is_entered(client, one_of_each):
    staff = sign_in(client)
    text = staff.get("/admin/recalls/importedbatch/?show=waiting").text
    assert "About five six units" in text
    assert "Two numbers without a word between." in text
    factory.recalls.RecallBatch.objects.filter(imported__isnull=False).update(
        units_low=11, units_high=11, units_precision="exact", units_grade="official"
    )
    assert "Quantities that were refused" not in waiting(staff)


def test_a_published_batch_without_units_is_no_refused_quantity(client):
    factory.imported(factory.batch(published=True), "No number.")
    assert waiting(sign_in(client)) == {}


def test_a_reader_has_nothing_to_do(client, one_of_each):
    reader = sign_in(client, "reader")
    assert reader.get(PAGE).context["tasks"] == []
    assert PAGE not in reader.get("/admin/").text


def test_each_sees_only_what_he_may_act_on(client, one_of_each):
    member = User.objects.create(username="supplier desk", is_staff=True)
    member.user_permissions.add(Permission.objects.get(codename="change_ownership"))
    client.force_login(member)
    assert waiting(client) == {"Drafts: ownership": 1}


def test_visitors_are_sent_to_sign_in(client):
    assert client.get(PAGE).status_code == 302


def test_every_task_has_a_permission_that_exists():
    codenames = set(Permission.objects.values_list("content_type__app_label", "codename"))
    assert all(tuple(task.permission.split(".")) in codenames for task in tasks())
