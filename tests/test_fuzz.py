"""Every parameter of every address with hostile values: an answer or a refusal in words, and never a fault."""

import random
import re
from itertools import cycle, islice

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.html import strip_tags

from tests import addresses, hostile
from tests.visits import Answer, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]
FEW, MANY = 300, 10_000
SENTENCE = re.compile(r"[A-Z“][^.]{8,}\.")


@pytest.fixture(scope="module")
def asked(sample_data, django_db_blocker):
    """{address: its parameters}: one of each pattern that answers, of the public ones and of the admin's."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as monkeypatch:
        user = User.objects.create(username="publisher", is_staff=True)
        user.groups.set(Group.objects.filter(name="publisher"))
        client, found = visitor("publisher"), {}
        for pattern in addresses.patterns():
            for address in addresses.addresses(pattern, first_keys):
                status, names = hostile.parameters(client, address, monkeypatch)
                if status == 200 and "logout" not in address:
                    found[address] = names
                    break
        return found


def first_keys(model):
    rows = model.objects.visible() if hasattr(model.objects.all(), "visible") else model._base_manager
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:2])


def requests(asked, chance):
    """Without end: of each address and parameter in turn, public and admin by turns, and of each path."""
    public = [(address, name) for address, names in asked.items() for name in names if is_public(address)]
    admin = [(address, name) for address, names in asked.items() for name in names if not is_public(address)]
    paths = [pattern for pattern in addresses.patterns() if pattern.arguments]
    for pairs in (public, admin, paths):
        chance.shuffle(pairs)
    for number, (one, other, pattern) in enumerate(zip(cycle(public), cycle(admin), cycle(paths))):
        for address, name in (one, other):
            yield f"{address}?{hostile.query(chance, name, asked[address])}"
        if number % 8 == 0:
            yield hostile.path(chance, pattern)


def is_public(address):
    return not address.startswith("/admin/")


def answered(client, address):
    """The answer; whatever it wrote is undone."""
    with transaction.atomic():
        answer = Answer(client.get(address))
        transaction.set_rollback(True)
    return answer


def fault(answer):
    """What is wrong with an answer; empty if nothing is."""
    said = strip_tags(re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.body))
    wrong = {
        f"status {answer.status}": answer.status >= 500,
        "a traceback": "Traceback (most recent call last)" in answer.body,
        "markup of the address": answer.is_html and hostile.MARK in answer.body,
        "a header of the address": "x-slipped-in" in answer.headers.lower() or "a=b" in answer.headers,
        "no sentence": answer.status in range(400, 500) and not SENTENCE.search(" ".join(said.split())),
    }
    return ", ".join(name for name, is_so in wrong.items() if is_so)


def fuzz(asked, count):
    """Faults by address, and how many answers there were of each status."""
    clients, faults, statuses = {True: visitor(), False: visitor("publisher")}, {}, {}
    for address in islice(requests(asked, random.Random(count)), count):
        answer = answered(clients[is_public(address)], address)
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        if found := fault(answer):
            faults[address[:300]] = found
    return faults, dict(sorted(statuses.items()))


def test_every_list_is_asked_for_each_of_its_filters(asked):
    lists = [pattern for pattern in addresses.patterns() if addresses.list_of(pattern)]
    assert len(lists) >= 7
    for pattern in lists:
        expected = {*addresses.filters_of(pattern), "sort", "page", "per_page", "export", "q"}
        assert expected <= set(asked[f"/{pattern.shape}"]), pattern.shape


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_no_value_of_any_parameter_of_any_address_is_a_fault(asked, count, say):
    faults, statuses = fuzz(asked, count)
    assert faults == {}
    names = sum(map(len, asked.values()))
    say(
        f"{count:,} hostile values tried on {names:,} parameters of {len(asked)} addresses: no fault; "
        + ", ".join(f"{number:,} answers {status}" for status, number in statuses.items())
        + "."
    )
