"""A chunk of records: which are unchanged, which are new, which are known, and which are refused."""

from dataclasses import asdict, dataclass, fields

from django.db import DataError, IntegrityError, connection, transaction

from listing.retelling import kept
from recalls.importers.writing.ahead import Ahead, seen_again
from recalls.importers.writing.among import Among
from recalls.importers.writing.incoming import LONGEST_RAW, Read, Refused, Source
from recalls.importers.writing.known import write_known
from recalls.importers.writing.new import write_new
from recalls.models import NoticeRecord, RecallBatch, RefusedRow


@dataclass(slots=True)
class Counts:
    """What became of records: read = new + changed + unchanged + refused."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    unread_quantities: int = 0
    waiting: int = 0

    def __add__(self, other):
        return Counts(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def write_chunk(ahead: Ahead, source: Source) -> Counts:
    """Write a chunk of records that has been read ahead; what became of each is in the counts."""
    seen_again(ahead.seen, source)
    results = ahead.results.result()
    counts = Counts(read=len(ahead.chunk), unchanged=len(ahead.chunk) - len(results))
    refused = [result for result in results if isinstance(result, Refused)]
    for turn in _turns([result for result in results if isinstance(result, Read)]):
        refused += _write_turn(turn, source, counts)
    _keep_refused(refused, source)
    counts.refused = len(refused)
    return counts


def _turns(reads):
    """The notices in turns, each number once in a turn: a later record of a number is a change of the first."""
    turns, count = [], {}
    for entry in reads:
        turn = count[entry.notice.number] = count.get(entry.notice.number, -1) + 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(entry)
    return turns


def _write_turn(turn, source, counts):
    """Write the notices of a turn; those that the database refuses come back."""
    known = _known_numbers(turn, source)
    new = [entry for entry in turn if entry.notice.number not in known]
    refused = _write_or_refuse(new, source)
    made = [
        entry for entry in new if entry.incoming.position not in {one.incoming.position for one in refused}
    ]
    counts.new += len(made)
    counts.unread_quantities += sum(bool(entry.notice.quantity.refused) for entry in made)
    for entry in turn:
        if entry.notice.number in known:
            refused += _write_known(entry, source, counts)
    return refused


def _known_numbers(turn, source):
    numbers = [entry.notice.number for entry in turn]
    records = NoticeRecord.objects.filter(Among("number", numbers), regulator=source.regulator)
    batches = RecallBatch.objects.filter(Among("notice_number", numbers), regulator=source.regulator)
    return {*records.values_list("number", flat=True), *batches.values_list("notice_number", flat=True)}


def _write_or_refuse(reads, source):
    """Write new notices together; if the database refuses one, find it by halves, so that all others come in."""
    if not reads:
        return []
    try:
        with transaction.atomic():
            write_new(reads, source)
            connection.check_constraints()
    except (IntegrityError, DataError) as error:
        if len(reads) == 1:
            return [_refused(reads[0], error)]
        half = len(reads) // 2
        return _write_or_refuse(reads[:half], source) + _write_or_refuse(reads[half:], source)
    return []


def _write_known(entry, source, counts):
    try:
        with transaction.atomic():
            outcome = write_known(entry, source)
            connection.check_constraints()
    except (IntegrityError, DataError) as error:
        return [_refused(entry, error)]
    counts.changed += outcome.changed
    counts.unchanged += not outcome.changed
    counts.waiting += outcome.waiting
    counts.unread_quantities += outcome.changed and bool(entry.notice.quantity.refused)
    return []


def _refused(entry, error):
    report = getattr(error.__cause__, "diag", None)
    reason = report.message_primary if report else str(error)
    return Refused(entry.incoming, kept(f"The database refuses it: {reason}."), entry.notice.number)


def _keep_refused(refused, source):
    rows = [
        RefusedRow(
            run=source.run,
            position=one.incoming.position,
            number=one.number[:200],
            reason=one.reason,
            raw=one.incoming.raw[:LONGEST_RAW],
        )
        for one in refused
    ]
    RefusedRow.objects.bulk_create(rows)
