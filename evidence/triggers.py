"""Migration operations for rules that need other rows."""

from django.db import migrations


def published_has_citation(table, citation_table, link):
    """Hold that a published row of `table` has a supporting row in `citation_table`, tied by the column `link`."""
    name = f"{table}_published_has_citation"
    return migrations.RunSQL(
        f"""
        CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE OF is_published ON {table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.is_published)
            EXECUTE FUNCTION evidence_on_publish('{citation_table}', '{link}');
        CREATE CONSTRAINT TRIGGER {name} AFTER UPDATE OR DELETE ON {citation_table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.{link} IS NOT NULL)
            EXECUTE FUNCTION evidence_on_citation_change('{table}', '{link}');
        """,
        f"DROP TRIGGER {name} ON {table}; DROP TRIGGER {name} ON {citation_table};",
    )


def same_parent(table, link, parent_table, shared):
    """Hold that the row of `parent_table` that `link` points to has the same `shared` column as the row itself."""
    return migrations.RunSQL(
        f"""
        ALTER TABLE {parent_table} ADD CONSTRAINT {parent_table}_id_{shared} UNIQUE (id, {shared});
        ALTER TABLE {table} ADD CONSTRAINT {table}_{link}_of_{shared} FOREIGN KEY ({link}, {shared})
            REFERENCES {parent_table} (id, {shared}) DEFERRABLE INITIALLY DEFERRED;
        """,
        f"""
        ALTER TABLE {table} DROP CONSTRAINT {table}_{link}_of_{shared};
        ALTER TABLE {parent_table} DROP CONSTRAINT {parent_table}_id_{shared};
        """,
    )


def changes_data_version(table):
    """Give pages a new version (`data_version()`) whenever rows of `table` are written, however that is done.

    What changes a page without writing to a table, such as a refreshed view, calls `change_data_version()`.
    """
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {table}_changes_data_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION data_has_changed();
        """,
        f"DROP TRIGGER {table}_changes_data_version ON {table};",
    )
