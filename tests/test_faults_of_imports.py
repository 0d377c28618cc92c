"""An import that its database leaves: no half of it stands, and started again it ends right."""

import json
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from config.embedded_postgres import account
from config.embedded_postgres.cluster import SERVICE
from tests import factory
from tests.postgres_servers import Server, until
from tests.served import NAME, copied_database

pytestmark = pytest.mark.django_db
COUNT, CHUNK = 300, 50
NOTICES = "SELECT count(*) FROM recalls_noticerecord"
READ = "SELECT coalesce(sum(read), 0) FROM recalls_importrun"
SUMS = """SELECT string_agg(line, ' ' ORDER BY line) FROM (
    SELECT concat(code, ' ', count(*), ' ', sum(units_low)) AS line
    FROM recalls_recallbatch JOIN recalls_region AS r ON r.id = region_id GROUP BY code
) AS lines"""
WHOLE = "CA 100 45000 US 300 45150"  # 100 × 450, and 1 + 2 + … + 300


@pytest.fixture(scope="module")
def source(django_db_setup, django_db_blocker):
    return copied_database(django_db_blocker, factory.regulator)


@pytest.fixture
def server(source):
    with closing(Server(source)) as server:
        yield server


def importing(server, count=COUNT):
    database = {"HOST": str(server.folder), "USER": SERVICE, "NAME": NAME, "PORT": "", "PASSWORD": ""}
    command = [sys.executable, "-m", "tests.killed_import", json.dumps(database), str(count)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def broken_off(server, process):
    """That the import ended in an error; whole chunks of it stand, and its run tells how many."""
    _, words = process.communicate(timeout=60)
    assert process.returncode == 1, words
    found = server.ask(NAME, NOTICES)
    assert found < COUNT and found % CHUNK == 0
    assert server.ask(NAME, READ) == found
    return found, words


def goes_on(server):
    """Started again, it finds what stands unchanged and ends with all of it."""
    process = importing(server)
    _, words = process.communicate(timeout=120)
    assert process.returncode == 0, words
    assert server.ask(NAME, SUMS) == WHOLE
    states = "SELECT string_agg(state, ' ' ORDER BY id) FROM recalls_importrun"
    return server.ask(NAME, states)


def test_postgres_killed_while_importing(server, say):
    process = importing(server)
    until(lambda: server.ask(NAME, NOTICES) >= 2 * CHUNK, 60)
    server.kill()
    process.wait(60)
    server.start()
    found, _ = broken_off(server, process)
    assert goes_on(server) == "interrupted finished"
    say(
        f"Survived: Postgres killed with -9 while importing; {found} of {COUNT} notices stood, whole after the next run"
    )


def test_the_disk_full_while_importing(server, say):
    with small_disk(server) as enlarge:
        process = importing(server)
        found, words = broken_off(server, process)
        assert "No space left on device" in words
        assert server.ask(NAME, SUMS)  # what stands can be read
        enlarge()
        assert goes_on(server) in ("failed finished", "interrupted finished")
    say(
        f"Survived: the disk full while importing; {found} of {COUNT} notices stood, whole once there was room"
    )


@contextmanager
def small_disk(server):
    """The server's database on a disk of its own with room for a little more; gives what makes that disk larger."""
    place = Path(tempfile.mkdtemp(prefix="recalls-disk-"))
    size = server.ask(NAME, f"SELECT pg_database_size('{NAME}')") + (1 << 20)
    owner = account.of_server()
    options = f"size={size},uid={owner.pw_uid},gid={owner.pw_gid},mode=700"
    try:
        mount("-t", "tmpfs", "-o", options, "none", place)
    except (subprocess.CalledProcessError, FileNotFoundError):
        place.rmdir()
        pytest.skip("A small disk was not tried: mounting one needs root, and is refused here.")
    try:
        server.ask("postgres", f"CREATE TABLESPACE small LOCATION '{place}'")
        server.ask("postgres", f"ALTER DATABASE {NAME} SET TABLESPACE small")
        yield lambda: mount("-o", f"remount,size={size * 4}", place)
    finally:
        server.stop()
        subprocess.run(["umount", place], check=True)
        place.rmdir()


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True, capture_output=True)
