"""The triggers that write the history, put on the tables by every `migrate`.

Not django-pghistory: its contexts are rows that the serving role must be able to update, its triggers run with
that role's rights, so that it could write any history it likes, and each table would need a second one as wide.
"""

from django.db import connections

from history.kept import derived_columns, kept_models, secret_columns

ROWS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
}
CREATE = (
    'CREATE OR REPLACE TRIGGER "{}" AFTER {} ON "{}" {} FOR EACH STATEMENT EXECUTE FUNCTION history_on_{}({})'
)
STANDING = """
SELECT relname, tgname, encode(tgargs, 'escape') FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE tgname LIKE 'history\\_%%' AND relnamespace = current_schema()::regnamespace AND tgenabled = 'O'
"""


def keep_triggers(using, **kwargs):
    """Put the triggers on every table that has a history, and take them off the others."""
    wanted = {key: sql for model in kept_models() for key, sql in triggers_of(model)}
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('history_version')")
        if cursor.fetchone() == (None,):
            return  # migrated back
        cursor.execute(STANDING)
        standing = set(cursor.fetchall())
        for table, name, _ in standing - set(wanted):
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND pg_table_is_visible(oid)")
        tables = {table for (table,) in cursor.fetchall()}
        for key in set(wanted) - standing:
            if key[0] in tables:
                cursor.execute(wanted[key])


def triggers_of(model):
    """Each trigger of a model's table: its table, name and arguments as Postgres shows them, and the statement."""
    table = model._meta.db_table
    arguments = [",".join(derived_columns(model)), ",".join(secret_columns(model))]
    for operation, rows in ROWS.items():
        name = f"history_{operation}"
        given = ", ".join(f"'{argument}'" for argument in arguments)
        yield (
            (table, name, "".join(f"{argument}\\000" for argument in arguments)),
            CREATE.format(name, operation.upper(), table, rows, operation, given),
        )
