"""The embedded server, tried with real processes and real kills."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
import pytest

from config.embedded_postgres import account, home, locks, server

BASE_DIR = Path(__file__).parents[1]
PACKAGES = Path(psutil.__file__).parents[1]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has an account to drop to")

# Answers a query a line; it connects at the first.
USER = """
import sys
from pathlib import Path
from django.conf import settings
from django.db import connection
settings.configure(DATABASES={"default": {
    "ENGINE": "config.embedded_postgres", "NAME": "recalls",
    "FOLDER": Path(sys.argv[1]), "THROW_AWAY": len(sys.argv) > 2,
}})
def ask(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        print(cursor.fetchone()[0] if cursor.description else "done", flush=True)
for line in sys.stdin:
    exec(line[1:]) if line[0] == "!" else ask(line)
"""
STARTED = "select pg_postmaster_start_time()"


class User(subprocess.Popen):
    """A process that uses the server."""

    def __init__(self, folder, *arguments, **options):
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        command = [sys.executable, "-W", "ignore", "-c", USER, folder, *arguments]
        super().__init__(command, cwd=BASE_DIR, text=True, **pipes, **options)

    def ask(self, query):
        self.stdin.write(query + "\n")
        self.stdin.flush()
        return self.stdout.readline().strip() or pytest.fail(self.leave())

    def leave(self, last_words=""):
        """What it had to say on its standard error."""
        return self.communicate(last_words, timeout=60)[1]


def place_for_data():
    """Where data may be made: a place that the server's account can reach."""
    with tempfile.TemporaryDirectory(prefix="recalls-test-") as parent:
        Path(parent).chmod(0o711)
        yield Path(parent) / "postgres"


new_folder = pytest.fixture(place_for_data, name="new_folder")
folder = pytest.fixture(place_for_data, name="folder", scope="session")  # keeps its data between tests


@pytest.fixture
def user():
    """Starts users of a server, and leaves neither them nor the server behind."""
    places = set()
    with ExitStack() as users:

        def start(place, *arguments, **options):
            places.add(place)
            user = users.enter_context(User(place, *arguments, **options))
            users.callback(user.kill)
            return user

        yield start
    for place in filter(Path.is_dir, places):
        server.stop(place)
        shutil.rmtree((place / "socket").resolve(), ignore_errors=True)


def is_running(folder):
    return locks.is_held(folder / "server.lock")


def postmaster(folder):
    return psutil.Process(int((folder / "data/postmaster.pid").read_text().split()[0]))


def kill(*processes):
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # gone with the one before
            process.kill()


def wait_until(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "waited for ten seconds"
        time.sleep(0.01)


def test_nothing_starts_before_the_first_connection(user, new_folder):
    assert user(new_folder).leave() == ""
    assert not new_folder.exists()


def test_the_last_to_leave_stops_the_server(user, folder):
    first, second = user(folder), user(folder)
    assert first.ask(STARTED) == second.ask(STARTED)
    first.leave()
    assert second.ask("select 1") == "1"
    socket_folder = (folder / "socket").readlink()
    second.leave()
    assert not is_running(folder)
    assert not socket_folder.exists()


def test_many_start_it_at_once_and_share_it(user, new_folder):
    users = [user(new_folder) for _ in range(5)]
    for each in users:
        each.stdin.write(f"{STARTED}\n")
        each.stdin.flush()
    assert len({each.stdout.readline() for each in users}) == 1


def test_data_are_kept(user, folder):
    first = user(folder)
    first.ask("create table kept (n int)")
    first.leave()
    assert user(folder).ask("select count(*) from kept") == "0"


def test_throw_away_data_are_not_kept(user, new_folder):
    first = user(new_folder, "throw away")
    assert first.ask("show fsync") == "off"
    first.leave()
    assert not new_folder.exists()


def test_trigrams_know_chinese_whatever_the_shell_says(user, new_folder):
    in_c = user(
        new_folder, env=os.environ | {"LC_ALL": "C", "LANG": "C", "PGPORT": "1", "PGDATA": "/nowhere"}
    )
    in_c.ask("create extension pg_trgm")
    assert in_c.ask("select show_trgm('安克') <> '{}'") == "True"


def test_it_listens_on_a_socket_that_only_its_users_reach(user, folder):
    user(folder).ask("select 1")
    assert postmaster(folder).net_connections(kind="inet") == []
    assert (folder / "socket").readlink().stat().st_mode & 0o777 == 0o700


def test_ctrl_c_reaches_users_but_not_the_server(user, folder):
    stays, interrupted = user(folder), user(folder, start_new_session=True)
    interrupted.ask("select 1")
    stays.ask("select 1")
    os.killpg(interrupted.pid, 2)
    interrupted.wait()
    assert stays.ask("select 2") == "2"


def test_a_killed_user_takes_the_server_along(user, folder):
    killed = user(folder)
    killed.ask("select 1")
    killed.kill()
    wait_until(lambda: not is_running(folder))


def test_a_newcomer_waits_while_the_server_of_a_killed_user_stops(user, folder):
    killed = user(folder)
    killed.ask("select 1")
    killed.kill()
    assert user(folder).ask("select 1") == "1"


def test_a_forked_child_keeps_the_server_when_its_parent_leaves(user, folder):
    parent = user(folder)
    started = parent.ask(STARTED)
    parent.stdin.write(
        f"!connection.close(); import os, time; os.fork() or time.sleep(0.5) or ask('{STARTED}')\n"
    )
    assert parent.communicate()[0].strip() == started


def test_a_server_without_supervisor_is_replaced(user, folder):
    killed = user(folder)
    killed.ask("create table orphaned (n int)")
    orphan = postmaster(folder)
    orphan.parent().kill()
    killed.kill()
    assert user(folder).ask("select count(*) from orphaned") == "0"
    assert postmaster(folder) != orphan


def test_a_server_without_supervisor_is_stopped_by_the_last_to_leave(user, folder):
    last = user(folder)
    last.ask("select 1")
    postmaster(folder).parent().kill()
    last.leave()
    assert not is_running(folder)


def test_a_crashed_server_is_started_again_for_its_users(user, folder):
    first, second = user(folder), user(folder)
    first.ask("select 1")
    postmaster(folder).kill()
    assert second.ask("select 1") == "1"


def test_everything_killed_at_once_starts_again(user, folder):
    killed = user(folder)
    killed.ask("create table killed (n int)")
    main = postmaster(folder)
    kill(main.parent(), killed, main, *main.children())
    assert user(folder).ask("select count(*) from killed") == "0"


@pytest.mark.parametrize("alive", [True, False])
def test_a_stale_lock_file_of_postgres_is_seen_through(user, folder, alive):
    with subprocess.Popen(["sleep", "60"], **account.options()) as stranger:
        if not alive:
            stranger.kill()
            stranger.wait()
        (folder / "data/postmaster.pid").write_text(f"{stranger.pid}\n{folder}/data\n0\n5432\n\n\n\nready\n")
        assert user(folder).ask("select 1") == "1"
        stranger.kill()


def test_half_made_data_are_made_anew(user, new_folder):
    killed = user(new_folder)
    killed.stdin.write("select 1\n")
    killed.stdin.flush()
    wait_until(lambda: any(new_folder.glob("new-*/PG_VERSION")))
    kill(killed, *psutil.Process(killed.pid).children(recursive=True))
    assert user(new_folder).ask("select 1") == "1"
    assert not any(new_folder.glob("new-*"))


def pretend_data(folder, version):
    data = folder / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text(f"{version}\n")
    account.give(data)


def test_data_of_another_version_are_refused_in_a_sentence(user, new_folder):
    pretend_data(new_folder, version=15)
    assert "were made by Postgres 15" in user(new_folder).leave("select 1")


def test_a_failing_server_is_refused_with_its_last_words(user, new_folder):
    pretend_data(new_folder, version=18)
    assert "could not access the server configuration file" in user(new_folder).leave("select 1")


def test_a_folder_that_cannot_be_used_is_refused_in_a_sentence(user, new_folder):
    new_folder.write_text("in the way")
    assert f"The embedded Postgres failed in {new_folder}" in user(new_folder).leave("select 1")


def test_long_paths_work(user, new_folder):
    deep = new_folder.parent / ("x" * 120)
    deep.mkdir()
    last = user(deep / "postgres", env=os.environ | {"TMPDIR": str(deep)})
    assert last.ask("select 1") == "1"
    last.leave()


@as_root
def test_as_root_the_server_drops_to_an_unprivileged_account(user, folder):
    assert user(folder).ask("select current_user") == "root"
    assert 0 not in postmaster(folder).uids()


def owners_and_modes(folder):
    return [(path.stat().st_uid, path.stat().st_mode) for path in (folder, *folder.parents)]


@as_root
def test_as_root_data_and_programs_move_out_of_a_folder_only_root_can_enter(user, new_folder):
    locked = new_folder.parent / "locked"
    locked.mkdir(mode=0o700)
    for part in PACKAGES.glob("embedded_postgres*"):
        (locked / part.name).symlink_to(part)
    before = owners_and_modes(locked)
    last = user(locked / "postgres", "throw away", env=os.environ | {"PYTHONPATH": str(locked)})
    assert last.ask("select 1") == "1"
    outside = home.of(locked / "postgres")
    assert Path(postmaster(outside).exe()).is_relative_to(outside)
    assert owners_and_modes(locked) == before
    last.leave()
    assert not outside.exists()


@as_root
@pytest.mark.skipif(not account.can_reach(Path(sys.executable)), reason="this Python is for root alone")
def test_an_ordinary_user_needs_no_root(user, new_folder):
    nobody = account.of_server()
    account.give(new_folder.parent)
    last = user(new_folder, user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[])
    assert last.ask("select current_user") == nobody.pw_name
    last.leave()
    assert not is_running(new_folder)


def test_an_unreachable_server_is_told_in_one_sentence():
    nowhere = "postgres://nobody@127.0.0.1:1/none"
    away = os.environ | {"DATABASE_URL": nowhere, "OWNER_DATABASE_URL": nowhere}
    command = [sys.executable, "manage.py", "migrate"]
    completed = subprocess.run(command, cwd=BASE_DIR, env=away, capture_output=True, text=True)
    assert (completed.returncode, completed.stderr.count("\n")) == (1, 1)
    assert "Connection refused" in completed.stderr
