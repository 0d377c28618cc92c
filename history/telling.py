"""Who changes records, from where and why: told to Postgres, whose triggers keep it with each change."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from django.db import Error, InterfaceError, connection
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

_process: dict[str, object] = {}
_said: ContextVar[dict[str, object]] = ContextVar("said")


def said() -> dict[str, object]:
    """What holds now: `user` (primary key), `name`, `origin`, `place`, `why`; empty for plain SQL."""
    return {**_process, **_said.get({})}


def say_for_process(**words: object) -> None:
    """What holds for all that this process does, unless something narrower is said."""
    _process.update(words)


@contextmanager
def telling(**words: object) -> Iterator[None]:
    """Within it, changes are by this person, from this place, for this reason."""
    before = _said.set({**_said.get({}), **words})
    _tell(connection)
    try:
        yield
    finally:
        _said.reset(before)
        _tell(connection)


def tell_new_connection(connection, **kwargs):
    if said():
        _tell(connection)


def _tell(connection):
    """Not through Django's cursor: it is no query of the page. What is said in a transaction goes back with it."""
    raw = connection.connection
    if raw is None or raw.closed or raw.get_transaction_status() == TRANSACTION_STATUS_INERROR:
        return
    with suppress(Error, InterfaceError), connection.wrap_database_errors, raw.cursor() as cursor:
        cursor.execute("SELECT set_config('history.said', %s, false)", [json.dumps(said()) if said() else ""])
