"""The data folder of Postgres: made once, checked at every start."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from . import ServerError, account

DATABASE = "recalls"
SERVICE = "recalls_service"  # the role that serves; `migrate` makes it where the data are older than it
# Who may sign in to the socket as which role: the account that made the data, as itself and as any weaker one.
ACCESS = {
    "pg_hba.conf": "local all all peer map=recalls\nlocal replication all peer map=recalls\n",
    "pg_ident.conf": 'recalls "{name}" all\n',
}


def prepare(data: Path, programs: Path, log: IO, sync: bool) -> None:
    """Leave a data folder that these programs can start on. Nothing may run on it meanwhile."""
    for unfinished in data.parent.glob("new-*"):
        shutil.rmtree(unfinished)
    if not data.exists():
        _create(data, programs, log, sync)
    _check_version(data, programs)
    for name, text in ACCESS.items():
        (data / name).write_text(text.format(name=account.user_name()))
    # No server holds its lock, so whatever process has this number today is a stranger.
    (data / "postmaster.pid").unlink(missing_ok=True)


def _create(data: Path, programs: Path, log: IO, sync: bool) -> None:
    """Made under another name and renamed when whole, so that a kill leaves no half of it."""
    unfinished = Path(tempfile.mkdtemp(prefix="new-", dir=data.parent))
    account.give(unfinished)
    # The built-in C.UTF-8 sorts and folds alike on every system; LC_CTYPE (pg_trgm's) is the system's.
    initdb = [programs / "initdb", "-D", unfinished, "--locale=C.UTF-8", "--locale-provider=builtin"]
    initdb += ["--encoding=UTF8", f"--username={account.user_name()}", "--auth=peer"]
    _run([*initdb, *([] if sync else ["--no-sync"])], log)
    single = [programs / "postgres", "--single", "-D", unfinished, "-c", "exit_on_error=on", "template1"]
    _run(single, log, input=f"CREATE DATABASE {DATABASE}\nCREATE ROLE {SERVICE} LOGIN\n".encode())
    unfinished.rename(data)


def _run(command: list, log: IO, **options) -> None:
    if account.run(command, stdout=log, stderr=log, **options).returncode != 0:
        raise ServerError(f"The database could not be made: {last_words(Path(log.name))}")


def check_owner(data: Path) -> None:
    runner = account.of_server()
    if data.exists() and data.stat().st_uid != runner.pw_uid:
        raise ServerError(
            f"The data in {data} belong to user id {data.stat().st_uid}, and the server "
            f"would run as {runner.pw_name}: work as the user who made them."
        )


def _check_version(data: Path, programs: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    answer = account.run([programs / "postgres", "--version"], stdout=subprocess.PIPE, check=True, text=True)
    installed = answer.stdout.split()[-1].partition(".")[0]
    if made_by != installed:
        raise ServerError(
            f"The data in {data} were made by Postgres {made_by}, and Postgres {installed} is installed: "
            "dump them with the old version and restore the dump with the new one."
        )


def is_ready(data: Path) -> bool:
    """Postgres notes in its eighth line how far it is."""
    try:
        return (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (FileNotFoundError, IndexError):
        return False


def last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()[-3:]
    return f"{' / '.join(lines) or 'it left no message'} ({log})"
