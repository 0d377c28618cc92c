"""Opening a regulator's file, from disk or from the regulator's own site.

    rules.py       which hosts may be asked, where they may lead, how long and how much may come
    connection.py  one request to one checked address, cut off at the deadline
    body.py        what comes back, unpacked into a temporary file, hashed and measured
    attempts.py    redirects followed, failures tried again

Only https to the regulators' hosts is fetched, redirects included, and no answer of the DNS leads into our own
network: the address that was checked is the one that is connected to. Proxies are not used.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from recalls.importers.fetching.attempts import fetch
from recalls.importers.fetching.body import measure
from recalls.importers.fetching.rules import FetchError, Rules

__all__ = ["Document", "FetchError", "Rules", "opened"]

RULES = Rules()


@dataclass(frozen=True, slots=True)
class Document:
    """A file open for reading from its start, as bytes, and what is known of it.

    address: where it was read in the end, redirects followed; the file's name for a file on disk. sha256 (hex)
    and size: of the bytes that `stream` gives, so after decompression.
    """

    stream: BinaryIO
    address: str
    retrieved_at: datetime
    sha256: str
    size: int


@contextmanager
def opened(path_or_url: str | Path, rules: Rules = RULES) -> Iterator[Document]:
    """Open a file on disk or at an https address; FetchError with one plain sentence where that is refused.

    A fetched file lies in a temporary file without a name, which goes with the block or with the process.
    """
    if "://" in str(path_or_url):
        with TemporaryFile() as spool:
            address, digest, size = fetch(str(path_or_url), spool, rules)
            yield _document(spool, address, digest, size)
    else:
        with _on_disk(Path(path_or_url)) as stream:
            yield _document(stream, Path(path_or_url).name, *measure(stream, rules.largest))


def _document(stream: BinaryIO, address: str, digest: str, size: int) -> Document:
    stream.seek(0)
    return Document(stream, address, datetime.now(UTC), digest, size)


def _on_disk(path: Path) -> BinaryIO:
    """A named pipe or a device would never end: only files."""
    if not path.is_file():
        raise FetchError(f"There is no file {path.name}.")
    try:
        return path.open("rb")
    except OSError as error:
        raise FetchError(f"The file {path.name} can't be read: {error.strerror}.") from error
