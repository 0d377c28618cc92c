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


# FOR KEY SHARE waits for a merge that is under way, and then sees what it has done.
NOT_MERGED = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named record;
    other text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.{column} IS NOT DISTINCT FROM OLD.{column} THEN
            RETURN NULL;
        END IF;
    END IF;
    SELECT {label} AS label, merged_into_id INTO named FROM {named} WHERE id = NEW.{column} FOR KEY SHARE;
    IF named.merged_into_id IS NOT NULL THEN
        SELECT {label} INTO other FROM {named} WHERE id = named.merged_into_id;
        RAISE EXCEPTION '“%” has been merged into “%”: choose that one.', named.label, other
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER {name} AFTER INSERT OR UPDATE OF {column} ON {table}
    FOR EACH ROW WHEN (NEW.{column} IS NOT NULL) EXECUTE FUNCTION {name}();
"""


def names_no_merged(table, column, named, label):
    """Hold that `column` of `table` is never set to a merged row of `named`, whose column `label` names it.

    Each has a function of its own: one for all would have to plan its queries anew for every row.
    """
    name = f"{table}_{column}_not_merged"
    return migrations.RunSQL(
        NOT_MERGED.format(name=name, table=table, column=column, named=named, label=label),
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


def names_no_merged_company(table, column="company_id"):
    return names_no_merged(table, column, "suppliers_company", "name")


def names_no_merged_model(table, column="product_model_id"):
    return names_no_merged(table, column, "suppliers_productmodel", "model_number")
