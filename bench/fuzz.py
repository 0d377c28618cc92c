"""Hostile values for every parameter of every address: how long the slowest pages take, and what is a fault.

On a machine that has other work, a page waits for it; what is computed for it, by us and by its database, says how long
it would take on a quiet one.
"""

import os
import random
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

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
    computed: float
    fault: str
    is_file: bool

    @property
    def told(self):
        return f"{amount(self.seconds)}, computed {amount(self.computed)} {self.address[:120]}"


def measure(count: int) -> list[Measured]:
    with using(LARGE):
        User.objects.update_or_create(username=STAFF, defaults={"is_staff": True, "is_superuser": True})
        clients = {True: visitor(), False: visitor(STAFF)}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        parameters = fuzzing.parameters(clients[False])
        addresses = islice(fuzzing.requests(parameters, random.Random(count)), count)
        asked = [_asked(clients[fuzzing.is_public(address)], address) for address in addresses]
    return list(_results(asked, parameters))


def _asked(client, address):
    """A slow page is asked for again: once may be the machine's."""
    answer, *took = _timed(client, address)
    if took[0] > SLOWEST:
        again = [_timed(client, address)[1:] for _ in range(2)]
        took = [min(times) for times in zip(took, *again, strict=True)]
    return Asked(address, *took, fuzzing.fault(answer), "attachment" in answer.headers)


def _timed(client, address):
    """The answer, the seconds until it was there, and those computed for it."""
    began, computed = time.perf_counter(), _computed()
    answer = Answer(client.get(address))
    return answer, time.perf_counter() - began, _computed() - computed


def _computed():
    """Seconds of processor time of this process and of its connection's process on the server."""
    own = time.process_time()
    connection.ensure_connection()
    try:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    except OSError:  # a server elsewhere
        return own
    user, system = told.rpartition(")")[2].split()[11:13]
    return own + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


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
    most = max(pages, key=lambda one: one.computed)
    yield limited("hostile values: most computed for a page", most.computed, SLOWEST, most.told)
