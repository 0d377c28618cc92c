"""Rows into a table by COPY, the fastest way that Postgres knows; its rules hold all the same."""

import csv
import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from operator import itemgetter

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, Model

from evidence.partial_dates import PartialDateField

PIECE = 1 << 22  # bytes handed over at once: after each, this thread waits for the one that reads ahead


def new_ids(model: type[Model], count: int) -> list[int]:
    """That many primary keys of a table, taken from its sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id')::regclass)) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor]


def copy_rows(model: type[Model], rows: list[dict[str, object]]) -> None:
    """Insert rows, all with the same columns; a column that they leave out takes the field's default.

    None is NULL, and so is an empty text in a column that may be NULL.
    """
    with copying() as copy:
        copy(model, rows)


@contextmanager
def copying() -> Iterator[Callable[[type[Model], list[dict]], None]]:
    """Gives `copy_rows` that does not wait for the database, so that the next rows are made meanwhile.

    At the end all rows are in, or the first error is raised.
    """
    with ThreadPoolExecutor(1) as database:
        begun = []

        def copy(model, rows):
            if rows:
                begun.append(database.submit(_copy, *_statement_and_file(model, rows), _raw_connection()))

        yield copy
        with connection.wrap_database_errors:
            for copied in begun:
                copied.result()


def _raw_connection():
    """Without Django's check that only the thread that opened it uses it: the other one waits meanwhile."""
    connection.ensure_connection()
    return connection.connection


def _copy(statement, file, raw):
    with raw.cursor() as cursor:
        cursor.copy_expert(statement, file, PIECE)


def _statement_and_file(model, rows):
    fields = [field for field in model._meta.concrete_fields if _is_written(field, rows[0])]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    filled = ", ".join(f'"{field.column}"' for field in fields if not field.null)
    statement = (
        f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({filled}))'
    )
    return statement, _file(rows, fields)


def _is_written(field, row):
    """What is NULL in every row need not be written."""
    return field.attname in row or not (field.null or field.primary_key or field.generated)


def _file(rows, fields):
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(_lines(rows, fields))
    file.seek(0)
    return file


def _lines(rows: list[dict], fields: list[Field]) -> Iterator[tuple]:
    defaults = {field.attname: field.get_default() for field in fields if field.attname not in rows[0]}
    texts = [
        (field.attname, text_of) for field in fields for kind, text_of in TEXTS if isinstance(field, kind)
    ]
    values_of = itemgetter(*(field.attname for field in fields))
    for row in rows:
        values = defaults | row
        for name, text_of in texts:
            values[name] = text_of(values[name])
        yield values_of(values)


def _range(day):
    return day and f"[{day.first},{day.last + timedelta(days=1)})"


def _array(texts):
    quoted = ('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts)
    return "{" + ",".join(quoted) + "}"


TEXTS = ((PartialDateField, _range), (ArrayField, _array))
