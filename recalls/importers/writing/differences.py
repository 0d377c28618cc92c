"""Differences between a regulator's file and a batch that staff have edited: they wait, and staff take a side."""

from django.db import transaction
from django.utils import timezone

from recalls.importers.formats import format_named, notice_of
from recalls.importers.writing.changes import Change, with_company
from recalls.importers.writing.digests import imported_now
from recalls.importers.writing.fields import differ, fields_of
from recalls.importers.writing.state import state_of
from recalls.importers.writing.update import update
from recalls.importers.writing.wording import in_words
from recalls.models import Difference, RecallBatch
from recalls.models.record import DifferenceState


class AlreadyDecidedError(Exception):
    """Somebody else took a side meanwhile; the message is a sentence for staff."""


def wait(batch, changes: list[Change], ours, record: int) -> int:
    """Leave changes to staff where the batch says otherwise; how many wait now because of them."""
    waiting = [change for change in changes if differ(change.new, ours[change.field])]
    settled = [change.field for change in changes if change not in waiting]
    Difference.objects.waiting().filter(batch=batch, field__in=settled).delete()
    for change in waiting:
        Difference.objects.update_or_create(
            batch=batch,
            field=change.field,
            state=DifferenceState.WAITING,
            defaults={
                "theirs": in_words(change.field, change.new),
                "ours": in_words(change.field, ours[change.field]),
                "record_id": record,
                "found_at": timezone.now(),
            },
        )
    return len(waiting)


@transaction.atomic
def take_theirs(difference: Difference, user) -> None:
    """Write the regulator's value into the batch. AlreadyDecidedError if somebody decided meanwhile."""
    _decide(difference, DifferenceState.THEIRS, user)
    batch = (
        RecallBatch.objects.select_for_update(of=("self",))
        .select_related("region")
        .get(pk=difference.batch_id)
    )
    notice, own = notice_of(difference.record), format_named(difference.record.format).REGION
    theirs = with_company(fields_of(notice, batch.region.code, own), notice)
    update(batch, [Change(difference.field, None, theirs[difference.field])], notice, own)
    batch.refresh_from_db()
    ours = state_of(batch)
    if not any(differ(theirs[field], ours[field]) for field in theirs):
        imported_now([(batch.pk, difference.record_id, notice.quantity.refused or "", notice.sale.problem)])


@transaction.atomic
def keep_ours(difference: Difference, user) -> None:
    """Leave the batch as it is. AlreadyDecidedError if somebody decided meanwhile."""
    _decide(difference, DifferenceState.OURS, user)


def _decide(difference, state, user):
    waiting = Difference.objects.waiting().filter(pk=difference.pk)
    if not waiting.update(state=state, decided_at=timezone.now(), decided_by=user):
        raise AlreadyDecidedError("Somebody else has decided on this difference meanwhile.")
