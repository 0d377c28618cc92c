"""Hostile values for every parameter of every address: how long the slowest pages take, and what is a fault."""

import random
import time
from dataclasses import dataclass
from itertools import islice

from django.contrib.auth.models import User
from django.db import connection

from bench.database import LARGE, using
from bench.measured import Measured, amount, limited
from tests import fuzzing
from tests.visits import Answer, visitor

SLOWEST = 1
NAMED = 12  # of the slowest
STAFF = "fuzz"


@dataclass(frozen=True)
class Asked:
    address: str
    seconds: float
    fault: str
    is_file: bool

    @property
    def told(self):
        return f"{amount(self.seconds)} {self.address[:120]}"


def measure(count: int) -> list[Measured]:
    with using(LARGE):
        User.objects.update_or_create(username=STAFF, defaults={"is_staff": True, "is_superuser": True})
        clients = {True: visitor(), False: visitor(STAFF)}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        parameters = fuzzing.parameters(clients[False])
        addresses = islice(fuzzing.requests(parameters, random.Random(count)), count)  # noqa: S311
        asked = [_asked(clients[fuzzing.is_public(address)], address) for address in addresses]
    return list(_results(asked, parameters))


def _asked(client, address):
    """A slow page is asked for again: once may be the machine's."""
    answer, seconds = _timed(client, address)
    if seconds > SLOWEST:
        seconds = min(seconds, *(_timed(client, address)[1] for _ in range(2)))
    return Asked(address, seconds, fuzzing.fault(answer), "attachment" in answer.headers)


def _timed(client, address):
    began = time.perf_counter()
    answer = Answer(client.get(address))
    return answer, time.perf_counter() - began


def _results(asked, parameters):
    """A file takes as long as it has rows, and has limits of its own; it is named all the same."""
    pages, files = ([one for one in asked if one.is_file == wanted] for wanted in (False, True))
    faults = [f"{one.fault} {one.address[:120]}" for one in asked if one.fault]
    names = sum(map(len, parameters.values()))
    told = f"{len(pages):,} pages and {len(files)} files, {names:,} parameters of {len(parameters)} addresses"
    yield limited("hostile values: faults", len(faults), 0, "; ".join(faults[:NAMED]) or told, "faults")
    slow = sorted(pages, key=lambda one: -one.seconds)
    note = "; ".join(one.told for one in slow[:NAMED])
    yield limited("hostile values: slowest page", slow[0].seconds, SLOWEST, note)
    over = sum(one.seconds > SLOWEST for one in pages)
    yield limited("hostile values: pages over a second", over, 0, told, "pages")
