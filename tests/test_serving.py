"""The site as it runs in production: gunicorn, a primary and its replica, clients that leave, servers that fail."""

from contextlib import closing, contextmanager
from html import unescape
from io import StringIO
from threading import Event, Thread

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from tests.postgres_servers import Server, socket_folder, until
from tests.site_process import running

pytestmark = pytest.mark.django_db  # for the database that the site's own is copied from
NAME = "serving"
EXPORT = "/recalls/?export=csv"
COPIES = "FROM pg_stat_activity WHERE query LIKE 'COPY%' AND state = 'active'"
STAFF = {"Cookie": "sessionid=somebody"}
PUBLIC = ["/", "/recalls/", "/recalls/us-a1263/", "/incidents/?export=csv"]


@pytest.fixture(scope="module")
def source(django_db_setup, django_db_blocker):
    """Where a server is that has a database with the sample data, whose file takes 14 MB."""
    tested = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {NAME} TEMPLATE {tested}")
        connection.settings_dict["NAME"] = NAME
        call_command("load_sample_data", stdout=StringIO())
        with connection.cursor() as cursor:
            cursor.execute("UPDATE recalls_recallbatch SET note = repeat('long ', 120000)")
        connection.close()
        connection.settings_dict["NAME"] = tested
        return socket_folder()


@pytest.fixture(scope="module")
def primary(source):
    with closing(Server(source)) as server:
        yield server


@pytest.fixture(scope="module")
def replica(primary):
    with closing(Server(str(primary.folder), replica=True)) as server:
        yield server


@pytest.fixture(scope="module")
def site(primary, replica, tmp_path_factory):
    limits = {"EXPORTS_AT_ONCE": "2", "EXPORT_PATIENCE": "3", "EXPORT_LEAST_SPEED": "1000000"}
    servers = {"DATABASE_URL": primary.url(NAME), "REPLICA_DATABASE_URL": replica.url(NAME)}
    with running(tmp_path_factory, PAGE_SECONDS="2", **servers, **limits) as site:
        yield site


@contextmanager
def visitors(site):
    """Anonymous visitors all the while; gives the list of what they were answered."""
    statuses, done = [], Event()

    def visit():
        while not done.is_set():
            statuses.extend(site.get(path).status for path in PUBLIC)

    threads = [Thread(target=visit) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        done.set()
        for thread in threads:
            thread.join()


@contextmanager
def stopped(server):
    server.stop()
    try:
        yield
    finally:
        server.start()


def read_on(client):
    """All that still comes, up to its proper end."""
    with client:
        return b"".join(iter(lambda: client.recv(1 << 20), b""))


def test_a_page_is_304_until_an_edit_by_plain_sql_has_reached_the_replica(site, primary):
    first = site.get("/recalls/")
    headers = [first.headers[name] for name in ("Cache-Control", "Vary")]
    assert (first.status, headers) == (200, ["public, no-cache", "Cookie"])
    assert site.get("/recalls/", If_None_Match=first.headers["ETag"]).status == 304
    primary.ask(NAME, "UPDATE recalls_recallbatch SET title = 'By SQL' WHERE slug = 'us-a1263'")
    again = until(lambda: (page := site.get("/recalls/", If_None_Match=first.headers["ETag"])).body and page)
    assert "By SQL" in again.body


def test_a_client_that_leaves_frees_its_connection_at_once(site, replica):
    with site.slow_client(EXPORT) as client:
        assert client.recv(12) == b"HTTP/1.1 200"
        assert replica.ask(NAME, f"SELECT count(*) {COPIES}") == 1
    until(lambda: replica.ask(NAME, f"SELECT count(*) {COPIES}") == 0, 2)


def test_twenty_slow_readers_leave_the_others_their_pages_and_are_cut_off(site, replica):
    clients = [site.slow_client(EXPORT) for _ in range(20)]
    heads = [(client.recv(12), client) for client in clients]
    served = [client for head, client in heads if head == b"HTTP/1.1 200"]
    refused = [read_on(client) for head, client in heads if head == b"HTTP/1.1 503"]
    assert (
        replica.ask(NAME, f"SELECT count(*) {COPIES}") <= 2
    )  # a third comes only after one that was cut off
    assert len(served) + len(refused) == 20
    assert len(refused) >= 14
    assert all(b"\r\nRetry-After: 30\r\n" in text and b"Try again" in text for text in refused)
    assert site.get("/recalls/").status == 200
    until(
        lambda: [client.recv(1) for client in served] and not replica.ask(NAME, f"SELECT count(*) {COPIES}")
    )
    for client in served:
        with pytest.raises(ConnectionResetError):
            read_on(client)
    assert site.get("/incidents/?export=csv").status == 200


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_file_that_was_cut_is_an_error_in_the_client(site, replica, version):
    client = site.slow_client(EXPORT, version)
    assert client.recv(12).endswith(b"200")
    replica.ask(NAME, f"SELECT pg_terminate_backend(pid) {COPIES}")
    with pytest.raises(ConnectionResetError):
        read_on(client)


def test_a_file_of_a_killed_worker_is_an_error_in_the_client_and_the_site_goes_on(site):
    client = site.slow_client(EXPORT)
    assert client.recv(12) == b"HTTP/1.1 200"
    for worker in site.workers():
        worker.kill()
    with pytest.raises(ConnectionResetError):
        read_on(client)
    until(site.is_up)


def test_public_pages_and_files_go_on_without_the_primary_and_staff_are_told(site, primary):
    with visitors(site) as statuses:
        with stopped(primary):
            staff = [site.get(path, **STAFF) for path in ("/recalls/", "/admin/")]
            ready = site.get("/readyz")
        until(lambda: site.get("/recalls/", **STAFF).status == 200)
    assert len(statuses) > len(PUBLIC)
    assert set(statuses) == {200}
    assert [page.status for page in staff] == [503, 503]
    assert "The main database can't be reached" in unescape(staff[0].body)
    assert (ready.status, ready.body) == (200, "default: unreachable\nreplica: right\n")
    assert site.get("/readyz").body == "default: right\nreplica: right\n"


def test_public_pages_and_files_go_on_without_the_replica(site, replica):
    clients = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    with visitors(site) as statuses, stopped(replica):
        assert site.get("/readyz").body == "default: right\nreplica: unreachable\n"
        seen = len(statuses)
        until(lambda: len(statuses) > seen + 2 * len(PUBLIC))
    assert set(statuses) == {200}
    until(lambda: site.get("/").status == 200 and replica.ask(NAME, clients) > 1)


def test_a_page_that_takes_too_long_is_503_with_a_sentence(site, primary):
    with primary.connect(NAME) as link, link.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE recalls_event")
        page = site.get("/incidents/anker-2025/", **STAFF)
    assert page.status == 503
    assert "This took too long and was stopped" in page.body


def test_what_a_replica_reads_outlives_a_vacuum_only_by_its_feedback(primary, replica):
    with replica.connect(NAME) as link, link.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM recalls_recallbatch")
        until(lambda: primary.ask(NAME, "SELECT backend_xmin IS NOT NULL FROM pg_stat_replication"))
        vacuumed(primary, replica)
        cursor.execute("SELECT count(*) FROM recalls_recallbatch")
        replica.ask(NAME, "ALTER SYSTEM SET hot_standby_feedback = off")
        replica.ask(NAME, "SELECT pg_reload_conf()")
        until(lambda: primary.ask(NAME, "SELECT backend_xmin IS NULL FROM pg_stat_replication"))
        with pytest.raises(psycopg2.OperationalError):
            vacuumed(primary, replica)
            cursor.execute("SELECT count(*) FROM recalls_recallbatch")
    conflicts = f"SELECT confl_snapshot FROM pg_stat_database_conflicts WHERE datname = '{NAME}'"
    until(lambda: replica.ask(NAME, conflicts) == 1)


def vacuumed(primary, replica):
    """Row versions that nobody on the primary needs are gone, on the replica too."""
    primary.ask(NAME, "UPDATE recalls_recallbatch SET cause = cause || '.'")
    primary.ask(
        NAME, "VACUUM (TRUNCATE false) recalls_recallbatch"
    )  # cutting the file would lock it on the replica
    primary.ask(NAME, "UPDATE recalls_region SET name = name")  # a commit, which sends all before it
    written = primary.ask(NAME, "SELECT pg_current_wal_flush_lsn()")
    until(lambda: replica.ask(NAME, f"SELECT pg_last_wal_replay_lsn() >= '{written}'"))
