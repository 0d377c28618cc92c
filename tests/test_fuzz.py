"""Every parameter of every address with hostile values: an answer or a refusal in words, and never a fault."""

import random
from itertools import islice

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction

from tests import addresses, fuzzing
from tests.visits import Answer, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]
FEW, COUNT = 300, 1000
ROUNDS = range(1, 11)  # and so ten thousand values


@pytest.fixture(scope="module")
def asked(sample_data, django_db_blocker):
    """{address: its parameters}"""
    with django_db_blocker.unblock():
        user = User.objects.create(username="publisher", is_staff=True)
        user.groups.set(Group.objects.filter(name="publisher"))
        return fuzzing.parameters(visitor("publisher"))


def fuzz(asked, count, seed):
    """Faults by address, and how many answers there were of each status."""
    clients, faults, statuses = {True: visitor(), False: visitor("publisher")}, {}, {}
    for address in islice(fuzzing.requests(asked, random.Random(seed)), count):
        answer = answered(clients[fuzzing.is_public(address)], address)
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        if found := fuzzing.fault(answer):
            faults[address[:300]] = found
    return faults, dict(sorted(statuses.items()))


def answered(client, address):
    """The answer; whatever it wrote is undone."""
    with transaction.atomic():
        answer = Answer(client.get(address))
        transaction.set_rollback(True)
    return answer


def test_every_list_is_asked_for_each_of_its_filters(asked):
    lists = [pattern for pattern in addresses.patterns() if addresses.list_of(pattern)]
    assert len(lists) >= 7
    for pattern in lists:
        expected = {*addresses.filters_of(pattern), "sort", "page", "per_page", "export", "q"}
        assert expected <= set(asked[f"/{pattern.shape}"]), pattern.shape


@pytest.mark.parametrize(
    ("count", "seed"), [(FEW, 0), *(pytest.param(COUNT, seed, marks=pytest.mark.long) for seed in ROUNDS)]
)
def test_no_value_of_any_parameter_of_any_address_is_a_fault(asked, count, seed, say):
    faults, statuses = fuzz(asked, count, seed)
    assert faults == {}
    names, told = sum(map(len, asked.values())), ", ".join(f"{n:,} with {s}" for s, n in statuses.items())
    say(
        f"{count:,} hostile values for {names:,} parameters of {len(asked)} addresses, answered {told}: no fault."
    )
