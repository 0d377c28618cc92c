"""Lists as CSV: Postgres writes the file with COPY, from the same queryset as the page."""

import os
from threading import Thread

from django.db import connections, models

from listing.reading import reading_connection
from listing.statements import statement_of

BOM = b"\xef\xbb\xbf"
CHUNK = 1 << 16
# A cell that begins with = + - @, tab or return runs as a formula in a spreadsheet.
DISARMED = "CASE WHEN ascii({0}) IN (61, 43, 45, 64, 9, 13) THEN '''' || {0} ELSE NULLIF({0}, '') END"
# No limit, but one that the planner can't know: so it prefers plans whose first rows come soon, and computes what
# is dear only after sorting.
FROM_THE_FIRST = "LIMIT (SELECT 9223372036854775807)"


def copy_statement(queryset, columns):
    """The SELECT that is copied: `columns` (name: SQL expression) of every row of a queryset."""
    aliases = {f"file_{name}": expression for name, expression in columns.items()}
    rows = queryset.annotate(**aliases).values_list(*aliases)
    fields = [rows.query.annotations[alias].output_field for alias in aliases]
    cells = ", ".join(_cell(f"c{i}", field) for i, field in enumerate(fields))
    names = ", ".join(f"c{i}" for i in range(len(fields)))
    with connections[rows.db].cursor() as cursor:
        inner = cursor.mogrify(*statement_of(rows)).decode()
    return f"SELECT {cells} FROM ({inner} {FROM_THE_FIRST}) AS file ({names})"  # noqa: S608


def _cell(name, field):
    if isinstance(field, models.CharField | models.TextField):
        return DISARMED.format(name)
    return f"{name}::text" if isinstance(field, models.BooleanField) else name


class StatementStream:
    """The bytes of a CSV file of a SELECT as Postgres makes them: iterate, and close when done or not wanted.

    A thread pumps COPY through a pipe, so memory stays flat. What fails before the first byte is raised by
    the constructor, what fails later while iterating: a cut file never ends like a whole one.
    """

    def __init__(self, statement, names, bom=False):
        self.error = None
        self.finished = False
        statement = f"COPY ({statement}) TO STDOUT WITH (FORMAT csv, ENCODING 'UTF8')"
        read_end, write_end = os.pipe()
        self.pipe = os.fdopen(read_end, "rb", buffering=0)
        self.connection = reading_connection()
        arguments = (self.connection.cursor(), statement, write_end)
        self.thread = Thread(target=self._copy, args=arguments, daemon=True)
        self.thread.start()
        header = (BOM if bom else b"") + ",".join(names).encode() + b"\n"
        self.first = header + self._read()

    def __iter__(self):
        return self

    def __next__(self):
        chunk, self.first = self.first or self._read(), b""
        if not chunk:
            raise StopIteration
        return chunk

    def close(self):
        """End the COPY if it still runs; a client that has gone frees its connection at once."""
        if not self.finished and not self.pipe.closed:
            self.connection.connection.cancel()
        self.pipe.close()
        self.thread.join()

    @property
    def is_whole(self):
        """Whether Postgres has given all of it."""
        return self.finished and self.error is None

    def _read(self):
        chunk = b"" if self.finished else self.pipe.read(CHUNK)
        if not chunk:
            self.pipe.close()
            self.thread.join()
            self.finished = True
            if self.error:
                raise self.error
        return chunk

    def _copy(self, cursor, statement, write_end):
        try:
            with self.connection.wrap_database_errors, cursor, os.fdopen(write_end, "wb") as pipe:
                cursor.copy_expert(statement, pipe)
        except Exception as error:  # handed to the reader, who raises it
            self.error = error


class CopyStream(StatementStream):
    """The bytes of a CSV file with `columns` (name: SQL expression) of every row of a queryset."""

    def __init__(self, queryset, columns, bom=False):
        super().__init__(copy_statement(queryset, columns), columns, bom)
