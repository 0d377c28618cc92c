"""What the history costs: the rows of an import written with its triggers, and without them."""

from django.db import connection, transaction

from bench.imports import copy_back, timed
from bench.measured import Measured
from history.kept import kept_models
from history.triggers import ROWS
from recalls.models import RecallBatch

TWICE = 2
DELETED = 1_000


def with_history_and_without() -> list[Measured]:
    """COPY of every row, one UPDATE of every batch, the deletion of a thousand batches: each both ways."""
    seconds = {}
    for is_on in (False, True):
        switch(is_on)
        seconds[is_on] = [copy_back(), timed(_update)[0], timed(_delete)[0]]
    done = ("COPY of these rows", "UPDATE of every batch", f"deletion of {DELETED:,} batches")
    figures = zip(done, seconds[True], seconds[False], strict=True)
    return [Measured(f"{what}, with history", on, "without", off, TWICE) for what, on, off in figures]


def switch(is_on):
    verb = "ENABLE" if is_on else "DISABLE"
    with connection.cursor() as cursor:
        for model in kept_models():
            for operation in ROWS:
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" {verb} TRIGGER history_{operation}')


def _update():
    RecallBatch.objects.update(note="Looked at again.")


def _delete():
    """As the admin does it, with all their parts; taken back, so that both ways have the same to delete."""
    keys = list(RecallBatch.objects.order_by("pk").values_list("pk", flat=True)[:DELETED])
    with transaction.atomic():
        RecallBatch.objects.filter(pk__in=keys).delete()
        connection.check_constraints()
        transaction.set_rollback(True)
