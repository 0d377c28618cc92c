"""A run of an import: records in, batches out, and an account of every one of them.

Each chunk of records is one transaction with its counts, so that a run that is killed leaves no half of a chunk,
and the next one finds the first part unchanged and goes on.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from types import ModuleType

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from history.telling import telling
from listing.deadlocks import until_through
from listing.retelling import kept
from recalls.duplicates import propose
from recalls.importers.formats import FormatError, format_of
from recalls.importers.writing.ahead import read_ahead
from recalls.importers.writing.chunk import Counts, write_chunk
from recalls.importers.writing.incoming import Source
from recalls.importers.writing.links import follow_links
from recalls.importers.writing.locks import alone
from recalls.importers.writing.places import regulator_of
from recalls.models import ImportedBatch, ImportRun
from recalls.models.run import RunState

CHUNK = 2000
MANY = 10_000  # batches whose duplicates are looked for at once


def import_records(
    records: Iterable[object],
    format: ModuleType | None = None,
    *,
    publish: bool = False,
    who=None,
    address: str = "",
    sha256: str = "",
    retrieved_at: datetime | None = None,
    progress: Callable[[Counts], None] = lambda counts: None,
) -> ImportRun:
    """Import the raw records of one format, which the first of them tells if it is not named; the finished run.

    Batches are published if `publish` says so and their quantity was read, otherwise drafts. `progress` is
    called with what has become of the records so far after each chunk. Whatever the records raise ends the run
    as failed; the chunks before stay.
    """
    if format is None:
        records, format = _recognised(records)
    regulator = regulator_of(format.REGULATOR)
    with alone(regulator):
        run = ImportRun.objects.create(
            format=format.FORMAT,
            regulator=regulator,
            who=who,
            address=address,
            sha256=sha256,
            retrieved_at=retrieved_at or timezone.now(),
            started_at=timezone.now(),
        )
        source = Source(run, format, regulator, publish)
        with (
            telling(
                origin="import", place=f"{format.FORMAT} {address}".strip(), why=kept(f"Import run {run.pk}.")
            ),
            _ended(run),
        ):
            _write(records, source, progress)
    run.refresh_from_db()
    return run


def _recognised(records):
    records = iter(records)
    first = list(islice(records, 1))
    format = format_of(first[0]) if first else None
    if format is None:
        raise FormatError("The first record does not tell its format: name it.")
    return chain(first, records), format


def _write(records, source, progress):
    total = Counts()
    for ahead in read_ahead(records, source, CHUNK):
        total += until_through(partial(_write_counted, ahead, source))
        progress(total)
    follow_links(source.regulator, timezone.now())
    _propose_duplicates(source.run)


@transaction.atomic
def _write_counted(ahead, source):
    counts = write_chunk(ahead, source)
    added = {name: F(name) + count for name, count in counts.as_dict().items()}
    ImportRun.objects.filter(pk=source.run.pk).update(**added)
    return counts


def _propose_duplicates(run):
    """Those of the batches that this run made, and of the runs before it that did not get as far."""
    runs = ImportRun.objects.filter(regulator=run.regulator, started_at__gt=_last_finished(run))
    made = ImportedBatch.objects.filter(record__run__in=runs).order_by("pk").values_list("batch", flat=True)
    made = iter(made.iterator())
    while batches := list(islice(made, MANY)):
        propose(batches)


def _last_finished(run):
    finished = ImportRun.objects.filter(regulator=run.regulator, state=RunState.FINISHED)
    return finished.aggregate(last=Max("started_at"))["last"] or datetime.min.replace(tzinfo=UTC)


@contextmanager
def _ended(run) -> Iterator[None]:
    """Whatever happens, the run's record says how it ended."""
    try:
        yield
    except BaseException as error:
        _end(run, RunState.FAILED, str(error) or type(error).__name__)
        raise
    _end(run, RunState.FINISHED)


def _end(run, state, error=""):
    ImportRun.objects.filter(pk=run.pk).update(state=state, error=error, finished_at=timezone.now())
