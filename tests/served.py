"""A real server with a database of its own, for tests that drive the site as it is served."""

from contextlib import contextmanager

from django.db import connection, transaction

from tests.postgres_servers import Server, socket_folder

NAME = "served"


@contextmanager
def served_database(django_db_blocker, fill):
    """A `Server` whose database is a copy of the tests' own, filled by `fill()`."""
    tested = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        _copied(tested, fill)
        server = Server(socket_folder())
        try:
            yield server
        finally:
            server.close()


def _copied(tested, fill):
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME} TEMPLATE {tested}")
    connection.settings_dict["NAME"] = NAME
    with transaction.atomic():
        fill()
    connection.close()
    connection.settings_dict["NAME"] = tested
