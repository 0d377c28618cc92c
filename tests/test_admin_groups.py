"""What each group of staff may do, and that no forged request lets it do more."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from recalls.models import ContributingFactor, RecallBatch
from suppliers.models import Company, CompanyAlias
from tests import factory
from tests.admin_pages import (
    add_page,
    batch_data,
    citation_row,
    errors_at,
    list_page,
    messages,
    page,
    rows,
    sign_in,
)

pytestmark = pytest.mark.django_db
COMPANY_ROWS = {**rows("aliases"), **rows("owners"), **rows("holdings"), **rows("citations")}


@pytest.fixture
def reader(client):
    return sign_in(client, "reader")


@pytest.fixture
def editor(client):
    return sign_in(client, "recall editor")


@pytest.fixture
def publisher(client):
    return sign_in(client, "publisher")


def act(client, action, *records):
    data = {"action": action, "_selected_action": [record.pk for record in records], "reason": "As agreed."}
    return client.post(list_page("recalls_recallbatch"), data, follow=True)


def change(client, batch, **fields):
    data = batch_data(slug=batch.slug, region=batch.region_id, **fields)
    return client.post(page(batch), data)


def is_published(record):
    record.refresh_from_db()
    return record.is_published


def test_groups_exist_after_migrating():
    assert set(Group.objects.values_list("name", flat=True)) == {"reader", "recall editor", "publisher"}


def test_groups_are_made_good_and_extras_are_left():
    reader, extra = Group.objects.get(name="reader"), Permission.objects.get(codename="add_region")
    reader.permissions.set([extra])
    call_command("migrate", verbosity=0)
    codenames = set(reader.permissions.values_list("codename", flat=True))
    assert {"view_recallbatch", "view_company", "view_source", "add_region"} <= codenames


@pytest.mark.parametrize(
    ("name", "actions"),
    [
        ("reader", {"view"}),
        ("recall editor", {"view", "add", "change"}),
        ("publisher", {"view", "add", "change", "delete", "publish"}),
    ],
)
def test_each_group_may_do_its_part(name, actions):
    codenames = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
    assert {codename for codename in codenames if codename.endswith("_recallbatch")} == {
        f"{action}_recallbatch" for action in actions
    }


def test_reader_sees_a_batch_and_changes_nothing(reader):
    batch = factory.batch("Stays as it is")
    assert reader.get(page(batch)).status_code == 200
    assert change(reader, batch, title="Forged").status_code == 403
    assert reader.get(add_page("recalls_recallbatch")).status_code == 403


def test_editor_adds_a_draft(editor):
    editor.post(add_page("recalls_recallbatch"), batch_data(**rows("citations", citation_row())))
    batch = RecallBatch.objects.get()
    assert (batch.is_published, batch.citations.count()) == (False, 1)


def test_editor_changes_a_draft_and_removes_its_lines(editor):
    batch = factory.batch()
    line = factory.recalled_product(batch, factory.product_model())
    row = {"id": line.pk, "batch": batch.pk, "product_model": line.product_model_id, "DELETE": "on"}
    change(editor, batch, title="Better words", **rows("products", row, stored=1))
    batch.refresh_from_db()
    assert (batch.title, batch.products.count()) == ("Better words", 0)


def test_editor_can_not_publish_by_a_forged_field(editor):
    batch = factory.batch()
    factory.cite(batch)
    change(editor, batch, is_published="on")
    assert not is_published(batch)


def test_editor_can_not_add_what_is_published(editor):
    editor.post(
        add_page("recalls_recallbatch"), batch_data(is_published="on", **rows("citations", citation_row()))
    )
    assert not RecallBatch.objects.get().is_published


@pytest.mark.parametrize("action", ["publish", "withdraw", "delete_selected"])
def test_editor_has_no_action_that_publishes_or_deletes(editor, action):
    draft, published = factory.batch(), factory.batch(published=True)
    factory.cite(draft)
    act(editor, action, draft, published)
    assert (is_published(draft), is_published(published)) == (False, True)


def test_editor_can_not_change_a_published_batch(editor):
    batch = factory.batch(published=True)
    assert change(editor, batch, title="Forged").status_code == 403
    assert editor.get(page(batch)).status_code == 200


def test_editor_can_not_change_the_citations_of_a_published_batch(editor):
    batch = factory.batch(published=True)
    assert change(editor, batch, **rows("citations", citation_row())).status_code == 403
    assert batch.citations.count() == 1


def test_editor_can_not_delete(editor):
    assert editor.post(page(factory.batch(), "delete"), {"post": "yes"}).status_code == 403


def factor_data(incident):
    fields = {"text": "No check of parts", "grade": "reported", "category": "quality"}
    return {**fields, "incident": incident.pk, **rows("citations")}


def test_editor_adds_a_part_to_a_draft_incident(editor):
    editor.post(add_page("recalls_contributingfactor"), factor_data(factory.incident()))
    assert ContributingFactor.objects.exists()


def test_editor_can_not_add_a_part_to_a_published_incident(editor):
    data = factor_data(factory.incident(published=True))
    response = editor.post(add_page("recalls_contributingfactor"), data)
    assert errors_at(response, "incident") == ["Only a publisher adds to an incident that is published."]


def test_editor_can_not_change_a_part_of_a_published_incident(editor):
    incident = factory.incident(published=True)
    factor = ContributingFactor.objects.create(
        incident=incident, text="Before", grade="reported", category="quality"
    )
    assert editor.post(page(factor), factor_data(factory.incident())).status_code == 403


def test_editor_can_not_change_a_published_claim(editor):
    claim = factory.claim(factory.company("Apex"), published=True)
    assert editor.post(page(claim), {"text": "Forged"}).status_code == 403


def company_data(company, **fields):
    return {"name": company.name, "slug": company.slug, **COMPANY_ROWS, **fields}


def test_editor_changes_a_company_that_the_public_does_not_see(editor):
    company = factory.company("Ankr")
    factory.batch(company=company)
    editor.post(page(company), company_data(company, name="Anker"))
    assert Company.objects.get().name == "Anker"


def test_editor_can_not_change_a_company_that_the_public_sees(editor):
    company = factory.company("Anker")
    factory.batch(company=company, published=True)
    assert editor.post(page(company), company_data(company, name="Forged")).status_code == 403


def test_editor_can_not_change_a_source_that_the_public_sees(editor):
    batch = factory.batch(published=True)
    assert editor.post(page(batch.citations.get().source), {}).status_code == 403


def test_publisher_changes_what_is_published(publisher):
    batch = factory.batch(published=True)
    citation = batch.citations.get()
    row = {"id": citation.pk, "batch": batch.pk, **citation_row(citation.source)}
    change(publisher, batch, title="Corrected", is_published="on", **rows("citations", row, stored=1))
    batch.refresh_from_db()
    assert (batch.title, batch.is_published) == ("Corrected", True)


def test_publisher_adds_an_alias_to_a_company_that_the_public_sees(publisher):
    company = factory.company("Anker")
    factory.batch(company=company, published=True)
    alias = {"name": "安克创新", "language": "zh"}
    publisher.post(page(company), company_data(company, **rows("aliases", alias)))
    assert CompanyAlias.objects.get().company == company


def test_publisher_publishes_what_is_cited_and_hears_what_is_not(publisher):
    cited, uncited = factory.batch("Cited"), factory.batch("Uncited")
    factory.cite(cited)
    said = messages(act(publisher, "publish", cited, uncited))
    assert (is_published(cited), is_published(uncited)) == (True, False)
    assert said == [
        "1 recall batch published.",
        "Not published, because no citation supports it: Uncited (US, 2025-06-12).",
    ]


def test_citation_that_contradicts_does_not_let_a_batch_be_published(publisher):
    batch = factory.batch()
    factory.cite(batch, stance="contradicts", figure="units", stated_low=5)
    act(publisher, "publish", batch)
    assert not is_published(batch)


def test_publisher_withdraws(publisher):
    one, two, draft = factory.batch(published=True), factory.batch(published=True), factory.batch()
    said = messages(act(publisher, "withdraw", one, two, draft))
    assert (is_published(one), is_published(two)) == (False, False)
    assert said == ["2 recall batches withdrawn.", "1 recall batch was a draft already."]


def test_publishing_is_kept_in_the_history(publisher):
    batch = factory.batch()
    factory.cite(batch)
    act(publisher, "publish", batch)
    history = publisher.get(page(batch, "history")).content.decode()
    assert "Published." in history


def test_publisher_publishes_an_incident_without_a_citation(publisher):
    incident = factory.incident()
    data = {"action": "publish", "_selected_action": [incident.pk], "reason": "As agreed."}
    publisher.post(list_page("recalls_incident"), data)
    assert is_published(incident)


def test_publisher_deletes_a_published_batch_with_its_lines(publisher):
    batch = factory.batch(published=True)
    factory.recalled_product(batch, factory.product_model())
    publisher.post(page(batch, "delete"), {"post": "yes"})
    assert not RecallBatch.objects.exists()


def test_staff_without_a_group_see_nothing(client):
    Group.objects.create(name="nobody")
    assert sign_in(client, "nobody").get(list_page("recalls_recallbatch")).status_code == 403


def test_index_names_the_product_and_begins_with_batches(publisher):
    response = publisher.get(reverse("admin:index"))
    assert response.context["site_header"] == "Recall incident tracker: staff"
    assert response.context["app_list"][0]["models"][0]["object_name"] == "RecallBatch"
