"""What the history costs: the rows of an import written with its triggers, and without them."""

from django.db import connection, transaction

from bench.imports import copy_back, timed
from bench.measured import Measured
from history.kept import kept_models
from history.triggers import ROWS
from recalls.models import Citation, RecallBatch

TWICE = 2


def with_history_and_without() -> list[Measured]:
    """COPY of every row, one UPDATE of every batch, one DELETE of every citation: each both ways."""
    seconds = {}
    for is_on in (False, True):
        _switch(is_on)
        seconds[is_on] = [copy_back(), timed(_update)[0], timed(_delete)[0]]
    done = ("COPY of these rows", "UPDATE of every batch", "DELETE of every citation")
    figures = zip(done, seconds[True], seconds[False], strict=True)
    return [Measured(f"{what}, with history", on, "without", off, TWICE) for what, on, off in figures]


def _switch(is_on):
    verb = "ENABLE" if is_on else "DISABLE"
    with connection.cursor() as cursor:
        for model in kept_models():
            for operation in ROWS:
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" {verb} TRIGGER history_{operation}')


def _update():
    RecallBatch.objects.update(note="Looked at again.")


def _delete():
    """Taken back, since what is published needs them."""
    with transaction.atomic():
        Citation.objects.all()._raw_delete(using="default")
        transaction.set_rollback(True)
