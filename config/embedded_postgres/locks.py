"""Locks between processes (flock), each the open descriptor of a small file."""

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path

SHARED = fcntl.LOCK_SH
EXCLUSIVE = fcntl.LOCK_EX


def take(path: Path, kind: int) -> int:
    """Wait for the lock and return its descriptor: closing the last copy of it frees the lock."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, kind)
    except BaseException:
        os.close(lock)
        raise
    return lock


def try_take(path: Path, kind: int) -> int | None:
    """The same without waiting: None when others hold it."""
    try:
        return take(path, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return None


@contextmanager
def held(path: Path):
    lock = take(path, EXCLUSIVE)
    try:
        yield
    finally:
        os.close(lock)


def is_held(path: Path) -> bool:
    lock = try_take(path, EXCLUSIVE)
    if lock is not None:
        os.close(lock)
    return lock is None
