"""A real server with a database of its own, for tests that drive the site as it is served."""

from contextlib import closing, contextmanager

from django.db import connection, transaction

from tests.postgres_servers import Server, socket_folder

NAME = "served"


@contextmanager
def served_database(django_db_blocker, fill):
    """A `Server` whose database is a copy of the tests' own, filled by `fill()`."""
    with closing(Server(copied_database(django_db_blocker, fill))) as server:
        yield server


def copied_database(django_db_blocker, fill):
    """Made on the tests' own server, for as many copies of that one as are wanted: the folder of its socket."""
    tested = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
            cursor.execute(f"CREATE DATABASE {NAME} TEMPLATE {tested}")
        try:
            connection.settings_dict["NAME"] = NAME
            with transaction.atomic():
                fill()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = tested
        return socket_folder()
