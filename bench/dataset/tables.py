"""Rows for many tables at once, written by COPY as fast as Postgres takes them."""

import io
from contextlib import contextmanager

from django.db import connection, models

CHUNK = 20_000  # rows of the fullest table that wait before all of them are written

# Without the rules' triggers and without foreign keys being looked up. Triggers that keep columns still run:
# constraint triggers, and those that refuse a merged record, only ever refuse.
KEEPERS = """
SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
WHERE NOT tgisinternal AND tgconstraint = 0 AND tgenabled = 'O' AND tgname !~ '_not_merged$'
"""
# A unique index refuses, and the others are made again much faster than they are kept; but for those by which the
# triggers look up the keys of the batches of new lines.
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON oid = indrelid
WHERE NOT indisunique AND relnamespace = 'public'::regnamespace AND relname ~ '^(recalls|suppliers|evidence)_'
    AND relname NOT IN ('recalls_recalledproduct', 'suppliers_cellsource')
"""


class Tables:
    """Collects rows table by table: `columns` names those of each once, and a row then comes as a tuple."""

    def __init__(self, columns: dict[type[models.Model], tuple[str, ...]]):
        self.columns = columns
        self.lines = {model: [] for model in columns}
        self.counts = dict.fromkeys(columns, 0)
        self.ends = {model: _defaults(model, names) for model, names in columns.items()}

    def add(self, model, *values) -> int:
        """The number of the new row, counted from 1 in each table."""
        self.counts[model] = number = self.counts[model] + 1
        texts = ["\\N" if v is None else v if v.__class__ is str else str(v) for v in values]
        self.lines[model].append("\t".join((str(number), *texts)))
        return number

    def write_full(self):
        """To be called between things that belong together."""
        if max(map(len, self.lines.values())) >= CHUNK:
            self.write()

    def write(self):
        """In the order in which the tables were named, so that what a row points to comes before it."""
        for model, lines in self.lines.items():
            if lines:
                _copy(model, self.columns[model], self.ends[model], lines)
                lines.clear()

    def close(self):
        """Write the rest, and let new rows be numbered after ours."""
        self.write()
        with connection.cursor() as cursor:
            for model, count in self.counts.items():
                sequence = f"pg_get_serial_sequence('{model._meta.db_table}', 'id')"
                cursor.execute(f"SELECT setval({sequence}, {count})") if count else None


def _defaults(model, names):
    """The columns that a row leaves out and that take no NULL, with the default of each."""
    left = [f for f in model._meta.concrete_fields if f.column not in names and not f.generated]
    return {f.column: str(f.get_default()) for f in left if not f.null and not f.primary_key}


def _copy(model, names, defaults, lines):
    columns = ", ".join(f'"{name}"' for name in ("id", *names, *defaults))
    end = "".join(f"\t{'{}' if value == '[]' else value}" for value in defaults.values()) + "\n"
    with connection.cursor() as cursor:
        rows = io.StringIO(end.join(lines) + end)
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN', rows)


@contextmanager
def rules_off():
    """Rows are taken as they are; the CHECKs hold all the same. In a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(KEEPERS)
        keepers = cursor.fetchall()
        for table, name in keepers:
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")
        for table, name in keepers:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")


@contextmanager
def indexes_afterwards():
    with connection.cursor() as cursor:
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
