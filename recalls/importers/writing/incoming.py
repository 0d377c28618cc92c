"""The records of a run: as they came, as notices, or as what was refused."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from types import ModuleType

from recalls.importers.notice import Notice, RefusedError
from recalls.importers.writing.fields import columns_of, fields_of, regions_of
from recalls.models import ImportRun, Regulator

LONGEST_RAW = 100_000  # characters of a refused record that are kept


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from: the run, the format's module, its regulator, and whether to publish."""

    run: ImportRun
    format: ModuleType
    regulator: Regulator
    publish: bool

    @property
    def seen_at(self) -> datetime:
        return self.run.retrieved_at


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record as it came: its place in the file, its text as JSON and the hash of that."""

    position: int
    record: object
    raw: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Read:
    """A record that has become a notice, and the columns of its batches by region, its own first."""

    incoming: Incoming
    notice: Notice
    columns: dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that has not, and why."""

    incoming: Incoming
    reason: str
    number: str = ""


def chunks(records: Iterable[object], size: int) -> Iterator[list[Incoming]]:
    """The records of a file in chunks of that size."""
    numbered = enumerate(records, start=1)
    while chunk := [_incoming(*entry) for entry in islice(numbered, size)]:
        yield chunk


def read(incoming: Incoming, format: ModuleType) -> Read | Refused:
    try:
        notice = format.read(incoming.record)
    except RefusedError as refusal:
        return Refused(incoming, str(refusal))
    own = format.REGION
    columns = {region: columns_of(fields_of(notice, region, own)) for region in regions_of(notice, own)}
    return Read(incoming, notice, columns)


def _incoming(position, record):
    raw = json.dumps(record, ensure_ascii=False, sort_keys=True, default=str)
    return Incoming(position, record, raw, hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest())
