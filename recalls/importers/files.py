"""A regulator's file, on disk or at its address, into the database."""

from collections.abc import Callable
from types import ModuleType

from recalls.importers.fetching import opened
from recalls.importers.formats import FormatError, recognised
from recalls.importers.writing.chunk import Counts
from recalls.importers.writing.run import import_records
from recalls.models import ImportRun

HEAD = 4096  # bytes that a format is recognised by


def import_file(
    path_or_url: str,
    formats: list[ModuleType],
    *,
    publish: bool = False,
    who=None,
    progress: Callable[[Counts], None] = lambda counts: None,
) -> ImportRun:
    """Import a file of one of these formats, told apart by its content; the finished run.

    FetchError where it can't be opened, FormatError where it is none of them.
    """
    with opened(path_or_url) as document:
        head = document.stream.read(HEAD)
        document.stream.seek(0)
        format = recognised(head, formats)
        if format is None:
            names = " or ".join(format.FORMAT for format in formats)
            raise FormatError(f"{document.address} is not a file of the format {names}.")
        return import_records(
            format.records(document.stream),
            format,
            publish=publish,
            who=who,
            address=document.address,
            sha256=document.sha256,
            retrieved_at=document.retrieved_at,
            progress=progress,
        )
