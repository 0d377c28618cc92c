"""Whether a new record names a merged one is looked at for all rows of a statement together."""

from importlib import import_module

from django.db import migrations

from suppliers.triggers import renewed

BEFORE = ["0003_names_and_merges", "0004_cell_source_answer"]


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0009_search_text")]

    operations = [
        renewed(operation)
        for name in BEFORE
        for operation in import_module(f"suppliers.migrations.{name}").Migration.operations
        if "_not_merged" in getattr(operation, "sql", "")
    ]
