"""Two people at once: nobody's work is lost, and everybody is told. Driven through the pages of the admin."""

import re
from html import unescape
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import Group, User
from django.db import connections
from django.test import Client
from django.urls import reverse

from history.meanwhile import is_snapshot
from history.telling import telling
from recalls.models import DuplicateProposal, Event, Incident, RecallBatch, RecalledProduct
from suppliers.models import Company, CompanyAlias, Merge
from tests import factory
from tests.admin_pages import batch_data, errors_at, line_row, list_page, page, row_errors, rows

pytestmark = pytest.mark.django_db(transaction=True)  # two people are two transactions


def person(name):
    user = User.objects.create(username=name, is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def anna():
    return person("anna")


@pytest.fixture
def ben():
    return person("ben")


@pytest.fixture
def batch():
    return factory.batch(units=5, note="As it was.")


def seen(client, record):
    """What a page that is opened now says that its reader has seen."""
    return unescape(re.search(r'name="seen" value="([^"]+)"', client.get(page(record)).text)[1])


def seen_again(response):
    return response.context["adminform"].form["seen"].value()


def sent(batch, **fields):
    same = {"slug": batch.slug, "region": batch.region_id, "title": batch.title, "note": "As it was."}
    units = {"units_low": 5, "units_high": 5, "units_precision": "exact", "units_grade": "official"}
    return batch_data(**{**same, **units, **fields})


def test_the_second_is_told_who_changed_what_and_nothing_is_saved(anna, ben, batch):
    opened = seen(ben, batch)
    anna.post(page(batch), sent(batch, seen=seen(anna, batch), units_low=6, units_high=6))
    response = ben.post(page(batch), sent(batch, seen=opened, units_low=7, units_high=7))
    (said,) = errors_at(response, "__all__")
    assert said.startswith("While you had this page open it was saved by anna at ")
    assert "(units low, units high)" in said
    batch.refresh_from_db()
    assert batch.units_low == 6


def test_the_second_sees_both_values_at_the_field(anna, ben, batch):
    opened = seen(ben, batch)
    anna.post(page(batch), sent(batch, units_low=6, units_high=6))
    response = ben.post(page(batch), sent(batch, seen=opened, units_low=7, units_high=7))
    (said,) = errors_at(response, "units_low")
    assert re.fullmatch(
        r"Changed from “5” to “6” by anna at [\d-]+ \d\d:\d\d UTC, meanwhile. "
        "Yours stands here: saving again puts it in its place.",
        said,
    )
    assert response.context["adminform"].form["units_low"].value() == "7"


def test_what_the_second_had_not_touched_stands_as_the_first_saved_it(anna, ben, batch):
    opened = seen(ben, batch)
    anna.post(page(batch), sent(batch, units_low=6, units_high=6, hazards=["fire", "burn"]))
    response = ben.post(page(batch), sent(batch, seen=opened, note="Ben's own words."))
    form = response.context["adminform"].form
    assert (form["units_low"].value(), form["hazards"].value()) == ("6", ["fire", "burn"])
    assert form["note"].value() == "Ben's own words."
    assert "You had not touched it, so it stands here now." in errors_at(response, "units_low")[0]


def test_saving_again_saves_on_purpose(anna, ben, batch):
    opened = seen(ben, batch)
    anna.post(page(batch), sent(batch, units_low=6, units_high=6))
    told = ben.post(page(batch), sent(batch, seen=opened, units_low=7, units_high=7))
    ben.post(page(batch), sent(batch, seen=seen_again(told), units_low=7, units_high=7))
    batch.refresh_from_db()
    assert batch.units_low == 7


def test_a_third_who_saves_meanwhile_is_told_of_too(anna, ben, batch):
    opened = seen(ben, batch)
    anna.post(page(batch), sent(batch, note="First."))
    told = ben.post(page(batch), sent(batch, seen=opened, note="Ben's."))
    anna.post(page(batch), sent(batch, note="Second."))
    again = ben.post(page(batch), sent(batch, seen=seen_again(told), note="Ben's."))
    assert "“First.” to “Second.”" in errors_at(again, "note")[0]


def test_who_is_alone_is_not_asked(anna, batch):
    response = anna.post(page(batch), sent(batch, seen=seen(anna, batch), note="New."))
    assert response.status_code == 302, response.context["errors"]


def test_ones_own_other_window_counts_as_another(anna, batch):
    opened = seen(anna, batch)
    anna.post(page(batch), sent(batch, note="In the one."))
    assert "saved by anna" in errors_at(anna.post(page(batch), sent(batch, seen=opened)), "__all__")[0]


def test_an_import_that_came_between_is_told_of_by_its_file(ben, batch):
    opened = seen(ben, batch)
    with telling(origin="import", name="root", place="cpsc-api recalls.json"):
        RecallBatch.objects.filter(pk=batch.pk).update(units_low=6, units_high=6)
    response = ben.post(page(batch), sent(batch, seen=opened, note="Ben's."))
    assert "saved by root by cpsc-api recalls.json" in errors_at(response, "__all__")[0]
    assert response.context["adminform"].form["units_low"].value() == "6"


def test_a_row_that_both_changed_shows_both_values(anna, ben, batch):
    line = factory.recalled_product(batch, factory.product_model(), units=5)
    row = {"id": line.pk, "batch": batch.pk}
    opened = seen(ben, batch)
    hers, his = (
        rows("products", line_row(line.product_model, units, **row), stored=1) for units in ("3", "4")
    )
    anna.post(page(batch), sent(batch, **hers))
    response = ben.post(page(batch), sent(batch, seen=opened, **his))
    assert "Changed from “5” to “3” by anna" in row_errors(response, "products")["units_low"][0]
    assert RecalledProduct.objects.get().units_low == 3


def test_a_row_that_was_added_meanwhile_is_told_and_stays(anna, ben, batch):
    opened = seen(ben, batch)
    anna.post(page(batch), sent(batch, **rows("products", line_row(factory.product_model(), "3"))))
    told = ben.post(page(batch), sent(batch, seen=opened, note="Ben's."))
    assert "(recalled product entered)" in errors_at(told, "__all__")[0]
    ben.post(page(batch), sent(batch, seen=seen_again(told), note="Ben's."))
    assert RecalledProduct.objects.count() == 1


def test_a_row_that_was_deleted_and_not_touched_stays_deleted(anna, ben, batch):
    line = factory.recalled_product(batch, factory.product_model(), units=5)
    row = line_row(line.product_model, "5", units_high=5, id=line.pk, batch=batch.pk)
    opened = seen(ben, batch)
    anna.post(page(batch), sent(batch, **rows("products", {**row, "DELETE": "on"}, stored=1)))
    told = ben.post(page(batch), sent(batch, seen=opened, note="Ben's.", **rows("products", row, stored=1)))
    assert "(recalled product deleted)" in errors_at(told, "__all__")[0]
    formset = next(f.formset for f in told.context["inline_admin_formsets"] if f.formset.prefix == "products")
    assert (formset.total_form_count(), formset.initial_form_count()) == (0, 0)


def test_a_row_that_was_deleted_while_it_was_being_changed_is_kept_as_a_new_one(anna, ben, batch):
    line = factory.recalled_product(batch, factory.product_model(), units=5)
    row = line_row(line.product_model, "5", units_high=5, id=line.pk, batch=batch.pk)
    opened = seen(ben, batch)
    anna.post(page(batch), sent(batch, **rows("products", {**row, "DELETE": "on"}, stored=1)))
    his = {**row, "units_low": "4", "units_high": "4"}
    told = ben.post(page(batch), sent(batch, seen=opened, **rows("products", his, stored=1)))
    assert "Deleted by anna" in row_errors(told, "products")["__all__"][0]
    new = {**his, "id": ""}
    ben.post(page(batch), sent(batch, seen=seen_again(told), **rows("products", new)))
    assert RecalledProduct.objects.get().units_low == 4


def test_it_holds_for_an_incident_and_its_events(anna, ben):
    incident = factory.incident()
    opened = seen(ben, incident)
    Event.objects.create(
        incident=incident, text="A fire.", kind="incident", grade="reported", happened_on="2025-06"
    )
    response = ben.post(page(incident), {"seen": opened, "title": "Ben's", "company": incident.company_id})
    assert "(event entered)" in errors_at(response, "__all__")[0]
    assert Incident.objects.get().title != "Ben's"


def test_it_holds_for_a_company_and_its_other_names(anna, ben):
    company = factory.company("Apex")
    parts = {**rows("aliases"), **rows("owners"), **rows("holdings"), **rows("citations")}
    same = {"name": "Apex", "slug": company.slug, "is_reviewed": "on", **parts}
    opened = seen(ben, company)
    anna.post(page(company), {**same, "country": "CN", "seen": seen(anna, company)})
    response = ben.post(page(company), {**same, "note": "Ben's", "seen": opened})
    assert response.context["adminform"].form["country"].value() == "CN"
    assert Company.objects.get().note == ""
    assert not CompanyAlias.objects.exists()


def test_it_holds_for_a_group_of_staff(anna, ben):
    group = Group.objects.get(name="reader")
    opened = seen(ben, group)
    anna.post(page(group), {"name": "readers", "seen": seen(anna, group)})
    response = ben.post(page(group), {"name": "lookers", "seen": opened})
    assert "“reader” to “readers”" in errors_at(response, "name")[0]


@pytest.mark.parametrize(
    "text", ["", "x", "5:4:", "0:1:", "3:9:2", "3:9:5,4", "3:9:9", "1:" + "9" * 30 + ":", "1:2:\n"]
)
def test_what_no_page_of_ours_carries_is_no_snapshot(text):
    assert not is_snapshot(text)


@pytest.mark.parametrize("text", ["735:735:", "3:9:3,8", "735:739:736"])
def test_what_postgres_writes_is_one(text):
    assert is_snapshot(text)


def test_a_record_that_was_deleted_meanwhile_is_entered_anew_with_all_that_was_typed(anna, ben, batch):
    line = factory.recalled_product(batch, factory.product_model(), units=5)
    row = rows("products", line_row(line.product_model, "4", id=line.pk, batch=batch.pk), stored=1)
    opened = seen(ben, batch)
    anna.post(page(batch, "delete"), {"post": "yes"})
    told = ben.post(page(batch), sent(batch, seen=opened, note="Ben's.", **row))
    assert errors_at(told, "__all__")[0].startswith("Somebody deleted this record")
    assert not RecallBatch.objects.exists()
    ben.post(page(batch), sent(batch, seen=seen_again(told), note="Ben's.", **row))
    assert RecallBatch.objects.get().note == "Ben's."
    assert RecalledProduct.objects.get().units_low == 4


HOW_MANY = ["9" * 20, "99999999", "-1", "abc", ""]  # rows, as somebody may write it into the form


@pytest.mark.parametrize("count", HOW_MANY)
@pytest.mark.parametrize("is_deleted", [False, True])
def test_an_odd_number_of_rows_is_refused_whatever_happened_meanwhile(anna, ben, batch, count, is_deleted):
    opened = seen(ben, batch)
    gone = {"post": "yes"} if is_deleted else sent(batch, units_low=6, units_high=6)
    anna.post(page(batch, "delete" if is_deleted else "change"), gone)
    counts = {"products-TOTAL_FORMS": count, "products-INITIAL_FORMS": count}
    answer = ben.post(page(batch), sent(batch, seen=opened, note="Ben's.", **counts))
    assert answer.status_code == 200
    assert "Ben&#x27;s." in answer.text


def shown(answer):
    """The messages on a page; what the client notes of templates is of both threads."""
    return re.findall(r'<li class="(?:success|info|warning|error)">(.+?)</li>', answer.text)


def at_once(*actions):
    """Run actions in threads of their own that start together."""
    start, answers = Barrier(len(actions)), {}

    def act(number, action):
        start.wait(timeout=30)
        try:
            answers[number] = action()
        finally:
            connections.close_all()

    threads = [Thread(target=act, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [answers[number] for number in range(len(actions))]


def test_of_two_who_publish_at_once_one_does_and_the_other_is_told():
    batch = factory.batch()
    factory.cite(batch)
    data = {"action": "publish", "_selected_action": [batch.pk], "reason": "It is out."}
    people = [person("anna"), person("ben")]
    answers = at_once(
        *(lambda one=one: one.post(list_page("recalls_recallbatch"), data, follow=True) for one in people)
    )
    said = sorted(shown(answer) for answer in answers)
    assert said == [
        ["0 recall batches published.", "1 recall batch was published already."],
        ["1 recall batch published."],
    ]


def test_of_two_who_link_at_once_one_does_and_the_other_is_told():
    first, second = (
        factory.batch(),
        factory.batch(regulator=factory.regulator("METI", "JP"), region_code="JP"),
    )
    pair = {
        "first": first,
        "second": second,
        "days_apart": 0,
        "is_same_company": True,
        "is_same_region": False,
    }
    proposal = DuplicateProposal.objects.create(**pair)
    address = reverse("admin:recalls_duplicateproposal_decide", args=[proposal.pk])
    people = [person("anna"), person("ben")]
    answers = at_once(
        *(lambda one=one: one.post(address, {"decision": "joint"}, follow=True) for one in people)
    )
    (refused, *_), (done, *_) = sorted(
        (shown(answer) for answer in answers), key=lambda said: "linked" in said[0]
    )
    assert refused == "Somebody else has decided on this pair meanwhile: look at it again."
    assert "linked as one joint announcement" in done


def test_of_two_who_merge_at_once_one_does_and_the_other_is_told():
    kept, merged = factory.company("Apex"), factory.company("Apex Ltd")
    address = f"{reverse('admin:suppliers_company_merge')}?of={kept.pk}&of={merged.pk}"
    people = [person("anna"), person("ben")]
    answers = at_once(*(lambda one=one: one.post(address, {"kept": kept.pk}, follow=True) for one in people))
    said = sorted("; ".join(shown(answer)) for answer in answers)
    assert Merge.objects.count() == 1
    assert "Merged Apex Ltd into Apex." in said
    assert "; ".join(said).count("already") == 1


def test_of_two_who_save_at_once_one_does_and_the_other_is_told():
    batch = factory.batch(units=5, note="As it was.")
    people = [person("anna"), person("ben")]
    data = [
        sent(batch, seen=seen(one, batch), note=name) for one, name in zip(people, ("A", "B"), strict=True)
    ]
    answers = at_once(*(lambda n=n: people[n].post(page(batch), data[n]) for n in (0, 1)))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    batch.refresh_from_db()
    assert batch.note == "AB"[[answer.status_code for answer in answers].index(302)]
