"""The two databases that are compared, one with all the rows and one with 10,000; kept for the next run if wished."""

import time

from django.core.management import call_command
from django.db import connection

from bench import dataset
from bench.database import LARGE, SMALL, drop, recreate, using

FEW = 10_000
SEED = 7


def ready(rows: int, say) -> None:
    """Both are there, migrated and with the rows they should have."""
    for name, count in ((LARGE, rows), (SMALL, FEW)):
        if _note_of(name) != _note(count):
            _build(name, count, say)
        with using(name):
            call_command("migrate", verbosity=0)


def forget() -> None:
    drop(LARGE)
    drop(SMALL)


def _build(name, count, say):
    began = time.monotonic()
    recreate(name)
    with using(name):
        call_command("migrate", verbosity=0)
        dataset.build(count, SEED)
        with connection.cursor() as cursor:  # written last: what was cut short is made anew
            cursor.execute(f"COMMENT ON DATABASE {name} IS '{_note(count)}'")
    say(f"{count:,} batches were written to {name} in {time.monotonic() - began:.0f} s.")


def _note(count):
    return f"{count} batches, seed {SEED}"


def _note_of(name):
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        )
        found = cursor.fetchone()
    return found and found[0]
