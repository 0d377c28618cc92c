"""A file on its way to a client: how many at once, for how long, and what becomes of it when the client leaves."""

import socket
from contextlib import closing
from threading import Timer
from time import monotonic

import pytest
from django.db import DatabaseError, OperationalError, connection

from listing import delivery
from listing.delivery import LOCK, Delivery
from listing.export import StatementStream
from tests import factory

pytestmark = pytest.mark.django_db


class Records:
    """A list whose file is that of a statement."""

    def __init__(self, statement):
        self.statement = statement

    def file(self):
        return StatementStream(self.statement, ["x"])


def another():
    link = connection.get_new_connection(connection.get_connection_params())
    link.autocommit = True
    return closing(link)


@pytest.mark.django_db(transaction=True)
def test_a_client_that_leaves_before_the_first_row_ends_the_query():
    server, client = socket.socketpair()
    Timer(0.2, client.close).start()
    started = monotonic()
    with server, pytest.raises(OperationalError, match="user request"):
        Delivery(Records("SELECT pg_sleep(30)"), server)
    assert monotonic() - started < 10
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_a_client_that_leaves_amid_the_file_gives_the_connection_back():
    server, client = socket.socketpair()
    rows = "SELECT repeat('x', 1000) FROM generate_series(1, 5000000)"
    with server, closing(Delivery(Records(rows), server)) as delivery, pytest.raises(ConnectionResetError):
        for number, _ in enumerate(delivery):
            if number == 3:
                client.close()
    assert connection.connection is None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%'"
            " AND datname = current_database()"
        )
        assert cursor.fetchone() == (0,)


def test_a_client_that_reads_too_slowly_is_cut_off(settings):
    settings.EXPORT_PATIENCE = 1
    server, client = socket.socketpair()
    rows = "SELECT repeat('x', 1000) FROM generate_series(1, 5000000)"
    with client, server, closing(Delivery(Records(rows), server)) as delivery, pytest.raises(TimeoutError):
        for chunk in delivery:
            server.sendall(chunk)


def test_a_file_that_takes_too_long_is_cut(settings):
    settings.EXPORT_SECONDS = 1
    with pytest.raises(OperationalError, match="statement timeout"):
        Delivery(Records("SELECT pg_sleep(30)"))


def test_a_file_waits_a_moment_for_one_that_ends(client, settings, monkeypatch):
    settings.EXPORTS_AT_ONCE = 1
    with another() as link, link.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, 1)", [LOCK])
        monkeypatch.setattr(
            delivery, "sleep", lambda seconds: cursor.execute("SELECT pg_advisory_unlock(%s, 1)", [LOCK])
        )
        answer = client.get("/recalls/?export=csv")
        answer.getvalue()
    assert answer.status_code == 200


def test_one_file_too_many_is_503_and_says_when_to_come_again(client, settings):
    settings.EXPORTS_AT_ONCE = 1
    with another() as link, link.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, 1)", [LOCK])
        answer = client.get("/recalls/?export=csv")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Try again" in answer.text
    assert client.get("/recalls/?export=csv").getvalue()


def test_asked_for_its_head_a_file_is_not_made(client, django_assert_num_queries):
    factory.batch(published=True)
    whole = client.get("/recalls/?export=csv")
    assert whole.getvalue()
    with django_assert_num_queries(1):
        head = client.head("/recalls/?export=csv")
    assert head["Content-Disposition"] == whole["Content-Disposition"]
    assert head["ETag"] == whole["ETag"]


def test_a_file_that_fails_leaves_the_connection_in_order():
    failing = Records("SELECT 1 / (5 - n) FROM generate_series(1, 9) AS n")
    with pytest.raises(DatabaseError), closing(Delivery(failing)) as delivery:
        list(delivery)
    factory.region()
