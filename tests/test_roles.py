"""The role that serves can't touch the history, and no mightier one serves."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from psycopg2.errors import InsufficientPrivilege

from history.roles import refuse_the_mighty
from recalls.models import NoticeRecord
from tests import factory

pytestmark = pytest.mark.django_db
BASE_DIR = Path(__file__).resolve().parent.parent

FORBIDDEN = [
    "UPDATE history_version SET old = NULL",
    "UPDATE history_change SET name = 'nobody'",
    "DELETE FROM history_version",
    "DELETE FROM history_change",
    "TRUNCATE history_version",
    "TRUNCATE history_change CASCADE",
    "INSERT INTO history_version (change_id, \"table\", row_id, operation) VALUES (1, 'a', 1, 'insert')",
    "INSERT INTO history_change (transaction) VALUES (1)",
    "DROP TABLE history_version",
    "ALTER TABLE history_version RENAME TO gone",
    "ALTER TABLE recalls_recallbatch DISABLE TRIGGER ALL",
    "ALTER TABLE recalls_recallbatch DISABLE TRIGGER history_update",
    "DROP TRIGGER history_update ON recalls_recallbatch",
    "DROP FUNCTION history_on_update() CASCADE",
    "ALTER FUNCTION history_on_update() SECURITY INVOKER",
    "SELECT history_current_change()",
    "SELECT setval('history_version_id_seq', 1)",
    "TRUNCATE recalls_recallbatch CASCADE",
    "DROP TABLE recalls_recallbatch CASCADE",
    "CREATE TABLE public.mine (id bigint)",
    "SET session_replication_role = 'replica'",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "SET ROLE pg_write_all_data",
    "UPDATE django_migrations SET name = ''",
    "UPDATE recalls_noticerecord SET raw = ''",
]


@pytest.fixture
def service():
    """A connection of the serving role's own, signed in as no other."""
    parameters = connection.get_connection_params() | {"user": "recalls_service"}
    parameters.pop("cursor_factory", None)
    with closing(psycopg2.connect(**parameters)) as own:
        own.autocommit = True
        yield own


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_serving_role_is_refused_by_postgres(service, statement):
    with pytest.raises(InsufficientPrivilege), service.cursor() as cursor:
        cursor.execute(statement)


def test_nor_does_a_table_of_its_own_write_versions_that_never_were(service):
    with service.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE recalls_recallbatch (id bigint)")
        with pytest.raises(InsufficientPrivilege):
            cursor.execute(
                "CREATE TRIGGER forged AFTER INSERT ON recalls_recallbatch REFERENCING NEW TABLE AS new_rows "
                "FOR EACH STATEMENT EXECUTE FUNCTION history_on_insert()"
            )


def test_the_serving_role_reads_the_history(service):
    with service.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM history_version")
        assert cursor.fetchone()


def test_the_serving_role_notes_when_a_raw_record_was_seen_again():
    record = factory.notice_record()
    assert NoticeRecord.objects.filter(pk=record.pk).update(last_seen_at=record.first_seen_at) == 1


def test_the_service_refuses_a_superuser():
    with pytest.raises(ImproperlyConfigured, match="which is a superuser: it could change the history"):
        refuse_the_mighty(signed_in_as(connection.get_connection_params()["user"]))


def test_the_service_refuses_the_owner_of_the_tables():
    owner = signed_in_as(connection.get_connection_params()["user"])
    with owner.cursor() as cursor:
        cursor.execute("BEGIN; CREATE ROLE recalls_owner; ALTER TABLE history_version OWNER TO recalls_owner")
        cursor.execute("SET LOCAL ROLE recalls_owner")
    with pytest.raises(ImproperlyConfigured, match="“recalls_owner”, which owns the tables"):
        refuse_the_mighty(owner)
    assert owner.connection is None  # and what was made for this is rolled back


def test_the_service_takes_the_serving_role():
    serving = signed_in_as("recalls_service")
    refuse_the_mighty(serving)
    serving.close()


def signed_in_as(role):
    other = connections["default"].copy()
    other.settings_dict["USER"] = role
    return other


def test_migrating_a_server_of_ones_own_asks_for_the_owner():
    environment = {"DATABASE_URL": "postgres://service:x@localhost:1/recalls", "PATH": os.environ["PATH"]}
    command = [sys.executable, BASE_DIR / "manage.py", "migrate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "OWNER_DATABASE_URL is not set: migrating needs the role that owns the tables." in done.stderr
