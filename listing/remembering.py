"""What is worked out once for each version of the data, in each process."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.db import connections

HOUR = 3600
Made = TypeVar("Made")


def remembered(name: str, asked: object, make: Callable[[], Made], using: str) -> Made:
    """What `make` makes of `asked` from the database `using`; within a transaction, which may itself have changed the
    data, it is made anew."""
    connection = connections[using]
    if connection.in_atomic_block:
        return make()
    with connection.cursor() as cursor:
        cursor.execute("SELECT data_version()")
        version = repr((using, cursor.fetchone(), asked))
    return cache.get_or_set(f"{name}-{sha256(version.encode()).hexdigest()}", make, HOUR)
