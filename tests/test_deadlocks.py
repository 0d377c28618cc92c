"""Two transactions that wait for each other: Postgres ends the one that began to wait first, which asks once more."""

import time
from contextlib import closing
from threading import Thread

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from psycopg2.errors import DeadlockDetected

from listing.deadlocks import TRIES, until_through
from recalls.importers.writing.run import import_records
from recalls.models import RecallBatch
from suppliers.models import ProductModel
from tests import factory, plain_notices
from tests.admin_pages import page, sign_in
from tests.page_forms import Fields

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT FROM pg_locks WHERE NOT granted AND %s = ANY(pg_blocking_pids(pid))"
SECONDS = 20
LINE = """INSERT INTO recalls_recalledproduct (batch_id, product_model_id, units_precision, units_grade, serials)
    VALUES (%s, %s, 'unknown', '', '')"""
LOCK = "SELECT FROM recalls_recallbatch WHERE id = %s FOR UPDATE"


def in_each_others_way(write, first, second):
    """`write` comes to wait for another's `first` statement, and that one by its `second` for `write`."""
    found = []
    with closing(connection.get_new_connection(connection.get_connection_params())) as other:
        run(other, *first)
        writer = Thread(target=closing_after, args=(write, found))
        writer.start()
        until_somebody_waits_for(other)
        run(other, *second)
        other.commit()
        writer.join(SECONDS)
    return found[0]


def run(link, statement, *values):
    with link.cursor() as cursor:
        cursor.execute(statement, values)


def closing_after(write, found):
    try:
        found.append(write())
    finally:
        connections.close_all()


def until_somebody_waits_for(other):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(WAITING, [other.get_backend_pid()])
            if cursor.rowcount:
                return
        time.sleep(0.02)
    raise AssertionError("Nobody waits.")


def deadlocks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def test_an_edit_of_a_models_category_is_saved_in_spite_of_a_new_line():
    model, staff, before = factory.product_model(), sign_in(Client()), deadlocks()
    batch, other = factory.batch(), factory.batch()
    factory.recalled_product(batch, model)
    sent = Fields(staff.get(page(model)).text).sent | {"category": factory.category("heater").pk}
    answer = in_each_others_way(
        lambda: staff.post(page(model), sent), (LOCK, batch.pk), (LINE, other.pk, model.pk)
    )
    assert answer.status_code == 302
    assert [str(message) for message in answer.wsgi_request._messages][1:] == []
    assert str(ProductModel.objects.get(pk=model.pk).category) == "heater"
    assert deadlocks() == before + 1


def test_an_import_writes_its_chunk_in_spite_of_an_edit_of_its_batches(monkeypatch):
    monkeypatch.setattr("recalls.importers.formats.FORMATS", [plain_notices])

    def imported(units):
        records = [{"number": number, "units": units} for number in ("25-001", "25-002")]
        return import_records(records, plain_notices)

    imported("About 1,000")
    one, two = RecallBatch.objects.order_by("notice_number")
    before = deadlocks()
    run = in_each_others_way(lambda: imported("About 2,000"), (LOCK, two.pk), (LOCK, one.pk))
    assert (run.read, run.changed, run.state) == (2, 2, "finished")
    assert list(RecallBatch.objects.values_list("units_low", flat=True)) == [2000, 2000]
    assert deadlocks() == before + 1


def test_whoever_is_always_in_the_way_is_named_in_the_end():
    asked = []

    def write():
        asked.append(1)
        raise OperationalError("deadlock detected") from DeadlockDetected()

    with pytest.raises(OperationalError):
        until_through(write)
    assert len(asked) == TRIES


def test_another_failure_is_not_asked_for_again():
    asked = []

    def write():
        asked.append(1)
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        until_through(write)
    assert len(asked) == 1
