"""Sixteen clients at once on a real server: lists, pages, searches and files of about a thousand rows."""

import random
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection

from bench.addresses import VALUES, address
from bench.database import LARGE, SMALL, using
from bench.dataset.batches import DAYS, FIRST
from bench.export import FILE, download, p99
from bench.holdings import FEW
from bench.measured import Measured, limited
from bench.serving import serving

CLIENTS, SLOWEST, THROUGHPUT = 16, 1, 0.7
FILE_ROWS = 1000
WORDS = ["A1263", "anker", "heaters", "安克创新", "ロモス", "KC16", "fire refund"]
FILTERS = [{name: VALUES[name]} for name in ("region", "regulator", "company", "hazard", "category")]


@dataclass
class Load:
    """What the clients met: seconds by kind of page, and what went wrong."""

    seconds: dict = field(default_factory=lambda: {"list": [], "detail": [], "search": [], "file": []})
    errors: list = field(default_factory=list)
    lasted: float = 0

    @property
    def all(self):
        return [one for times in self.seconds.values() for one in times]

    @property
    def throughput(self):
        return len(self.all) / self.lasted

    @property
    def told(self):
        kinds = (f"{kind} {p99(times) * 1000:.0f}" for kind, times in self.seconds.items() if times)
        return f"{len(self.all):,} requests; p99 in ms: {', '.join(kinds)}"


def measure(rows: int, seconds: int) -> list[Measured]:
    small = _load(SMALL, FEW, seconds)
    large = _load(LARGE, rows, seconds)
    beside = _load(LARGE, rows, seconds, full_export=True)
    return [
        *_results("load", large, small),
        *_results("load beside a full export", beside, small),
    ]


def _results(what, large, small):
    first = large.errors[0] if large.errors else ""
    yield limited(f"{what}: errors", len(large.errors), 0, first, unit="errors")
    note = f"{large.told}; at 10,000 rows {small.told}"
    yield Measured(f"{what}: p99", p99(large.all), "limit", SLOWEST, 1, note)
    yield Measured(
        f"{what}: throughput",
        large.throughput,
        "at 10,000 rows",
        small.throughput,
        THROUGHPUT,
        f"{len(small.errors)} errors at 10,000 rows",
        "a second",
        more_is_better=True,
    )


def _load(name, rows, seconds, full_export=False):
    load = Load()
    with using(name):
        slugs = _slugs()
    with serving(name) as server:
        over = time.monotonic() + seconds
        clients = [
            threading.Thread(target=_client, args=(server, load, Mix(seed, rows, slugs), over))
            for seed in range(CLIENTS)
        ]
        if full_export:
            clients.append(threading.Thread(target=_export, args=(server, load, over)))
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    load.lasted = seconds
    return load


def _slugs():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT slug FROM recalls_recallbatch WHERE is_published ORDER BY md5(slug) LIMIT 2000"
        )
        return [slug for (slug,) in cursor.fetchall()]


class Mix:
    """What one client asks for next."""

    def __init__(self, seed, rows, slugs):
        self.chance, self.slugs = random.Random(seed), slugs
        self.days = max(1, round(FILE_ROWS * DAYS / rows))

    def next(self):
        kind = self.chance.choices(("list", "detail", "search", "file"), (50, 25, 17, 8))[0]
        return kind, getattr(self, kind)()

    def list(self):
        chosen = self.chance.choice([{}, *FILTERS])
        sort = self.chance.choice(["", "", "", "-units", "title"])
        return address(**chosen, sort=sort, page=self.chance.randint(1, 3))

    def detail(self):
        return f"/recalls/{self.chance.choice(self.slugs)}/"

    def search(self):
        return address(q=self.chance.choice(WORDS))

    def file(self):
        first = FIRST + timedelta(days=self.chance.randrange(max(1, DAYS - self.days)))
        last = first + timedelta(days=self.days - 1)
        return address(announced_after=first, announced_before=last, export="csv")


def _client(server, load, mix, over):
    with closing(server.connection(timeout=60)) as client:
        while time.monotonic() < over:
            kind, page = mix.next()
            began = time.perf_counter()
            try:
                client.request("GET", page)
                response = client.getresponse()
                response.read()
                if response.status != 200:
                    load.errors.append(f"{page} answers {response.status}")
            except OSError as error:
                load.errors.append(f"{page}: {error}")
                client.close()
            load.seconds[kind].append(time.perf_counter() - began)


def _export(server, load, over):
    while time.monotonic() < over:
        try:
            download(server, FILE)
        except (OSError, RuntimeError) as error:
            load.errors.append(f"full export: {error}")
