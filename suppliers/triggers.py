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


def names_no_merged(table, column, named, label):
    """Hold that `column` of `table` is never set to a merged row of `named`, whose column `label` names it."""
    name = f"{table}_{column}_not_merged"
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {name} AFTER INSERT OR UPDATE OF {column} ON {table}
            FOR EACH ROW EXECUTE FUNCTION suppliers_names_no_merged('{column}', '{named}', '{label}');
        """,
        f"DROP TRIGGER {name} ON {table};",
    )


def names_no_merged_company(table, column="company_id"):
    return names_no_merged(table, column, "suppliers_company", "name")


def names_no_merged_model(table, column="product_model_id"):
    return names_no_merged(table, column, "suppliers_productmodel", "model_number")
