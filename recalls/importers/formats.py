"""The formats that the tracker reads: one module each."""

import json
from types import ModuleType

from recalls.importers.notice import Notice, RefusedError
from recalls.models import NoticeRecord

FORMATS = []


def format_named(name: str) -> ModuleType:
    return next(format for format in FORMATS if name == format.FORMAT)


def recognised(head: bytes) -> ModuleType | None:
    """The format of a file by how it begins; None if it is none of ours."""
    return next((format for format in FORMATS if format.recognises(head)), None)


def notice_of(record: NoticeRecord) -> Notice | None:
    """A kept record as a notice once more; None if it can't be read any longer."""
    try:
        return format_named(record.format).read(json.loads(record.raw))
    except RefusedError:
        return None
