"""Two roles of the database: one owns the tables and migrates, a weaker one serves."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from psycopg2 import sql

READ_ONLY = ("history_change", "history_version", "django_migrations")
ONLY_COLUMNS = {"recalls_noticerecord": ("last_seen_at", "is_current")}  # a raw record stays as it came

TOO_MIGHTY = (
    "The service refuses to run as “{}”, which {}: it could change the history. Name a role in DATABASE_URL that "
    "neither is a superuser nor owns the tables, and the one that owns them in OWNER_DATABASE_URL."
)
MIGHT = """
SELECT current_user, rolsuper, rolreplication, EXISTS (
    SELECT FROM pg_class WHERE relname LIKE 'history\\_%%' AND pg_has_role(relowner, 'MEMBER')
), EXISTS (
    SELECT FROM pg_class WHERE relname IN ('history_version', 'history_change') AND relkind = 'r'
        AND has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
) FROM pg_roles WHERE rolname = current_user
"""
MAKE = """
DO $$ BEGIN
    CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
GRANTS = """
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE ALL ON SEQUENCE history_change_id_seq, history_version_id_seq FROM {role};
"""


def keep_role(using, **kwargs):
    """Let the serving role read and write all tables but the history; it is made first where that is ours to do."""
    role = settings.SERVING_ROLE
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('history_version') IS NULL, current_user = %s", [role])
        if not role or any(cursor.fetchone()):
            return
        if settings.MAKES_SERVING_ROLE:
            cursor.execute(sql.SQL(MAKE).format(role=sql.Identifier(role)))
        cursor.execute(sql.SQL(GRANTS).format(role=sql.Identifier(role)))
        _narrow(cursor, role)


def _narrow(cursor, role):
    for table in READ_ONLY:
        statement = "REVOKE INSERT, UPDATE, DELETE ON {} FROM {}"
        cursor.execute(sql.SQL(statement).format(sql.Identifier(table), sql.Identifier(role)))
    for table, columns in ONLY_COLUMNS.items():
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = "REVOKE UPDATE ON {table} FROM {role}; GRANT UPDATE ({names}) ON {table} TO {role}"
        parts = {"table": sql.Identifier(table), "role": sql.Identifier(role), "names": names}
        cursor.execute(sql.SQL(statement).format(**parts))


def refuse_the_mighty(connection, **kwargs):
    """Refuse to go on with a role that could change the history; asked of every new connection that serves."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:  # the driver's own: manage.py asks before Django is set up
        cursor.execute(MIGHT)
        role, is_superuser, replicates, owns, may_write = cursor.fetchone()
    reasons = {
        "is a superuser": is_superuser,
        "may replicate": replicates,
        "owns the tables": owns,
        "may write the history": may_write,
    }
    if found := [reason for reason, holds in reasons.items() if holds]:
        connection.close()
        raise ImproperlyConfigured(TOO_MIGHTY.format(role, found[0]))
