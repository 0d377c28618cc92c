"""Notices that the database knows: what their regulator changed, and what of it waits for staff.

A record is compared with the last one of the same format, or else with what another format gave. What changed is
a revision. It is written to a batch that is still as the import left it; otherwise it waits as a difference.
"""

from dataclasses import dataclass

from recalls.importers.formats import notice_of
from recalls.importers.notice import Notice
from recalls.importers.writing.changes import Change, changes_of, revisions_of
from recalls.importers.writing.differences import wait
from recalls.importers.writing.digests import imported_now, untouched
from recalls.importers.writing.fields import Field, regions_of
from recalls.importers.writing.incoming import Read, Source
from recalls.importers.writing.new import write_batches, write_records
from recalls.importers.writing.sources import complete_address
from recalls.importers.writing.state import state_of
from recalls.importers.writing.update import add_parts, join_up, update
from recalls.models import NoticeRecord, RecallBatch, Revision


@dataclass(slots=True)
class Outcome:
    """What became of a known notice: whether anything was written, how many differences it leaves to staff."""

    changed: bool = False
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Before:
    """What a notice said before: the record, what it reads, and whether it is of the same format."""

    record: NoticeRecord | None
    notice: Notice | None
    same_format: bool

    def names(self, region: str, own: str) -> bool:
        return self.notice is not None and region in regions_of(self.notice, own)


def write_known(read: Read, source: Source) -> Outcome:
    """Write what a notice says otherwise than before."""
    before = _before(read, source)
    if before.same_format and before.record.sha256 == read.incoming.sha256:
        return Outcome()
    if before.same_format:
        NoticeRecord.objects.filter(pk=before.record.pk).update(is_current=False)
    record = write_records([read], source)[read.notice.number]
    complete_address(read.notice, source.regulator)
    return _write_batches(read, source, before, record)


def _before(read, source):
    records = NoticeRecord.objects.current().filter(regulator=source.regulator, number=read.notice.number)
    records = sorted(records, key=lambda record: (record.format != source.format.FORMAT, -record.pk))
    if not records:
        return Before(None, None, same_format=False)
    same_format = records[0].format == source.format.FORMAT
    return Before(records[0], notice_of(records[0]), same_format)


def _write_batches(read, source, before, record):
    own, outcome = source.format.REGION, Outcome()
    batches = _batches(read.notice.number, source)
    named = regions_of(read.notice, own)
    for region in named:
        if region in batches:
            _revise(batches[region], read, source, before, record, outcome)
        elif not before.names(region, own):
            _add(read, region, record, source, batches)
            outcome.changed = True
    if not read.notice.quantity.refused:
        _leave_to_staff([batches[code] for code in batches if code not in named], before, record, outcome)
    return outcome


def _batches(number, source):
    batches = RecallBatch.objects.filter(regulator=source.regulator, notice_number=number)
    batches = batches.select_related("region").order_by("pk").select_for_update(of=("self",))
    return {batch.region.code: batch for batch in batches}


def _add(read, region, record, source, batches):
    """A batch in a region that the notice did not name before."""
    holders = {(read.notice.number, code): batch.pk for code, batch in batches.items()}
    write_batches([(read, region)], {read.notice.number: record}, source, holders)
    join_up(read.notice.number, source.regulator)


def _revise(batch, read, source, before, record, outcome):
    changes = changes_of(batch, read.notice, before, source.format)
    revisions = revisions_of(changes, batch, before, record)
    Revision.objects.bulk_create(revisions)
    free = batch.pk in untouched([batch.pk])
    ours = state_of(batch)
    written = [change for change in changes if free and not _is_edited(change, ours)]
    waiting = [change for change in changes if change not in written]
    if free:
        update(batch, written, read.notice, source.format.REGION)
        added = add_parts(batch, read.notice)
        imported_now([(batch.pk, record, read.notice.quantity.refused or "", read.notice.sale.problem)])
        outcome.changed |= added or bool(written)
    outcome.waiting += wait(batch, waiting, ours, record)
    outcome.changed |= bool(revisions) or outcome.waiting > 0


def _is_edited(change: Change, ours):
    """Remedies are no column of the batch, so that its digest says nothing of them."""
    return change.field == Field.REMEDIES and change.old is not None and ours[change.field] != change.old


def _leave_to_staff(batches, before, record, outcome):
    """Regions that the notice named before and names no more: their units wait as “not stated”."""
    for batch in batches:
        if before.names(batch.region.code, ""):
            gone = {"units_low": None, "units_high": None, "units_precision": "unknown"}
            change = Change(Field.UNITS, None, {**gone, "units_grade": "", "raw_units": ""})
            outcome.waiting += wait(batch, [change], state_of(batch), record)
            outcome.changed = True
