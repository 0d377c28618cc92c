"""The file of all rows over HTTP against psql's `\\copy` of the same SELECT."""

import random
import statistics
import threading
import time
from contextlib import closing

from django.db import connection
from django.http import QueryDict

from bench import psql
from bench.database import LARGE, using
from bench.measured import Measured, limited
from bench.serving import serving
from listing.statements import statement_of
from recalls.lists import RecallBatchList
from recalls.models import RecallBatch

FILE = "/recalls/?export=csv"
ORDERS = ("", "title", "-units", "company", "-exposure")
WHOLE_WITHIN, FIRST_WITHIN, MEMORY_WITHIN, GONE_WITHIN = 30, 0.5, 50, 1
RUNS = 2
IDLE_SECONDS = 15


def measure() -> list[Measured]:
    with using(LARGE), serving(LARGE) as server:
        _warm(server)
        return [*_whole(server), *_first_rows(server), *_beside_lists(server), _gone(server)]


def plain_select(sort: str) -> str:
    """The SELECT behind the file: its columns, joins and order, without the disarming."""
    records = RecallBatchList(QueryDict(f"sort={sort}"))
    columns = {f"file_{name}": sql for name, sql in records.table_class.file_columns().items()}
    rows = records.sorted.annotate(**columns).values_list(*columns)
    with connection.cursor() as cursor:
        return cursor.mogrify(*statement_of(rows)).decode()


def _warm(server):
    """Each process and thread has served a page before its memory is looked at."""
    for _ in range(32):
        with closing(server.connection()) as client:
            client.request("GET", "/recalls/?per_page=1&announced_after=2026-06-01")
            client.getresponse().read()


def _whole(server):
    select, theirs, ours = plain_select(""), [], []
    with Memory(server) as memory:
        for _ in range(RUNS):
            theirs.append(psql.copy(select))
            ours.append(download(server, FILE))
    best, yardstick = min(ours, key=lambda f: f.seconds), min(theirs, key=lambda f: f.seconds)
    note = f"{best.size / 1e6:,.0f} MB, psql's {yardstick.size / 1e6:,.0f} MB; best of {RUNS}"
    return [
        Measured("file of all rows", best.seconds, r"psql \copy", yardstick.seconds, 1.25, note),
        limited("file of all rows, whole", best.seconds, WHOLE_WITHIN),
        limited("server's memory grows", memory.growth, MEMORY_WITHIN, unit="MB"),
    ]


def _first_rows(server):
    for sort in ORDERS:
        address = f"{FILE}&sort={sort}" if sort else FILE
        ours = min(download(server, address, only_first=True).first_row for _ in range(RUNS))
        what = f"first data row, sorted by {sort or 'default'}"
        if sort:
            theirs = min(psql.copy(plain_select(sort), only_first=True).first_row for _ in range(RUNS))
            yield Measured(what, ours, r"psql \copy's first row", theirs, 1.5)
        else:
            yield limited(what, ours, FIRST_WITHIN)


def _beside_lists(server):
    idle = list_times(server, lambda began: time.monotonic() - began > IDLE_SECONDS)
    threads = [threading.Thread(target=download, args=(server, FILE)) for _ in range(2)]
    for thread in threads:
        thread.start()
    busy = list_times(server, lambda began: not any(thread.is_alive() for thread in threads))
    medians = [statistics.median(seconds) * 1000 for seconds in (busy, idle)]
    note = f"{len(busy)} pages, median {medians[0]:.0f} ms; {len(idle)} idle, median {medians[1]:.0f} ms"
    yield Measured("list p99 during two exports", p99(busy), "list p99 idle", p99(idle), 2.5, note)


def list_times(server, is_over):
    """Seconds of pages of the list from anywhere in it, one after the other: a page asked for again would be kept."""
    chance, seconds, began = random.Random(1), [], time.monotonic()
    last = RecallBatch.objects.count() // 50
    with closing(server.connection()) as client:
        while not is_over(began) or len(seconds) < 5:
            start = time.perf_counter()
            client.request("GET", f"/recalls/?page={chance.randint(1, last)}")
            client.getresponse().read()
            seconds.append(time.perf_counter() - start)
    return seconds


def p99(seconds):
    return sorted(seconds)[int(len(seconds) * 0.99)]


def _gone(server):
    """A reader who goes away in the middle: how long the database goes on writing for nobody."""
    client = server.connection()
    client.request("GET", FILE)
    response = client.getresponse()
    response.read(1 << 20)
    before = _copies()
    response.close()
    client.close()
    began = time.monotonic()
    while _copies() and time.monotonic() - began < 60:
        time.sleep(0.02)
    note = f"{before} COPY ran before, {_copies()} after"
    return limited("connection freed after its reader has gone", time.monotonic() - began, GONE_WITHIN, note)


def _copies():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%%' "
            "AND datname = current_database()"
        )
        return cursor.fetchone()[0]


def download(server, address, only_first=False):
    """The file as a client takes it: when its first row was there, when its last."""
    began = time.perf_counter()
    with closing(server.connection()) as client:
        client.request("GET", address)
        response = client.getresponse()
        if response.status != 200:
            raise RuntimeError(f"{address} answers {response.status}")
        response.readline()
        size = len(response.readline())
        first = time.perf_counter() - began
        while not only_first and (chunk := response.read1(1 << 16)):
            size += len(chunk)
    return psql.Copied(first, time.perf_counter() - began, size)


class Memory:
    """How much more the server holds at its fullest than before, in MB, while the block runs."""

    def __init__(self, server):
        self.server, self.is_over = server, threading.Event()
        self.before = self.most = server.memory()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.is_over.set()
        self.thread.join()

    @property
    def growth(self):
        return self.most - self.before

    def _watch(self):
        while not self.is_over.wait(0.2):
            self.most = max(self.most, self.server.memory())
