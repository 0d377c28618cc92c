"""The formats that the tracker reads: one module each."""

import json
from types import ModuleType

from recalls.importers import health_canada, safety_gate
from recalls.importers.cpsc import api, listing
from recalls.importers.notice import Notice, RefusedError
from recalls.models import NoticeRecord


class FormatError(Exception):
    """Records that are none of the formats asked for; the message says so for a person."""


FORMATS = [api, listing, health_canada, safety_gate]


def format_named(name: str) -> ModuleType:
    return next(format for format in FORMATS if name == format.FORMAT)


def recognised(head: bytes, formats: list[ModuleType]) -> ModuleType | None:
    """Which of these formats a file has, by how it begins; None if it has none of them."""
    return next((format for format in formats if format.recognises(head)), None)


def format_of(record: object) -> ModuleType | None:
    """The format that a raw record has, by its names; None if it has none of ours, or not surely."""
    if not isinstance(record, dict):
        return None
    heads = (json.dumps([record], default=str).encode(), ",".join(f'"{name}"' for name in record).encode())
    found = {format.FORMAT: format for head in heads for format in FORMATS if format.recognises(head)}
    return next(iter(found.values())) if len(found) == 1 else None


def notice_of(record: NoticeRecord) -> Notice | None:
    """A kept record as a notice once more; None if it can't be read any longer."""
    try:
        return format_named(record.format).read(json.loads(record.raw))
    except RefusedError:
        return None
