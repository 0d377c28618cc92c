"""Merging and reviewing in the admin, what the public sees of it, and who may."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from suppliers.merging import merge
from suppliers.models import Company, Merge
from tests import factory
from tests.admin_pages import batch_data, list_page, messages, page, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """Anker as entered, and as an import made it; both seen by the public."""
    anker = factory.company("Anker", slug="anker")
    ankr = factory.company("Anker Innovations Ltd", slug="anker-ltd", is_reviewed=False)
    for company in (anker, ankr):
        model = factory.product_model("A1263", company=company, slug=f"a1263-{company.slug}")
        factory.recalled_product(factory.batch(company=company, published=True, units=5), model)
    return SimpleNamespace(kept=anker, merged=ankr)


@pytest.fixture
def publisher(client):
    return sign_in(client, "publisher")


def act(client, action, *records):
    data = {"action": action, "_selected_action": [record.pk for record in records]}
    return client.post(list_page("suppliers_company"), data, follow=True)


def merge_page(*records):
    return reverse("admin:suppliers_company_merge", query={"of": [record.pk for record in records]})


def merged(pair):
    return merge(pair.kept, pair.merged, User.objects.get_or_create(username="staff")[0])


def names_in_list(client, **query):
    changelist = client.get(list_page("suppliers_company"), query).context["cl"]
    return {company.name for company in changelist.result_list}


def test_two_ticked_companies_are_compared_and_the_reviewed_one_is_offered_first(publisher, pair):
    answer = act(publisher, "merge", pair.kept, pair.merged)
    first, second = answer.context["options"]
    assert (first.kept, second.kept, first.refusals) == (pair.kept, pair.merged, [])
    assert "A1263 of both companies, as one model" in answer.text
    assert not Merge.objects.exists()


def test_the_page_says_how_many_rows_move(publisher, pair):
    first, _ = act(publisher, "merge", pair.kept, pair.merged).context["options"]
    moved = {(kind.link.table, kind.move): kind.count for kind in first.moves}
    assert moved == {
        ("recalls_recallbatch", "moved"): 1,
        ("recalls_recalledproduct", "moved"): 1,
        ("suppliers_companyalias", "added"): 1,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_other_than_two_are_not_merged(publisher, pair, count):
    records = [pair.kept, pair.merged, factory.company("Third")][:count]
    assert messages(act(publisher, "merge", *records)) == ["Tick exactly two to merge."]


def test_staff_choose_which_is_kept(publisher, pair):
    address = merge_page(pair.kept, pair.merged)
    answer = publisher.post(address, {"kept": pair.merged.pk}, follow=True)
    record = Merge.objects.get(part_of=None)
    assert (record.kept, record.merged, record.merged_by.username) == (pair.merged, pair.kept, "publisher")
    assert messages(answer) == ["Merged Anker into Anker Innovations Ltd."]
    assert "What it moved" in answer.text


def test_a_merge_that_is_refused_says_what_to_do_first(publisher, pair):
    batch = factory.batch("Both")
    for company in (pair.kept, pair.merged):
        factory.recalled_product(batch, company.product_models.get(), units=company.pk)
    page_before = publisher.get(merge_page(pair.kept, pair.merged))
    answer = publisher.post(merge_page(pair.kept, pair.merged), {"kept": pair.kept.pk})
    assert "change or delete one of them first" in page_before.text
    assert 'value="Merge"' not in page_before.text
    assert "change or delete one of them first" in messages(answer)[0]
    assert not Merge.objects.exists()


def test_a_merge_is_undone_by_a_button_and_kept_in_the_history(publisher, pair):
    record = merged(pair)
    answer = publisher.post(page(record), follow=True)
    pair.merged.refresh_from_db()
    assert (pair.merged.merged_into, pair.merged.batches.count()) == (None, 1)
    assert messages(answer) == ["Undone: the merge of Anker Innovations Ltd into Anker."]
    assert "Undid the merge of" in publisher.get(page(pair.merged, "history")).text


def test_an_undo_that_is_refused_says_why(publisher, pair):
    record = merged(pair)
    merge(factory.company("Third"), pair.kept, None)
    assert "undo that merge first" in messages(publisher.post(page(record), follow=True))[0]


@pytest.mark.parametrize("group", ["reader", "recall editor"])
def test_only_publishers_merge_and_undo(client, pair, group):
    record = merged(pair)
    third, fourth = factory.company("Third"), factory.company("Fourth")
    sign_in(client, group)
    assert client.get(merge_page(third, fourth)).status_code == 403
    assert client.post(merge_page(third, fourth), {"kept": third.pk}).status_code == 403
    assert "Undo" not in client.get(page(record)).text
    assert client.post(page(record)).status_code == 403


def test_who_may_merge_but_not_change_what_is_public_is_refused(client, pair):
    group = Group.objects.create(name="merger")
    group.permissions.set(Permission.objects.filter(codename__in=["merge_company", "change_company"]))
    sign_in(client, "merger")
    assert client.post(merge_page(pair.kept, pair.merged), {"kept": pair.kept.pk}).status_code == 403


@pytest.mark.parametrize("query", ["", "?of=1", "?of=1&of=1", "?of=1&of=x", "?of=1&of=2&of=3"])
def test_what_is_no_pair_leads_back_to_the_list(publisher, query):
    answer = publisher.get(reverse("admin:suppliers_company_merge") + query, follow=True)
    assert (messages(answer), answer.status_code) == (["Tick exactly two to merge."], 200)


def test_a_pair_that_is_merged_meanwhile_leads_back_to_the_list(publisher, pair):
    merged(pair)
    answer = publisher.get(merge_page(pair.kept, pair.merged), follow=True)
    assert messages(answer) == ["One of the two is merged or deleted already."]


def test_lists_and_menus_show_no_merged_company_and_find_it_by_its_old_name(publisher, pair):
    merged(pair)
    assert names_in_list(publisher) == {"Anker"}
    assert names_in_list(publisher, q="innovations") == {"Anker"}
    field = {"app_label": "recalls", "model_name": "recallbatch", "field_name": "company"}
    menu = publisher.get(reverse("admin:autocomplete"), {**field, "term": "innovations"}).json()
    assert [entry["text"] for entry in menu["results"]] == ["Anker"]


def test_a_form_that_was_open_while_its_company_was_merged_says_so(publisher, pair):
    batch = factory.batch()
    merged(pair)
    data = batch_data(slug=batch.slug, region=batch.region_id, company=pair.merged.pk)
    answer = publisher.post(page(batch), data)
    assert "“Anker Innovations Ltd” has been merged into “Anker”: choose that one." in answer.text


def test_a_merged_company_is_only_read(publisher, pair):
    merged(pair)
    assert publisher.post(page(pair.merged), {"name": "Forged"}).status_code == 403
    assert "Merged into" in publisher.get(page(pair.merged)).text


def test_the_record_of_a_merge_is_deleted_only_once_it_is_undone(publisher, pair):
    record = merged(pair)
    assert publisher.post(page(record, "delete"), {"post": "yes"}).status_code == 403
    publisher.post(page(record))
    publisher.post(page(record, "delete"), {"post": "yes"})
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/suppliers/anker-ltd/", "/suppliers/anker/"),
        ("/suppliers/Anker-Ltd/", "/suppliers/anker/"),
        ("/suppliers/anker-ltd/contagion/?currency=EUR", "/suppliers/anker/contagion/?currency=EUR"),
        ("/products/a1263-anker-ltd/", "/products/a1263-anker/"),
    ],
)
def test_the_address_of_what_is_merged_leads_on_as_long_as_it_is(client, pair, old, new):
    assert client.get(old).status_code == 200
    record = merged(pair)
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (302, new)
    sign_in(client, "publisher").post(page(record))
    assert client.get(old).status_code == 200


def test_a_merged_company_leads_to_nothing_that_is_not_public(client):
    hidden, merged_one = factory.company("Hidden"), factory.company("Old", slug="old")
    merge(hidden, merged_one, None)
    assert client.get("/suppliers/old/").status_code == 404


def test_the_public_finds_a_company_by_the_name_of_the_merged_one(client, pair):
    merged(pair)
    found = {s.kind.title: s for s in client.get("/search/?q=innovations").context["sections"]}
    assert [hit["record"].name for hit in found["Companies"].first] == ["Anker"]
    assert client.get("/recalls/?company=anker").context["records"].count == 2
    assert client.get("/recalls/?q=innovations").context["records"].count == 2
    assert "Anker Innovations Ltd" in client.get("/suppliers/anker/").text


def test_new_companies_of_an_import_are_found_and_marked_as_reviewed(publisher, pair):
    assert names_in_list(publisher, is_reviewed__exact=0) == {"Anker Innovations Ltd"}
    answer = act(publisher, "mark_reviewed", pair.kept, pair.merged)
    assert messages(answer) == ["1 company marked as reviewed."]
    assert not Company.objects.filter(is_reviewed=False).exists()


def test_an_editor_marks_no_company_that_the_public_sees(client, pair):
    Company.objects.create(name="Draft", slug="draft", is_reviewed=False)
    sign_in(client, "recall editor")
    answer = act(client, "mark_reviewed", *Company.objects.all())
    assert messages(answer)[0] == "1 company marked as reviewed."
    assert Company.objects.get(is_reviewed=False) == pair.merged
