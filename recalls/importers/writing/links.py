"""Links between the notices of a regulator, made once both are there, and from then on left to staff."""

from django.db import connection

# The notice named, as a batch of the same regulator and region; the latest of several comes first.
NAMED = """
WITH named AS (
    SELECT DISTINCT ON (link.batch_id) link.id AS link, link.batch_id, target.id AS target_id
    FROM recalls_noticelink AS link
    JOIN recalls_recallbatch AS batch ON batch.id = link.batch_id
    JOIN recalls_recallbatch AS target ON target.regulator_id = batch.regulator_id
        AND target.region_id = batch.region_id AND target.notice_number = link.target AND target.id <> batch.id
    WHERE link.kind = %(kind)s AND link.followed_at IS NULL AND batch.regulator_id = %(regulator)s
    ORDER BY link.batch_id, target.announced_on DESC, target.id
)
"""
POINT = """
UPDATE recalls_recallbatch AS batch SET {column} = named.target_id
FROM named WHERE batch.id = named.batch_id AND batch.{column} IS NULL
"""
# One level deep: a batch that is counted in another holds none, and the reverse.
COUNT = """
UPDATE recalls_recallbatch AS target SET counted_in_id = batch.id
FROM named JOIN recalls_recallbatch AS batch ON batch.id = named.batch_id
WHERE target.id = named.target_id AND target.counted_in_id IS NULL AND batch.counted_in_id IS NULL
    AND NOT EXISTS (SELECT FROM recalls_recallbatch AS held WHERE held.counted_in_id = target.id)
"""
FOLLOWED = """
UPDATE recalls_noticelink AS link SET followed_at = %(now)s FROM named WHERE link.id = named.link
"""
STEPS = {
    "expands": [POINT.format(column="expands_id")],
    "includes": [COUNT],
    "upgrades": [POINT.format(column="upgrades_id"), COUNT],
}


def follow_links(regulator, now) -> None:
    """Make the links whose other end has been imported.

    A recall points to the warning that it follows up, and that warning's units are counted in it: they are the
    same units.
    """
    with connection.cursor() as cursor:
        for kind, steps in STEPS.items():
            for step in [*steps, FOLLOWED]:
                cursor.execute(NAMED + step, {"kind": kind, "regulator": regulator.pk, "now": now})
