"""Rows into a table by COPY, the fastest way that Postgres knows; its rules hold all the same."""

import io
import re
from datetime import timedelta

from django.db import connection
from django.db.models import Model

from evidence.partial_dates import PartialDate

SPECIAL = re.compile(r"[\\\t\n\r]")
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def new_ids(model: type[Model], count: int) -> list[int]:
    """That many primary keys of a table, taken from its sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor]


def copy_rows(model: type[Model], rows: list[dict[str, object]]) -> None:
    """Insert rows, all with the same columns; a column that they leave out takes the field's default."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if _is_written(field, rows[0])]
    defaults = {field.attname: _text(field.get_default()) for field in fields}
    lines = "".join([_line(row, defaults) for row in rows])
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN', io.StringIO(lines))


def _is_written(field, row):
    """What is NULL in every row need not be written."""
    return field.attname in row or not (field.null or field.primary_key or field.generated)


def _line(row, defaults):
    texts = [_text(row[name]) if name in row else default for name, default in defaults.items()]
    return "\t".join(texts) + "\n"


def _text(value):
    kind = type(value)
    if kind is str:
        return value.translate(ESCAPES) if SPECIAL.search(value) else value
    if value is None:
        return "\\N"
    if kind is PartialDate:
        return f"[{value.first},{value.last + timedelta(days=1)})"
    if kind is list:
        return _array(value).translate(ESCAPES)
    return str(value)


def _array(texts):
    quoted = ('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts)
    return "{" + ",".join(quoted) + "}"
