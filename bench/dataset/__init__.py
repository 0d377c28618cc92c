"""A million batches as the world's regulators might publish them, the same in every run with the same seed.

words.py     brands, products, hazards, regions and regulators, with their shares
world.py     companies, product models, suppliers and whose cells they are said to use
figures.py   units, prices, amounts, harm, with the gaps that real notices have
batches.py   the batches and what hangs on them
tables.py    how the rows get into the database
"""

import io
import random

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from bench.dataset import batches, world
from bench.dataset.batches import Batches
from bench.dataset.tables import Tables, indexes_afterwards, rules_off
from recalls.models.run import ImportRun, RunState

# What an import notes of each batch that it made; a batch of each record, as the numbers say.
IMPORTED = """
INSERT INTO recalls_importedbatch (batch_id, record_id, digest, units_refused, problems)
SELECT batch.id, record.id, recalls_batch_digest(batch), '', ''
FROM recalls_noticerecord AS record JOIN recalls_recallbatch AS batch
    USING (regulator_id) WHERE batch.notice_number = record.number
"""


def build(rows: int, seed: int = 7) -> None:
    """Fill a database that is migrated and empty with that many recall batches, and with exchange rates."""
    call_command("load_exchange_rates", "--if-newer", stdout=io.StringIO())
    with transaction.atomic(), rules_off(), indexes_afterwards():
        fill(rows, seed)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill(rows: int, seed: int = 7) -> None:
    """The rows alone, under whatever rules are in force. In a transaction."""
    chance = random.Random(seed)
    tables = Tables(world.COLUMNS | batches.COLUMNS)
    Batches(tables, world.made(tables, chance, rows), chance, rows, _run().pk).add_all()
    tables.close()
    with connection.cursor() as cursor:
        cursor.execute(IMPORTED)


def _run():
    now = timezone.now()
    return ImportRun.objects.create(
        format="bench", retrieved_at=now, started_at=now, finished_at=now, state=RunState.FINISHED
    )
