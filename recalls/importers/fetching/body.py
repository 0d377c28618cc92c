"""What comes back: unpacked into a file piece by piece, hashed and measured, never more than allowed."""

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from urllib3.response import BaseHTTPResponse

from recalls.importers.fetching.rules import FetchError, TryAgainError

PIECE = 1 << 16
GZIP = 31  # zlib's number for the gzip format with its largest window


def copy(response: BaseHTTPResponse, spool: BinaryIO, largest: int) -> tuple[str, int]:
    """Write the body to an empty file, decompressed; return its SHA-256 (hex) and its size in bytes."""
    digest, size = hashlib.sha256(), 0
    spool.seek(0)
    spool.truncate()
    for piece in _unpacked(response, largest):
        size = _checked(size + len(piece), largest)
        digest.update(piece)
        _write(spool, piece)
    return digest.hexdigest(), size


def _write(spool: BinaryIO, piece: bytes) -> None:
    """A full disk is no fault of the connection, which would be tried again."""
    try:
        spool.write(piece)
        spool.flush()
    except OSError as error:
        raise FetchError(f"The temporary file can't be written: {error.strerror}.") from error


def measure(stream: BinaryIO, largest: int) -> tuple[str, int]:
    """Return SHA-256 (hex) and size of a file on disk."""
    size = _checked(os.fstat(stream.fileno()).st_size, largest)
    return hashlib.file_digest(stream, "sha256").hexdigest(), size


def _unpacked(response: BaseHTTPResponse, largest: int) -> Iterable[bytes]:
    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", ""):
        raise FetchError(f"The file is packed as “{packed[:20]}”, which is not read.")
    pieces = _raw(response, largest)
    return _unzipped(pieces) if "gzip" in packed else pieces


def _raw(response: BaseHTTPResponse, largest: int) -> Iterator[bytes]:
    """The bytes as sent. A stated length is refused before the first of them."""
    stated = response.headers.get("Content-Length", "")
    if stated.isdecimal():
        _checked(int(stated[:15]), largest)
    size = 0
    for piece in response.stream(PIECE, decode_content=False):
        size = _checked(size + len(piece), largest)
        yield piece


def _unzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A few bytes may stand for gigabytes: never more than one piece is unpacked at a time."""
    unzip = zlib.decompressobj(GZIP)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                unzip = zlib.decompressobj(GZIP) if unzip.eof else unzip
                yield unzip.decompress(rest, PIECE)
                rest = unzip.unconsumed_tail or unzip.unused_data
        yield unzip.flush()
    except zlib.error as error:
        raise FetchError("The file is packed as gzip and damaged.") from error
    if not unzip.eof:
        raise TryAgainError("The file broke off before its end")


def _checked(size: int, largest: int) -> int:
    if size > largest:
        raise FetchError(f"The file is larger than {largest / 1024 / 1024:g} MB.")
    return size
