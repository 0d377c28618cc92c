"""Links between the notices of a regulator, made once both are there, and from then on left to staff."""

from django.db import connection, transaction

from recalls.models import NoticeLink, RecallBatch
from recalls.models.record import LinkKind

# The notice named, as a batch of the same regulator and region; of several the latest.
NAMED = """
SELECT DISTINCT ON (batch.announced_on, link.batch_id, link.kind)
    link.id, link.kind, link.batch_id, target.id
FROM recalls_noticelink AS link
JOIN recalls_recallbatch AS batch ON batch.id = link.batch_id
JOIN recalls_recallbatch AS target ON target.regulator_id = batch.regulator_id
    AND target.region_id = batch.region_id AND target.notice_number = link.target AND target.id <> batch.id
WHERE link.kind <> 'joint' AND link.followed_at IS NULL AND batch.regulator_id = %s
ORDER BY batch.announced_on, link.batch_id, link.kind, target.announced_on DESC, target.id
"""
POINTS = {LinkKind.EXPANDS: "expands", LinkKind.UPGRADES: "upgrades"}
COUNTS = {LinkKind.INCLUDES, LinkKind.UPGRADES}


@transaction.atomic
def follow_links(regulator, now) -> None:
    """Make the links whose other end has been imported, those of earlier notices first.

    A recall points to the warning that it follows up, and that warning's units are counted in it: they are the
    same units.
    """
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [regulator.pk])
        named = cursor.fetchall()
    for _, kind, batch, target in named:
        if kind in POINTS:
            RecallBatch.objects.filter(pk=batch, **{POINTS[kind]: None}).update(**{POINTS[kind]: target})
        if kind in COUNTS:
            _count_in(target, batch)
    NoticeLink.objects.filter(pk__in=[link for link, *_ in named]).update(followed_at=now)


def _count_in(inside, batch):
    """Count a batch, with those that it holds, in the other one or in that one's own holder: one level deep."""
    holder = RecallBatch.objects.values_list("counted_in", flat=True).get(pk=batch) or batch
    if holder != inside and RecallBatch.objects.filter(pk=inside, counted_in=None).update(counted_in=holder):
        RecallBatch.objects.filter(counted_in=inside).update(counted_in=holder)
