"""One import of a regulator at a time, and whether a run that seems to be running is."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from recalls.import_querysets import LOCK_CLASS
from recalls.models import ImportRun
from recalls.models.run import RunState


class BusyError(Exception):
    """Another import of the same regulator is running; the message is a sentence for staff."""


@contextmanager
def alone(regulator) -> Iterator[None]:
    """Hold the regulator's lock, which ends with the connection; BusyError if another session holds it.

    Runs that still say “running” were killed, since nobody holds their lock: they are marked as interrupted.
    """
    if not _asked("pg_try_advisory_lock", regulator):
        raise BusyError(f"Another import of {regulator} is running. Wait until it has ended.")
    try:
        runs = ImportRun.objects.filter(regulator=regulator, state=RunState.RUNNING)
        runs.update(state=RunState.INTERRUPTED, finished_at=timezone.now())
        yield
    finally:
        _asked("pg_advisory_unlock", regulator)


def _asked(function, regulator):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [LOCK_CLASS, regulator.pk])
        return cursor.fetchone()[0]
