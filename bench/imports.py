"""The import of notices against a COPY of the same rows into the same tables, with their indexes and triggers."""

import json
import resource
import tempfile
import time
from pathlib import Path

from django.apps import apps
from django.db import connection

from bench.measured import Measured
from bench.notices import notices
from evidence.kept import KeptDecimalField, KeptTextField
from recalls.importers.cpsc import api
from recalls.importers.files import import_file
from recalls.importers.writing.run import import_records

WARM = 1000
APPS = ("evidence", "suppliers", "recalls")  # what a row is told of by others comes before it


def import_against_copy(count: int) -> Measured:
    """Import that many notices, then empty the tables and COPY the rows that the import made."""
    import_records(notices(WARM, seed=1), api, publish=True)
    truncate()
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        _write(notices(count), file)
        return _measured(file.name, count)


def _write(records, file):
    """An array as the API answers, record by record, as all of them together would fill the memory."""
    for position, record in enumerate(records):
        file.write("," if position else "[")
        json.dump(record, file)
    file.write("]")
    file.flush()


def _measured(file, count):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, run = timed(lambda: import_file(file, [api], publish=True))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if run.new != count:
        raise SystemExit(f"Of {count:,} notices {run.new:,} came in: {run.refused_rows.first()}")
    again, _ = timed(lambda: import_file(file, [api], publish=True))
    note = f"{count / seconds:,.0f} notices a second; memory grew by {grown:.0f} MB; again, unchanged: {again:.1f} s"
    return Measured(f"import of {count:,} notices", seconds, "COPY of the bare rows", copy_back(), 1.5, note)


def timed(action):
    began = time.perf_counter()
    result = action()
    return time.perf_counter() - began, result


def tables():
    models = [model for app in APPS for model in apps.get_app_config(app).get_models() if model._meta.managed]
    return [model for model in models if not model._meta.proxy and model.objects.exists()]


def truncate():
    names = ", ".join(f'"{model._meta.db_table}"' for app in APPS for model in apps.get_app_config(app).get_models()
                      if model._meta.managed)  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


def copy_back():
    with tempfile.TemporaryDirectory() as folder:
        files = {model: Path(folder) / model._meta.db_table for model in tables()}
        for model, file in files.items():
            _copy(model, file, "TO STDOUT", "wb")
        truncate()
        connection.close()  # what a session has planned for empty tables, it would go on with
        _analyse(files)
        return timed(lambda: _copy_all_in(files))[0]


def _analyse(models):
    """Now, as autovacuum would otherwise do it in the middle, see none of the rows that aren't committed, and so have
    their foreign keys checked by whatever index comes first: no COPY of 100,000 notices ended."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'VACUUM ANALYZE "{model._meta.db_table}"')


def _copy_all_in(files):
    """In one transaction, as foreign keys are checked at its end."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        for model, file in files.items():
            _copy(model, file, "FROM STDIN", "rb")
        cursor.execute("COMMIT")


def _is_stored(field):
    """What triggers keep counts as stored: the import writes it too."""
    return not field.generated or isinstance(field, KeptTextField | KeptDecimalField)


def _copy(model, file, direction, mode):
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if _is_stored(field))
    with file.open(mode) as stream, connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({columns}) {direction}', stream)
