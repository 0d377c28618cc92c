"""A batch that staff have edited: the regulator's value waits, and one click takes either side."""

from threading import Thread

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recalls.models import Difference
from tests import factory
from tests.admin_pages import list_page, messages, sign_in

pytestmark = pytest.mark.django_db
LIST = "recalls_difference"


@pytest.fixture(autouse=True)
def taken(monkeypatch):
    """In place of what writes the regulator's value: notes which sides were taken."""
    taken = []

    def taker(side):
        def take(difference, user):
            fields = {"state": side, "decided_at": timezone.now(), "decided_by": user}
            Difference.objects.filter(pk=difference.pk).update(**fields)
            taken.append((difference.pk, side))

        return take

    monkeypatch.setattr("recalls.admin.differences.take_theirs", taker("theirs"))
    monkeypatch.setattr("recalls.admin.differences.keep_ours", taker("ours"))
    return taken


def decide(client, difference, side):
    return client.post(reverse(f"admin:{LIST}_{side}", args=[difference.pk]), follow=True)


def test_the_list_shows_both_values_and_two_buttons(client):
    difference = factory.difference(factory.batch())
    text = sign_in(client).get(list_page(LIST)).text
    for shown in ("1,158,000", "≈ 1,160,000", f"/{difference.pk}/theirs/", f"/{difference.pk}/ours/"):
        assert shown in text, shown


@pytest.mark.parametrize("side", ["theirs", "ours"])
def test_one_click_takes_either_side(client, taken, side):
    difference = factory.difference(factory.batch())
    decide(sign_in(client), difference, side)
    assert taken == [(difference.pk, side)]
    assert list(Difference.objects.waiting()) == []
    assert LogEntry.objects.get().object_id == str(difference.batch_id)


def test_who_clicks_second_is_told_and_changes_nothing(client, taken):
    difference, staff = factory.difference(factory.batch()), sign_in(client)
    decide(staff, difference, "theirs")
    response = decide(staff, difference, "ours")
    assert messages(response) == [
        "Somebody else has decided on this difference meanwhile; nothing was changed."
    ]
    assert taken == [(difference.pk, "theirs")]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_take_one_side(client, taken):
    difference = factory.difference(factory.batch())
    first, second = sign_in(client), Client()
    second.cookies = first.cookies

    def click(client, side):
        decide(client, difference, side)
        connection.close()

    clicks = [Thread(target=click, args=(c, s)) for c, s in ((first, "theirs"), (second, "ours"))]
    [click.start() for click in clicks]
    [click.join() for click in clicks]
    assert len(taken) == 1


def test_a_decided_difference_has_no_buttons_and_says_who_decided(client):
    difference, staff = factory.difference(factory.batch()), sign_in(client)
    decide(staff, difference, "ours")
    assert f"/{difference.pk}/ours/" not in staff.get(list_page(LIST)).text
    assert "our value kept, root" in staff.get(list_page(LIST), {"show": "all"}).text


def test_a_decision_is_a_post(client, taken):
    difference = factory.difference(factory.batch())
    assert sign_in(client).get(reverse(f"admin:{LIST}_ours", args=[difference.pk])).status_code == 405
    assert taken == []


@pytest.mark.parametrize(
    ("group", "published", "may"),
    [
        ("reader", False, False),
        ("recall editor", False, True),
        ("recall editor", True, False),
        ("publisher", True, True),
    ],
)
def test_who_may_change_the_batch_may_decide(client, taken, group, published, may):
    difference = factory.difference(factory.batch(published=published))
    member = sign_in(client, group)
    assert ("take the regulator" in member.get(list_page(LIST)).text) == may
    assert decide(member, difference, "ours").status_code == (200 if may else 403)
    assert len(taken) == may


def test_a_decision_leads_back_to_the_list_as_it_was_filtered(client):
    difference, staff = factory.difference(factory.batch()), sign_in(client)
    address = reverse(f"admin:{LIST}_ours", args=[difference.pk])
    came_from = f"http://testserver{list_page(LIST)}?field=units"
    assert staff.post(address, headers={"referer": came_from})["location"] == came_from
    elsewhere = staff.post(address, headers={"referer": "https://example.org/"})
    assert elsewhere["location"] == list_page(LIST)


def test_queries_do_not_grow_with_the_list(client, django_assert_max_num_queries):
    staff = sign_in(client)
    factory.difference(factory.batch())
    with django_assert_max_num_queries(30) as few:
        staff.get(list_page(LIST))
    for _ in range(4):
        factory.difference(factory.batch())
    with django_assert_max_num_queries(len(few)):
        staff.get(list_page(LIST))


def test_the_page_of_a_batch_says_what_waits(client):
    batch = factory.batch(notice_number="25-338")
    factory.difference(batch, record=factory.notice_record())
    text = sign_in(client).get(reverse("admin:recalls_recallbatch_change", args=[batch.pk])).text
    assert "1 waits for staff" in text


@pytest.mark.parametrize(
    ("published", "words"), [(True, "waits for a publisher"), (False, "take the regulator")]
)
def test_who_may_not_decide_reads_who_does(client, published, words):
    factory.difference(factory.batch(published=published))
    editor = sign_in(client, group="recall editor")
    assert words in editor.get(list_page(LIST)).text
