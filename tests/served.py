"""A real server with the sample data in a database of its own, for tests that drive the site as it is served."""

from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection

from tests.postgres_servers import Server, socket_folder

NAME = "served"


@contextmanager
def served_database(django_db_blocker, **options):
    """A `Server` whose database is a copy of the tests' own, with the sample data in it."""
    tested = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        _copied(tested)
        server = Server(socket_folder(), **options)
        try:
            yield server
        finally:
            server.close()


def _copied(tested):
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME} TEMPLATE {tested}")
    connection.settings_dict["NAME"] = NAME
    call_command("load_sample_data", stdout=StringIO())
    connection.close()
    connection.settings_dict["NAME"] = tested
