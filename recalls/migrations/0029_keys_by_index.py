"""The keys of a batch that is written are looked up by the index, however few there were when the trigger first ran.

A function's plan is made once in a session: joined to an empty table, it went through all keys for every batch.
"""

from importlib import import_module

from django.db import migrations

by_company = import_module("recalls.migrations.0027_sums_by_company")
by_part = import_module("recalls.migrations.0028_sums_by_part")

LOOKED_UP = """(SELECT changed.*, coalesce(kept.categories, '{{{{}}}}') AS categories,
        coalesce(kept.suppliers, '{{{{}}}}') AS suppliers
    FROM changed LEFT JOIN LATERAL (
        SELECT * FROM recalls_batchkeys WHERE batch_id = changed.id OFFSET 0
    ) AS kept ON true) AS with_keys"""
APPEND = by_part.APPEND.replace(by_part.WITH_KEYS.format(), LOOKED_UP.format())


class Migration(migrations.Migration):
    dependencies = [("recalls", "0028_sums_by_part")]

    operations = [migrations.RunSQL(by_company._replaced(APPEND), by_company._replaced(by_part.APPEND))]
