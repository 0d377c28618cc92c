"""Two who wait for each other's rows: Postgres ends one of them, which has written nothing and asks once more."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError
from psycopg2.errors import DeadlockDetected

TRIES = 3
Result = TypeVar("Result")


def until_through(write: Callable[[], Result]) -> Result:
    """What `write` returns, which writes in one transaction; the error of the last of three tries that ended so."""
    for _ in range(TRIES - 1):
        try:
            return write()
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
    return write()
