"""Where a request reads: staff always on the primary, everybody else on the replica where there is one."""

import time
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connections

from listing.outages import FAILED

PRIMARY, REPLICA = "default", "replica"
RETRY_SECONDS = 5  # how long a server that did not answer comes second

_chosen = ContextVar("chosen", default=PRIMARY)
_failed_at = {}


class Router:
    """Django's database router: one replica of everything, read where the request says so, never written."""

    def db_for_read(self, model, **hints):
        return _chosen.get()

    def db_for_write(self, model, **hints):
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == PRIMARY


@contextmanager
def reading_from(alias):
    token = _chosen.set(alias)
    try:
        yield
    finally:
        _chosen.reset(token)


def note_failure(alias):
    """Let public reads turn elsewhere for a while."""
    _failed_at[alias] = time.monotonic()
    connections[alias].close()


def first_that_answers(ask):
    """Where public reads go now, and what `ask(alias)` gave there; the last one's error if none answers."""
    *others, last = sorted(_servers(), key=_failed_lately)
    for alias in others:
        try:
            return alias, ask(alias)
        except FAILED:
            note_failure(alias)
    return last, ask(last)


def _servers():
    return [REPLICA, PRIMARY] if REPLICA in settings.DATABASES else [PRIMARY]


def _failed_lately(alias):
    return time.monotonic() - _failed_at.get(alias, -RETRY_SECONDS) < RETRY_SECONDS
