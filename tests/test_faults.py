"""Real faults of a real server under the site as it is served: plain words meanwhile, nothing lost, back by itself."""

import time
from contextlib import ExitStack, closing, suppress
from html import unescape
from threading import Event, Thread

import psutil
import psycopg2
import pytest

from config.embedded_postgres.cluster import SERVICE
from tests import factory
from tests.postgres_servers import until
from tests.served import NAME, served_database
from tests.site_process import running, visitors

pytestmark = pytest.mark.django_db
PAGES = ["/", "/recalls/", "/recalls/batch/", "/suppliers/", "/recalls/?export=csv"]
SECONDS = 30  # within which it is back by itself, also on a busy machine
UPDATES = "SELECT count(*) FROM history_version WHERE operation = 'update'"


def fill():
    factory.batch(slug="batch", published=True, units=7)


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with served_database(django_db_blocker, fill) as server:
        yield server


@pytest.fixture(scope="module")
def site(server, tmp_path_factory):
    with running(tmp_path_factory, DATABASE_URL=server.url(NAME)) as site:
        yield site


class Writer:
    """Changes a record again and again by the role that serves, and knows how often that was confirmed."""

    def __init__(self, server):
        self.server, self.confirmed, self.done = server, 0, Event()
        self.before = server.ask(NAME, UPDATES)
        self.thread = Thread(target=self._write, daemon=True)
        self.thread.start()

    def _write(self):
        while not self.done.is_set():
            with (
                suppress(psycopg2.Error),
                self.server.connect(NAME, SERVICE) as link,
                link.cursor() as cursor,
            ):
                while not self.done.is_set():
                    cursor.execute("UPDATE recalls_recallbatch SET note = %s", [str(self.confirmed)])
                    self.confirmed += 1
            time.sleep(0.02)

    def close(self):
        self.done.set()
        self.thread.join()

    def lost(self):
        """Of the confirmed changes; one that was not confirmed may be there too."""
        return max(0, self.confirmed - (self.server.ask(NAME, UPDATES) - self.before))


def back(site):
    """The seconds until every page is there again."""
    began = time.monotonic()
    until(lambda: all(site.get(path).status == 200 for path in PAGES), SECONDS)
    return time.monotonic() - began


def survived(site, server, fault, between=lambda: None):
    """What visitors were answered, the confirmed changes, and the seconds until all was back."""
    with closing(Writer(server)) as writer, visitors(site, PAGES) as answers:
        until(lambda: writer.confirmed > 20 and len(answers) > len(PAGES))
        fault()
        between()
        seconds = back(site)
    assert writer.lost() == 0
    assert {answer.status for answer in answers} <= {200, 503}
    assert not [answer for answer in answers if "Traceback" in answer.body or "psycopg2" in answer.body]
    return len(answers), writer.confirmed, seconds


def sentence(name, figures):
    return "Survived: {}; {:,} answers, all 200 or 503, {:,} confirmed changes, none lost, back after {:.1f} s".format(
        name, *figures
    )


def test_postgres_killed_with_all_its_processes(site, server, say):
    def away():
        until(lambda: site.get("/recalls/").status == 503)
        assert site.get("/healthz").status == 200
        assert site.get("/readyz").body == "default: unreachable\n"
        server.start()

    say(sentence("Postgres killed with -9", survived(site, server, server.kill, away)))
    assert site.get("/readyz").body == "default: right\n"


def test_one_process_of_postgres_killed_ends_all_sessions_and_it_starts_again_by_itself(site, server, say):
    def kill():
        with server.connect(NAME, SERVICE) as link:
            psutil.Process(link.info.backend_pid).kill()
            until(lambda: is_gone(link))

    say(sentence("one process of Postgres killed with -9", survived(site, server, kill)))


def is_gone(link):
    try:
        with link.cursor() as cursor:
            cursor.execute("SELECT 1")
    except psycopg2.Error:
        return True
    return False


def test_postgres_restarted(site, server, say):
    say(sentence("Postgres restarted", survived(site, server, server.stop, server.start)))


def test_no_connection_left(site, server, say):
    """All of them taken by others, those that the site has too; it says so, and is back when one is free."""
    with ExitStack() as held:
        take_all(server, held)
        pages = until(lambda: refused(site, server, held))
        assert site.get("/healthz").status == 200
        assert site.get("/readyz").status == 503
    assert all("The database can't be reached at the moment" in unescape(page.body) for page in pages)
    seconds = back(site)
    say(
        f"Survived: no connection left; {len(pages)} pages were 503 with a sentence, back after {seconds:.1f} s"
    )


def take_all(server, held):
    with suppress(psycopg2.OperationalError):
        while True:
            link = held.enter_context(server.connect(NAME, SERVICE))
            with link.cursor() as cursor:
                cursor.execute("SET application_name = 'holds'")


OTHERS = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE usename = 'recalls_service' AND application_name <> 'holds'"""


def refused(site, server, held):
    server.ask(NAME, OTHERS)
    take_all(server, held)
    pages = [site.get(path) for path in PAGES]
    return pages if {page.status for page in pages} == {503} else None


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_worker_killed_while_it_sends_a_file(site, server, say, version):
    server.ask(NAME, "UPDATE recalls_recallbatch SET note = repeat('long ', 4000000)")
    client = site.slow_client("/recalls/?export=csv", version)
    assert client.recv(12).endswith(b"200")
    for worker in site.workers():
        worker.kill()
    with client, pytest.raises(ConnectionResetError):
        while client.recv(1 << 20):
            pass
    server.ask(NAME, "UPDATE recalls_recallbatch SET note = ''")
    say(
        f"Survived: workers killed amid a file (HTTP/{version}), an error in the client; back after {back(site):.1f} s"
    )


def test_after_all_of_them_no_request_has_ended_as_a_fault_of_ours(site):
    assert '"status": 500' not in site.log.read_text()
