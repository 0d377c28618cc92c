"""A list's file on its way to a client: a few at once, each with limits, and never a short one that looks whole."""

import os
import socket
import struct
from contextlib import ExitStack, closing, suppress
from errno import ECONNRESET
from time import monotonic, sleep

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction

from listing.leaving import watched
from listing.reading import reading_connection

LOCK = 8_350_119  # of our own choosing: the first number of the advisory locks that count the files under way

BEGIN = """
SELECT set_config('statement_timeout', %s, true)
FROM (
    SELECT FROM generate_series(1, %s) AS slot WHERE pg_try_advisory_xact_lock(%s, slot) LIMIT 1
) AS taken
"""
WAIT, STEP = 2, 0.05  # seconds
AT_ONCE, GENTLY = struct.pack("ii", 1, 0), struct.pack("ii", 0, 0)


class TooManyFilesError(Exception):
    """As many files are being written as the settings allow at once."""


class Delivery:
    """The bytes of a list's file in a transaction of their own: iterate, then close, whatever happened.

    `client` is the socket they go to, where the server tells it: a client that leaves ends the query at once, and
    one that reads more slowly than EXPORT_LEAST_SPEED for EXPORT_PATIENCE seconds is cut off. A file that is cut
    ends in a reset connection, which no client takes for the end of the file. What fails before the first byte is
    raised by the constructor: TooManyFilesError, or the database's error. `seconds`: how long it may take, if not as
    long as any file.
    """

    def __init__(self, records, client=None, seconds=None):
        self.client, self.seconds = client, seconds or settings.EXPORT_SECONDS
        self.is_cut = False
        self.connection = reading_connection()
        with ExitStack() as begun:
            begun.callback(self._let_go_if_cut)
            begun.enter_context(transaction.atomic(using=self.connection.alias))
            self._begin()
            begun.enter_context(watched(client, self._client_left))
            self.stream = begun.enter_context(closing(records.file()))
            self.begun = begun.pop_all()
        if client:  # from now on, as this process may be killed
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)

    def _begin(self):
        """Most files are short: one of those under way may end before anybody has to come again."""
        latest = monotonic() + WAIT
        while not self._has_begun():
            if monotonic() > latest:
                raise TooManyFilesError
            sleep(STEP)

    def _has_begun(self):
        with self.connection.cursor() as cursor:
            cursor.execute(BEGIN, [f"{self.seconds}s", settings.EXPORTS_AT_ONCE, LOCK])
            return cursor.fetchone()

    def _client_left(self):
        self.is_cut = True
        with suppress(DatabaseError, InterfaceError), self.connection.wrap_database_errors:
            self.connection.connection.cancel()

    def _let_go_if_cut(self):
        """Without the connection: a late cancel must not meet the next request's query."""
        if self.is_cut and not self.connection.in_atomic_block:
            self.connection.close()

    def _chunks(self):
        try:
            yield from self.stream
        except DatabaseError as error:
            if self.is_cut:
                raise ConnectionResetError(ECONNRESET, "The client has left") from error
            raise

    def __iter__(self):
        patience = settings.EXPORT_PATIENCE
        for chunk in self._chunks():
            if self.client:  # for the whole chunk, not for each part of it that gets through
                self.client.settimeout(patience)
            started = monotonic()
            yield chunk
            earned = len(chunk) / settings.EXPORT_LEAST_SPEED
            patience = min(settings.EXPORT_PATIENCE, max(0.1, patience + earned + started - monotonic()))

    def close(self):
        is_whole = self.stream.is_whole
        self.is_cut |= not is_whole
        try:
            with self.begun:
                transaction.set_rollback(not is_whole, using=self.connection.alias)
        finally:
            if self.client and is_whole:
                self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, GENTLY)
            elif self.client:
                reset(self.client)


def reset(client):
    """End a connection so that the other side sees an error, even one that takes the end of the connection for
    the end of the file (HTTP/1.0). The server that handed it to us keeps a socket that it can close.
    """
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    with socket.socket(client.family) as spare:
        os.dup2(spare.fileno(), client.fileno(), inheritable=False)
