"""Named views of lists: saved by staff, shown to everybody by publishers."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from history.models import Version
from recalls.models import SavedView
from tests import factory
from tests.admin_pages import add_page, errors_at, list_page, page, sign_in

pytestmark = pytest.mark.django_db
ADD = add_page("recalls_savedview")


def saved(name="Japan", address="/recalls/?region=JP", is_shown=True):
    user, _ = User.objects.get_or_create(username="someone")
    view = SavedView(name=name, address=address, is_shown=is_shown, saved_by=user)
    view.full_clean()
    view.save()
    return view


def problem(address):
    with pytest.raises(ValidationError) as refused:
        saved(address=address)
    return refused.value.messages[0]


def test_a_list_leads_to_the_form_with_its_own_address(client, sample_data):
    html = client.get("/recalls/?region=JP&q=a+b").text
    assert f"{ADD}?address=%2Frecalls%2F%3Fregion%3DJP%26q%3Da%2Bb" in html


def test_the_form_asks_for_sign_in_and_then_has_the_address(client):
    address = f"{ADD}?address=%2Frecalls%2F%3Fregion%3DJP"
    assert client.get(address)["Location"].startswith("/admin/login/?next=")
    sign_in(client, "recall editor")
    assert 'value="/recalls/?region=JP"' in client.get(address).text


def test_an_editor_saves_a_view_that_only_a_publisher_shows(client):
    factory.region("JP")
    sign_in(client, "recall editor")
    client.post(ADD, {"name": "Japan", "address": "/recalls/?region=JP&page=3", "is_shown": "on"})
    view = SavedView.objects.get()
    assert (view.address, view.is_shown, view.saved_by.username) == (
        "/recalls/?region=JP",
        False,
        "recall editor",
    )
    sign_in(client, "publisher")
    client.post(page(view), {"name": "Japan", "address": view.address, "is_shown": "on", "seen": "0"})
    view.refresh_from_db()
    assert view.is_shown


def test_a_shown_view_stands_on_its_list_for_everybody_and_no_other_does(client):
    factory.region("JP")
    saved("In Japan")
    saved("Not yet", is_shown=False)
    saved("Of incidents", "/incidents/?state=open")
    html = client.get("/recalls/").text
    assert '<a href="/recalls/?region=JP">In Japan</a>' in html
    assert "Not yet" not in html and "Of incidents" not in html
    assert "<strong>In Japan</strong>" in client.get("/recalls/?region=JP").text


def test_staff_see_the_same_public_page_as_everybody(client):
    saved("Not yet", "/recalls/", is_shown=False)
    anonymous = client.get("/recalls/").text
    sign_in(client)
    assert client.get("/recalls/").text == anonymous


@pytest.mark.parametrize(
    "address",
    [
        "x",
        "/",
        "/method/",
        "/api/v1/recalls/",
        "/admin/",
        "/recalls/jp-2025-06/",
        "/suppliers/nobody/contagion/",
        "//evil.example/recalls/",
        "https://evil.example/recalls/",
        "javascript:alert(1)",
        "/RECALLS/",
    ],
)
def test_what_is_no_list_of_this_site_is_refused(address):
    assert "is no address of a list" in problem(address)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("region=QQ", "“QQ” is not known here"),
        ("units_min=many", "Enter a number"),
        ("sort=secret", "no column of this name"),
        ("column=secret", "There is no column “secret”"),
        ("group=moon", "Choose one of region"),
        ("chart=moon", "Choose one of units"),
        ("q=%00", "Null characters"),
    ],
)
def test_what_the_lists_filters_do_not_read_is_refused_in_a_sentence(query, said):
    assert said in problem(f"/recalls/?{query}")


def test_the_form_says_what_is_wrong_at_the_address(client):
    sign_in(client)
    answer = client.post(ADD, {"name": "x", "address": "/recalls/?region=QQ&units_min=many"})
    assert len(errors_at(answer, "address")) == 2


def test_our_own_host_is_left_out(settings):
    assert (
        saved(address=f"{settings.PUBLIC_URL}/recalls/?sort=-units#rows").address == "/recalls/?sort=-units"
    )


def test_a_hostile_name_and_query_stay_text(client):
    saved("<script>alert(1)</script>", "/recalls/?q=%22%3E%3Cscript%3E")
    html = client.get("/recalls/").text
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html
    assert '"><script>' not in html


def test_a_name_is_once_a_list_whatever_its_letter_case():
    saved("Open", "/incidents/?state=open")
    saved("Open", "/recalls/")
    with pytest.raises(ValidationError, match="This list has a view of this name already"):
        saved("OPEN", "/recalls/?sort=units")


@pytest.mark.parametrize(
    "fields", [{"address": "https://evil.example/"}, {"address": "//evil.example/"}, {"name": " "}]
)
def test_the_database_holds_the_rules_too(fields):
    user = User.objects.create(username="someone")
    with pytest.raises(IntegrityError):
        SavedView.objects.create(**{"name": "x", "address": "/recalls/", "saved_by": user, **fields})


def test_an_editor_does_not_change_what_everybody_sees(client):
    view = saved("Open", "/incidents/?state=open")
    sign_in(client, "recall editor")
    assert client.post(page(view), {"name": "Mine", "address": "/recalls/"}).status_code == 403
    assert client.get(list_page("recalls_savedview")).status_code == 200


def test_what_became_of_a_view_is_in_the_history():
    saved("Open", "/incidents/").delete()
    assert Version.objects.filter(table="recalls_savedview", operation="delete").exists()


def test_a_view_costs_a_list_one_question_however_many_there_are(client, django_assert_num_queries):
    client.get("/incidents/")
    with CaptureQueriesContext(connection) as none:
        client.get("/incidents/")
    for number in range(5):
        saved(f"View {number}", "/incidents/?state=open")
    with django_assert_num_queries(len(none)):
        client.get("/incidents/")
