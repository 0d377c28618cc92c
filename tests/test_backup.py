"""A backup holds everything, is read back, and goes into an empty database only."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from config.backups import BackupError, programs
from config.backups.database import Database
from config.backups.making import make, read_back, restore
from config.backups.programs import program
from config.embedded_postgres import account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.as_owner]  # it makes databases
TABLES = "SELECT array_agg(tablename::text ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'"
OURS = "n.nspname = 'public'"
RULES = f"""
SELECT 'constraint ' || conname || contype::text AS rule FROM pg_constraint
JOIN pg_namespace AS n ON n.oid = connamespace WHERE {OURS}
UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger ' || tgname || tgrelid::regclass || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function ' || proname || md5(prosrc) FROM pg_proc JOIN pg_namespace AS n ON n.oid = pronamespace
WHERE {OURS}
UNION ALL SELECT 'sequence ' || sequencename || coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'
"""
SUM = "SELECT (count(*), coalesce(sum(hashtextextended(t::text, 0)), 0))::text FROM {} AS t"


@pytest.fixture
def database():
    return Database.of(connection)


@pytest.fixture
def empty(database):
    """Another, empty database of the same server."""
    name = f"{database.name}_restored"
    database.ask(f"DROP DATABASE IF EXISTS {name}")
    database.ask(f"CREATE DATABASE {name}")
    yield database.named(name)
    database.ask(f"DROP DATABASE {name} WITH (FORCE)")


def sums(database):
    """Each table's number of rows with a checksum of them all."""
    return {table: database.ask(SUM.format(table)) for table in database.ask(TABLES)}


def rules(database):
    """The names of all constraints, indexes and triggers, functions with what they do, and where sequences are."""
    return database.ask(f'SELECT array_agg(rule ORDER BY rule COLLATE "C") FROM ({RULES}) AS rules')


def rows(sums):
    return sum(int(text.strip("(").partition(",")[0]) for text in sums.values())


def test_what_was_backed_up_comes_back_row_by_row(database, empty, tmp_path, say):
    call_command("load_sample_data", verbosity=0)
    before = sums(database)
    path = make(database, tmp_path)
    restore(empty, path)
    assert sums(empty) == before
    assert rows(before) > 1_000
    assert rules(empty) == rules(database)
    assert path.stat().st_mode & 0o777 == 0o600
    compared = f"{len(before)} tables with {rows(before):,} rows and {len(rules(empty)):,} rules"
    say(f"{compared} compared after a backup and its restoring: all equal.")


def test_a_database_that_holds_something_is_not_overwritten(database, tmp_path):
    path = make(database, tmp_path)
    before = sums(database)
    with pytest.raises(BackupError, match="is not empty"):
        restore(database, path)
    assert sums(database) == before


def test_a_cut_backup_is_refused_and_leaves_the_database_empty(database, empty, tmp_path):
    path = make(database, tmp_path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(BackupError, match="pg_restore failed"):
        read_back(database, path)
    with pytest.raises(BackupError, match="pg_restore failed"):
        restore(empty, path)
    assert empty.ask(TABLES) is None


def test_a_backup_that_fails_leaves_no_file(database, tmp_path):
    with pytest.raises(BackupError, match="pg_dump failed"):
        make(_unreachable(database), tmp_path)
    assert list(tmp_path.iterdir()) == []


def _unreachable(database):
    class Elsewhere(Database):
        major_version = database.major_version

    return Elsewhere({**database.params, "dbname": "no_such_database"})


def test_a_missing_program_is_named(monkeypatch):
    monkeypatch.setattr(programs, "_candidates", lambda name: [Path("/bin/true")])
    with pytest.raises(BackupError, match="no pg_dump of Postgres 18 or newer here"):
        program("pg_dump", 18)


def test_an_older_program_than_the_server_is_not_taken(monkeypatch):
    versions = {Path("/old"): 15, Path("/new"): 18, Path("/newest"): 19}
    monkeypatch.setattr(programs, "_candidates", lambda name: list(versions))
    monkeypatch.setattr(programs, "_version", versions.get)
    assert program("pg_dump", 18) == Path("/new")
    with pytest.raises(BackupError, match="/newest is of 19"):
        program("pg_dump", 20)


def test_restore_without_a_file_says_what_to_write():
    for arguments in (["restore", ""], [], ["restore", "/no/such/file"]):
        run = subprocess.run(
            [".venv/bin/python", "-m", "config.backups", *arguments],
            capture_output=True,
            text=True,
            env=os.environ | address_of(Database.of(connection)),
        )
        assert run.returncode == 1
        assert "FILE=" in run.stderr or "There is no file" in run.stderr


def address_of(database):
    """As the product takes it, so that it starts no server of its own."""
    params = database.params
    host = params["host"].replace("/", "%2F")
    return {"DATABASE_URL": f"postgres://{params['user']}@{host}:{params.get('port', 5432)}/{database.name}"}


OLDER = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture
def older_server():
    """A server of an older major version, as an upgrade leaves behind; its empty database."""
    if not (OLDER / "postgres").exists():
        pytest.skip("There is no Postgres 15 here to upgrade from: apt install postgresql-15.")
    folder = Path(tempfile.mkdtemp(prefix="older-"))
    account.give(folder)
    data, user = folder / "data", account.user_name()
    initdb = [
        OLDER / "initdb",
        "-D",
        data,
        "--encoding=UTF8",
        "--no-locale",
        f"--username={user}",
        "--no-sync",
    ]
    account.run(initdb, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-F -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    ctl = [OLDER / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log"]
    account.run([*ctl, "start"], check=True, stdout=subprocess.DEVNULL)
    server = Database({"host": "127.0.0.1", "port": str(port), "user": user, "dbname": "postgres"})
    server.ask("CREATE DATABASE recalls ENCODING 'UTF8' TEMPLATE template0")
    yield server.named("recalls")
    account.run([*ctl, "stop", "-m", "immediate"], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder)


def test_the_database_of_an_older_postgres_moves_to_this_one(older_server, empty, tmp_path, say):
    """The tables as they are made there by the migrations, filled with the sample data."""
    address = address_of(older_server)
    environment = os.environ | address | {"OWNER_DATABASE_URL": address["DATABASE_URL"]}
    for command in (["migrate", "--verbosity=0"], ["load_sample_data"]):
        run = [sys.executable, "-W", "ignore", "manage.py", *command]
        subprocess.run(run, env=environment, check=True, stdout=subprocess.DEVNULL)
    before = sums(older_server)
    restore(empty, make(older_server, tmp_path))
    assert sums(empty) == before
    said = f"{older_server.major_version} to {empty.major_version}"
    say(
        f"{len(before)} tables with {rows(before):,} rows moved from Postgres {said} by dump and restore: all equal."
    )
