"""A database as Postgres's own programs are told of it: by the environment, where no other user reads the password."""

import os
from dataclasses import dataclass, replace

import psycopg2

VARIABLES = {
    "dbname": "PGDATABASE",
    "host": "PGHOST",
    "password": "PGPASSWORD",
    "port": "PGPORT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "user": "PGUSER",
}
HELD = """
SELECT count(*) FROM pg_class AS held JOIN pg_namespace AS space ON space.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = held.oid AND deptype = 'e')
"""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"


@dataclass(frozen=True)
class Database:
    """Where a database is: what libpq takes as its parameters."""

    params: dict

    @classmethod
    def of(cls, connection):
        """That of a Django connection; the embedded server is started for it."""
        given = connection.get_connection_params()
        return cls({name: str(given[name]) for name in VARIABLES if given.get(name)})

    @property
    def name(self):
        return self.params["dbname"]

    def named(self, name):
        """Another database of the same server."""
        return replace(self, params={**self.params, "dbname": name})

    @property
    def environment(self):
        return os.environ | {VARIABLES[name]: value for name, value in self.params.items()}

    def ask(self, question):
        """The first value of the answer, or of a statement the only row."""
        connection = psycopg2.connect(**self.params)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchone()[0] if cursor.description else None
        finally:
            connection.close()

    @property
    def major_version(self):
        return int(self.ask("SHOW server_version_num")) // 10_000
