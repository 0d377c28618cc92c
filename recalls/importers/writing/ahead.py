"""Reading ahead: while the database writes a chunk of records, the next one is made into notices."""

import gc
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from recalls.importers.writing.among import Among
from recalls.importers.writing.incoming import Incoming, Read, Refused, Source, chunks, read
from recalls.models import NoticeRecord

PROMPT = 0.0005  # seconds until the thread that reads lets the one go on whose database has answered
MANY = 50_000  # objects made until the garbage collector looks at them: a chunk holds as many, and few cycles


@dataclass(frozen=True, slots=True)
class Ahead:
    """A chunk of records, the hashes of those that are known, and what becomes of all others."""

    chunk: list[Incoming]
    seen: set[str]
    results: "Future[list[Read | Refused]]"


def read_ahead(records: Iterable[object], source: Source, size: int) -> Iterator[Ahead]:
    """The records in chunks, one ahead. If they break off, what came before is given out first."""
    last = None
    with _undelayed(), ThreadPoolExecutor(1) as reader:
        try:
            for chunk in chunks(records, size):
                ahead = _begun(chunk, source, reader)
                if last:
                    yield last
                last = ahead
        except Exception:
            if last:
                yield last
            raise
        if last:
            yield last


@contextmanager
def _undelayed() -> Iterator[None]:
    """Without what costs an import a third of its time: waiting for the other thread, and the garbage collector."""
    interval, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(PROMPT)
    gc.set_threshold(MANY, *thresholds[1:])
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(*thresholds)


def _begun(chunk, source, reader):
    seen = set(_standing(source, {incoming.sha256 for incoming in chunk}).values_list("sha256", flat=True))
    unseen = [incoming for incoming in chunk if incoming.sha256 not in seen]
    return Ahead(chunk, seen, reader.submit(_read_all, unseen, source.format))


def _read_all(chunk, format):
    return [read(incoming, format) for incoming in chunk]


def seen_again(hashes: set[str], source: Source) -> None:
    """Note of records that a file gave once more when that was."""
    _standing(source, hashes).filter(last_seen_at__lt=source.seen_at).update(last_seen_at=source.seen_at)


def _standing(source, hashes):
    """The records among these hashes that are the last we know of their notice."""
    records = NoticeRecord.objects.standing().filter(regulator=source.regulator, format=source.format.FORMAT)
    return records.filter(Among("sha256", hashes))
