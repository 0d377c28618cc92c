"""Making a backup, and reading it back before it counts as one."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from config.backups import BackupError
from config.backups.database import HELD, TABLES, Database
from config.backups.programs import program


def make(database: Database, folder: Path) -> Path:
    """One new file in the folder, named by the instant, that was read back whole; other backups stay."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{database.name}-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.dump"
    unfinished = path.with_suffix(".unfinished")
    try:
        with _own(unfinished) as file:
            _run(database, "pg_dump", "--format=custom", "--no-password", output=file)
            os.fsync(file.fileno())
        read_back(database, unfinished)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _own(path):
    """A file that nobody else may read: it holds the hashes of passwords."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def read_back(database: Database, path: Path) -> None:
    """Unpack every byte of it, and see that it holds the data of every table."""
    _run(database, "pg_restore", "--file=/dev/null", path)
    contents = _run(database, "pg_restore", "--list", path).decode()
    held, expected = contents.count(" TABLE DATA "), database.ask(TABLES)
    if held != expected:
        raise BackupError(
            f"The backup holds the data of {held} tables, the database has {expected}: try again."
        )


def restore(database: Database, path: Path) -> None:
    """Fill an empty database with a backup: all of it, or nothing."""
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    if held := database.ask(HELD):
        raise BackupError(
            f"The database {database.name} is not empty ({held} tables and the like): a backup is restored into an "
            "empty one only, so that nothing is overwritten."
        )
    options = ("--no-owner", "--exit-on-error", "--single-transaction", "--no-password")
    _run(database, "pg_restore", *options, f"--dbname={database.name}", path)
    database.ask("ANALYZE")


def _run(database, name, *arguments, output=subprocess.PIPE):
    """What the program wrote; its own last words where it failed."""
    command = [program(name, database.major_version), *arguments]
    done = subprocess.run(command, env=database.environment, stdout=output, stderr=subprocess.PIPE)  # noqa: S603
    if done.returncode != 0:
        words = done.stderr.decode(errors="replace").strip().splitlines()[-2:]
        raise BackupError(f"{name} failed: {' / '.join(words)}")
    return done.stdout
