"""The formats that the tracker reads: one module each."""

import json
from types import ModuleType

from recalls.importers import health_canada, safety_gate
from recalls.importers.cpsc import api, listing
from recalls.importers.notice import Notice, RefusedError
from recalls.models import NoticeRecord

FORMATS = [api, listing, health_canada, safety_gate]


def format_named(name: str) -> ModuleType:
    return next(format for format in FORMATS if name == format.FORMAT)


def recognised(head: bytes, formats: list[ModuleType]) -> ModuleType | None:
    """Which of these formats a file has, by how it begins; None if it has none of them."""
    return next((format for format in formats if format.recognises(head)), None)


def notice_of(record: NoticeRecord) -> Notice | None:
    """A kept record as a notice once more; None if it can't be read any longer."""
    try:
        return format_named(record.format).read(json.loads(record.raw))
    except RefusedError:
        return None
