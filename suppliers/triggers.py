"""Migration operations that hold what a merge means."""

from django.db import migrations


def merged_one_level(table):
    """Hold that a merged row of `table` is merged into one that is not merged itself, and so holds none."""
    name = f"{table}_merged_one_level"
    return migrations.RunSQL(
        f"""
        CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE OF merged_into_id ON {table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
            EXECUTE FUNCTION suppliers_merged_one_level();
        """,
        f"DROP TRIGGER {name} ON {table};",
    )


# FOR KEY SHARE waits for a merge that is under way, and then sees what it has done. New rows are looked at together:
# an import brings thousands at once.
NOT_MERGED = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {together} AS $$
DECLARE
    named record;
    other text;
BEGIN
    WITH held AS MATERIALIZED (
        SELECT {label} AS label, merged_into_id FROM {named} WHERE id IN ({keys}) ORDER BY id FOR KEY SHARE
    )
    SELECT * INTO named FROM held WHERE merged_into_id IS NOT NULL LIMIT 1;
    IF named.merged_into_id IS NOT NULL THEN
        SELECT {label} INTO other FROM {named} WHERE id = named.merged_into_id;
        RAISE EXCEPTION '“%” has been merged into “%”: choose that one.', named.label, other
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
"""
ON_INSERT = """
CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""
ON_UPDATE = """
CREATE TRIGGER {name} AFTER UPDATE OF {column} ON {table} FOR EACH ROW
    WHEN (NEW.{column} IS DISTINCT FROM OLD.{column} AND NEW.{column} IS NOT NULL) EXECUTE FUNCTION {name}();
"""
# A plan made for few rows stands for the session: by the index it is right for many as well.
BY_INDEX = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off"


def names_no_merged(table, column, named, label):
    """Hold that `column` of `table` is never set to a merged row of `named`, whose column `label` names it.

    Each has functions of its own: one for all would have to plan its queries anew for every row.
    """
    name = f"{table}_{column}_not_merged"
    coming = f"{name}_new"
    words = {"table": table, "column": column, "named": named, "label": label}
    one = NOT_MERGED.format(name=name, keys=f"NEW.{column}", together="", **words)
    come = f"SELECT {column} FROM come"  # noqa: S608
    many = NOT_MERGED.format(name=coming, keys=come, together=BY_INDEX, **words)
    gone = f"DROP TRIGGER IF EXISTS {name} ON {table}; DROP TRIGGER IF EXISTS {coming} ON {table};"
    triggers = ON_UPDATE.format(name=name, **words) + ON_INSERT.format(name=coming, **words)
    return migrations.RunSQL(one + many + gone + triggers, f"{gone} DROP FUNCTION {name}(), {coming}();")


def renewed(operation):
    """The same again, for a database that has it as it was before; taken back by the first one alone."""
    return migrations.RunSQL(operation.sql, migrations.RunSQL.noop)


def names_no_merged_company(table, column="company_id"):
    return names_no_merged(table, column, "suppliers_company", "name")


def names_no_merged_model(table, column="product_model_id"):
    return names_no_merged(table, column, "suppliers_productmodel", "model_number")
