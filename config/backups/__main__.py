"""`python -m config.backups make [FOLDER]` and `python -m config.backups restore FILE`."""

import os
import sys
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from config.backups import BackupError
from config.backups.database import Database
from config.backups.making import make, restore


def main(task: str, path: str) -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    database = Database.of(connection)
    if task == "restore":
        restore(database, Path(path))
        return f"The database {database.name} holds what {path} held. `manage.py migrate` brings it up to this code."
    made = make(database, Path(path))
    return f"{made}: {made.stat().st_size:,} bytes, read back whole."


if __name__ == "__main__":
    task, path = sys.argv[1:] if len(sys.argv) == 3 else ("", "")
    if task not in ("make", "restore") or not path:
        sys.exit("Which file? As in  make restore FILE=backups/recalls-2025-06-12T030000Z.dump")
    try:
        sys.stdout.write(main(task, path) + "\n")
    except (BackupError, ImproperlyConfigured, DatabaseError, OSError) as error:
        sys.exit(" ".join(str(error).split()))
