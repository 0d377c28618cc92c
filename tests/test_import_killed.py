"""An import that is killed in mid-run loses nothing and doubles nothing when it is started again."""

import json
import subprocess
import sys

import pytest
from django.db import connection
from django.db.models import Count, Sum

from recalls.import_querysets import LOCK_CLASS
from recalls.importers.writing.run import import_records
from recalls.models import ImportRun, NoticeRecord, RecallBatch
from suppliers.models import Company, ProductModel
from tests import plain_notices
from tests.killed_import import notices
from tests.postgres_servers import until

COUNT, SECONDS = 2000, 60
ITS_LOCK = """SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND classid = %s AND datname = current_database()"""


@pytest.fixture
def killed_run():
    """A run of another process, killed with -9 when some of its chunks were in."""
    known = connection.get_connection_params()
    database = {name.upper(): known.get(name, "") for name in ("host", "port", "user", "password")}
    database["NAME"] = connection.settings_dict["NAME"]
    command = [sys.executable, "-m", "tests.killed_import", json.dumps(database), str(COUNT)]
    with subprocess.Popen(command) as process:
        until(lambda: process.poll() is None and NoticeRecord.objects.count() >= 100, SECONDS)
        process.kill()
    until(is_gone, SECONDS)
    return ImportRun.objects.get()


def is_gone():
    """Postgres has noticed: until then it may be writing a chunk that it had got as a whole."""
    with connection.cursor() as cursor:
        cursor.execute(ITS_LOCK, [LOCK_CLASS])
        return cursor.rowcount == 0


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_ends_in_the_same_state_when_it_is_started_again(killed_run):
    read = killed_run.read
    assert 100 <= read < COUNT
    assert killed_run.new == NoticeRecord.objects.count() == read
    run = import_records(notices(COUNT), plain_notices, publish=True)
    assert (run.read, run.new, run.unchanged) == (COUNT, COUNT - read, read)
    states = ImportRun.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["interrupted", "finished"]
    # Every third notice has a second batch in Canada: 666 × 450, beside 1 + 2 + … + 2000 in the US.
    sums = RecallBatch.objects.values_list("region__code").annotate(Count("pk"), Sum("units_low"))
    assert sorted(sums.order_by()) == [("CA", 666, 299_700), ("US", 2000, 2_001_000)]
    assert Company.objects.count() == 70
    assert ProductModel.objects.count() == 350  # the pairs come back after lcm(50, 70) notices
    assert RecallBatch.objects.filter(is_published=False).count() == 0
