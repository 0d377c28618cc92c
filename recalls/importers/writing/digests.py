"""Which batches an import made, and whether staff have edited them since."""

from django.db import connection

IMPORTED = """
INSERT INTO recalls_importedbatch (batch_id, record_id, digest, units_refused, problems)
SELECT batch.id, given.record_id, recalls_batch_digest(batch), given.units_refused, given.problems
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[])
    AS given (batch_id, record_id, units_refused, problems)
JOIN recalls_recallbatch AS batch ON batch.id = given.batch_id
ON CONFLICT (batch_id) DO UPDATE SET record_id = excluded.record_id, digest = excluded.digest,
    units_refused = excluded.units_refused, problems = excluded.problems
"""
UNTOUCHED = """
SELECT batch.id FROM recalls_recallbatch AS batch
JOIN recalls_importedbatch AS imported ON imported.batch_id = batch.id
WHERE batch.id = ANY(%s) AND imported.digest = recalls_batch_digest(batch)
"""


def imported_now(rows: list[tuple[int, int, str, str]]) -> None:
    """Note that batches are as the import left them: rows of batch, record, units_refused, problems."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(IMPORTED, [list(column) for column in zip(*rows, strict=True)])


def untouched(batches: list[int]) -> set[int]:
    """Those batches that are still as an import left them."""
    with connection.cursor() as cursor:
        cursor.execute(UNTOUCHED, [batches])
        return {key for (key,) in cursor}
