"""What follows from new rows is worked out for all rows of a statement together, so that imports pay less for it."""

from importlib import import_module

from django.db import migrations

from suppliers.triggers import BY_INDEX, renewed

named = import_module("recalls.migrations.0005_names_no_merged")


def _keep(kept, text, lines):
    """The texts of the batches whose rows have changed; only where the text is another."""
    return f"""
CREATE OR REPLACE FUNCTION recalls_keep_{kept}_text() RETURNS trigger LANGUAGE plpgsql {BY_INDEX} AS $$
BEGIN
    UPDATE recalls_recallbatch AS batch SET {kept}_text = now.text
    FROM (SELECT touched.id, {text} AS text
          FROM (SELECT DISTINCT batch_id AS id FROM changed) AS touched {lines}
          GROUP BY touched.id) AS now
    WHERE batch.id = now.id AND batch.{kept}_text IS DISTINCT FROM now.text;
    RETURN NULL;
END
$$;
"""


KEEP = _keep(
    "models",
    "string_agg(DISTINCT model.model_number, '; ' ORDER BY model.model_number)",
    """LEFT JOIN recalls_recalledproduct AS line ON line.batch_id = touched.id
          LEFT JOIN suppliers_productmodel AS model ON model.id = line.product_model_id""",
) + _keep(
    "remedies",
    "string_agg(remedy.kind, '; ' ORDER BY remedy.kind)",
    "LEFT JOIN recalls_batchremedy AS remedy ON remedy.batch_id = touched.id",
)


class Migration(migrations.Migration):
    dependencies = [("recalls", "0024_search_text"), ("suppliers", "0010_many_named_at_once")]

    operations = [*map(renewed, named.Migration.operations), migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
