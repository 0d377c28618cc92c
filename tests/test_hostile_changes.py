"""Whatever is typed into the page of a record in the admin is taken or refused, and what is refused stands there."""

from functools import cache
from itertools import chain

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import hostile
from tests.page_forms import Fields
from tests.test_hostile_forms import FORMS
from tests.visits import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]
LINES_END = "\r\n\x85\u2028\u2029"  # which a browser sends in its own way
TEXTS = st.sampled_from([text for text in chain.from_iterable(hostile.TEXTS.values()) if text.isprintable()])
TYPED = st.text(st.characters(codec="utf-8", exclude_characters=LINES_END + "\0"), max_size=30)
ANY = TEXTS | TYPED
CHOSEN = st.lists(st.integers(-1, 10**20).map(str) | TEXTS, max_size=2)


def name_of(model):
    return model._meta.label_lower.replace(".", "_")


def pages_of(model):
    """The page of a new record and those of a first and a last one."""
    keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
    both = {key for key in (keys.first(), keys.last()) if key}
    changes = [reverse(f"admin:{name_of(model)}_change", args=[key]) for key in both]
    return [reverse(f"admin:{name_of(model)}_add"), *changes]


def staff():
    User.objects.get_or_create(username="root", defaults={"is_staff": True, "is_superuser": True})
    return visitor("root")


@cache
def fields_of(client, address):
    return Fields(client.get(address).text)


def hostile_values(data, fields):
    """Some of what the form would send, with something else typed or chosen."""
    typed = [name for name in fields.typed if name[0] != "_" and "__prefix__" not in name]
    others = [name for name in fields.sent if name not in typed and not name.endswith("_FORMS")]
    sent = data.draw(st.dictionaries(st.sampled_from(typed), ANY, max_size=5)) if typed else {}
    chosen = data.draw(st.dictionaries(st.sampled_from(others), CHOSEN, max_size=2)) if others else {}
    counts = data.draw(st.sampled_from([{}, {}, {}, dict.fromkeys(counts_of(fields), "9" * 20)]))
    return chosen | counts | sent, sent


def counts_of(fields):
    return [name for name in fields.sent if name.endswith("_FORMS")]


def lost(sent, page):
    """What was typed into fields that the page has, and does not stand in them."""
    shown = Fields(page).sent
    return {name: (text, shown[name]) for name, text in sent.items() if name in shown and shown[name] != text}


def taken_or_refused(client, pages, data):
    address = data.draw(st.sampled_from(pages))
    fields = fields_of(client, address)
    changed, typed = hostile_values(data, fields)
    with transaction.atomic():
        response = client.post(address, fields.sent | changed)
        transaction.set_rollback(True)
    assert response.status_code in (200, 302, 400)
    if response.status_code == 200:
        assert "errornote" in response.text or "errorlist" in response.text
        assert lost(typed, response.text) == {}


@pytest.mark.parametrize("count", [3, pytest.param(30, marks=pytest.mark.long)])
@pytest.mark.parametrize("model", FORMS, ids=lambda model: model._meta.label)
def test_what_is_typed_into_a_record_is_taken_or_stands_there_again(model, count):
    client, pages = staff(), pages_of(model)
    run = given(st.data())(lambda data: taken_or_refused(client, pages, data))
    settings(max_examples=count)(run)()
