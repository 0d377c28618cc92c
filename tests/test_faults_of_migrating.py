"""A migration that is killed: what is there stays right, and the next one ends as if nothing had been."""

import os
import subprocess
import sys
from contextlib import closing

import pytest

from config.embedded_postgres import account
from tests.postgres_servers import Server, until
from tests.served import NAME, copied_database
from tests.site_process import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.long]
DONE = "SELECT count(*) FROM django_migrations"
KILLED_AFTER = (1, 20, 40, 60)  # migrations
RIGHTS = "SELECT string_agg(codename, ' ' ORDER BY codename) FROM auth_permission"


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with closing(Server(copied_database(django_db_blocker, lambda: None))) as server:
        server.ask("postgres", "CREATE DATABASE halfway")
        yield server


def migrating(server, *options):
    owner = f"postgres://{account.user_name()}@/{server.folder}/halfway"
    environment = os.environ | {"DATABASE_URL": server.url("halfway"), "OWNER_DATABASE_URL": owner}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def done(server):
    if not server.ask("halfway", "SELECT to_regclass('django_migrations') IS NOT NULL"):
        return 0
    return server.ask("halfway", DONE)


def schema(server, name):
    """All that stands in a database but its rows."""
    command = [
        server.programs / "pg_dump",
        "-h",
        server.folder,
        "-U",
        account.user_name(),
        "--schema-only",
        name,
    ]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [line for line in text.splitlines() if not line.startswith("\\")]


def test_a_migration_killed_again_and_again_ends_right(server, say):
    for count in KILLED_AFTER:
        process = migrating(server)
        until(lambda count=count: done(server) >= count, 120)
        process.kill()
        process.wait()
        assert migrating(server, "--check").wait() == 1
    assert migrating(server).wait() == 0
    assert migrating(server, "--check").wait() == 0
    assert schema(server, "halfway") == schema(server, NAME)
    assert server.ask("halfway", DONE) == server.ask(NAME, DONE)
    assert server.ask("halfway", RIGHTS) == server.ask(NAME, RIGHTS)
    say(
        f"Survived: a migration killed with -9 {len(KILLED_AFTER)} times; the database is as one that never was"
    )
