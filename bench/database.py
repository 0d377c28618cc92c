"""A database of the benchmark's own, on the server that the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

NAME = "recalls_bench"


@contextmanager
def database() -> Iterator[None]:
    """Make the database anew, migrated and with exchange rates; drop it in the end."""
    _recreate(drop_only=False)
    connection.close()
    connection.settings_dict["NAME"] = NAME
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        _recreate(drop_only=True)


def _recreate(*, drop_only: bool) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        if not drop_only:
            cursor.execute(f"CREATE DATABASE {NAME}")
