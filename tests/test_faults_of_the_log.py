"""No room left for the write-ahead log: Postgres stops itself; the site says so, loses nothing and comes back."""

import subprocess
import time
from contextlib import closing, contextmanager, suppress
from shutil import copytree, rmtree

import psycopg2
import pytest

from config.embedded_postgres import account
from tests.postgres_servers import until
from tests.served import NAME, served_database
from tests.site_process import running, visitors
from tests.test_faults import PAGES, Writer, back, fill

pytestmark = [pytest.mark.django_db, pytest.mark.long]
ROOM = 64 << 20  # bytes for the log: four of its files


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with served_database(django_db_blocker, fill) as server:
        yield server


@pytest.fixture(scope="module")
def site(server, tmp_path_factory):
    with running(tmp_path_factory, DATABASE_URL=server.url(NAME)) as site:
        yield site


@contextmanager
def small_log(server):
    """The log of a server on a disk of its own with little room; gives what makes that disk larger."""
    server.stop()
    log, kept = server.data / "pg_wal", server.folder / "pg_wal.kept"
    log.rename(kept)
    log.mkdir()
    owner = account.of_server()
    options = f"size={ROOM},uid={owner.pw_uid},gid={owner.pw_gid},mode=700"
    try:
        mount("-t", "tmpfs", "-o", options, "none", log)
    except (subprocess.CalledProcessError, FileNotFoundError):
        pytest.skip("A small disk for the log was not tried: mounting one needs root, and is refused here.")
    try:
        copytree(kept, log, dirs_exist_ok=True)
        for path in log.rglob("*"):
            account.give(path)
        rmtree(kept)
        server.start()
        yield lambda: mount("-o", f"remount,size={ROOM * 8}", log)
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop()
        subprocess.run(["umount", log], check=True)


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def fill_the_log(server):
    """Write until there is no room; what Postgres said in the end."""
    with server.connect(NAME) as link, link.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS filling (text text)")
        try:
            while True:
                cursor.execute("INSERT INTO filling SELECT md5(i::text) FROM generate_series(1, 20000) AS i")
        except psycopg2.Error as error:
            return str(error)


def is_up(server):
    try:
        return server.ask(NAME, "SELECT 1") == 1
    except psycopg2.Error:
        return False


def comes_back(server):
    """By itself, or started once more where it had given up for lack of room."""
    if not (server.data / "postmaster.pid").exists():
        with suppress(subprocess.CalledProcessError):
            server.start()
    return is_up(server)


def test_no_room_for_the_log(site, server, say):
    with small_log(server) as enlarge, closing(Writer(server)) as writer:
        back(site)
        with visitors(site, PAGES) as answers:
            until(lambda: writer.confirmed > 20 and len(answers) > len(PAGES), 30)
            fill_the_log(server)
            until(lambda: "No space left on device" in (server.folder / "log").read_text(), 30)
            until(lambda: len(answers) > 3 * len(PAGES), 60)
        writer.close()
        began = time.monotonic()
        enlarge()
        until(lambda: comes_back(server), 60)
        back(site)
        seconds = time.monotonic() - began
        assert writer.lost() == 0
        assert {answer.status for answer in answers} <= {200, 503}
        refused = [answer for answer in answers if answer.status == 503]
        assert all("half a minute" in answer.body for answer in refused)
        assert '"status": 500' not in site.log.read_text()
        before = server.ask(NAME, "SELECT count(*) FROM recalls_recallbatch")
        server.ask(NAME, "UPDATE recalls_recallbatch SET note = 'room again'")
        assert before == 1
    say(
        f"Survived: no room for the write-ahead log; {len(answers)} answers, {len(refused)} of them 503 with a "
        f"sentence, {writer.confirmed:,} confirmed changes, none lost, back {seconds:.1f} s after there was room"
    )
