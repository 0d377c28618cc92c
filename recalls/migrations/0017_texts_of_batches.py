"""Each batch keeps the numbers of its models and the kinds of its remedies as a text, so that lists sort by them."""

from django.db import migrations, models

# Only where the text is another: an import that writes the right one pays for no second version of the row.
FUNCTIONS = """
CREATE FUNCTION recalls_models_text(batch bigint) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT string_agg(DISTINCT model.model_number, '; ' ORDER BY model.model_number)
    FROM recalls_recalledproduct AS line JOIN suppliers_productmodel AS model ON model.id = line.product_model_id
    WHERE line.batch_id = batch
$$;
CREATE FUNCTION recalls_remedies_text(batch bigint) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT string_agg(remedy.kind, '; ' ORDER BY remedy.kind)
    FROM recalls_batchremedy AS remedy WHERE remedy.batch_id = batch
$$;

CREATE FUNCTION recalls_keep_models_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE recalls_recallbatch AS batch SET models_text = kept.models_text
    FROM (SELECT id, recalls_models_text(id) AS models_text
          FROM (SELECT DISTINCT batch_id AS id FROM changed) AS touched) AS kept
    WHERE batch.id = kept.id AND batch.models_text IS DISTINCT FROM kept.models_text;
    RETURN NULL;
END
$$;
CREATE FUNCTION recalls_keep_remedies_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE recalls_recallbatch AS batch SET remedies_text = kept.remedies_text
    FROM (SELECT id, recalls_remedies_text(id) AS remedies_text
          FROM (SELECT DISTINCT batch_id AS id FROM changed) AS touched) AS kept
    WHERE batch.id = kept.id AND batch.remedies_text IS DISTINCT FROM kept.remedies_text;
    RETURN NULL;
END
$$;
CREATE FUNCTION recalls_renumber_models_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE recalls_recallbatch AS batch SET models_text = recalls_models_text(batch.id)
    WHERE batch.id IN (SELECT line.batch_id FROM recalls_recalledproduct AS line
        JOIN new_rows ON new_rows.id = line.product_model_id JOIN old_rows ON old_rows.id = new_rows.id
        WHERE new_rows.model_number <> old_rows.model_number);
    RETURN NULL;
END
$$;
"""


def _trigger(table, text, event, rows):
    """A row that moves to another batch changes both: the old rows and the new ones have a trigger each."""
    name = f"{table}_keep_{text}_{event.lower()}_{rows.lower()}"
    return f"""
CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {rows} TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION recalls_keep_{text}_text();
"""


EVENTS = [("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")]
KEPT = {"recalls_recalledproduct": "models", "recalls_batchremedy": "remedies"}
TRIGGERS = "".join(_trigger(*kept, *event) for kept in KEPT.items() for event in EVENTS)
RENUMBER = """
CREATE TRIGGER suppliers_productmodel_renumber_models AFTER UPDATE ON suppliers_productmodel
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION recalls_renumber_models_text();
"""
FILL = """
UPDATE recalls_recallbatch AS batch SET models_text = models.text, remedies_text = remedies.text
FROM recalls_recallbatch AS same
LEFT JOIN (
    SELECT line.batch_id, string_agg(DISTINCT model.model_number, '; ' ORDER BY model.model_number) AS text
    FROM recalls_recalledproduct AS line JOIN suppliers_productmodel AS model ON model.id = line.product_model_id
    GROUP BY line.batch_id
) AS models ON models.batch_id = same.id
LEFT JOIN (
    SELECT batch_id, string_agg(kind, '; ' ORDER BY kind) AS text FROM recalls_batchremedy GROUP BY batch_id
) AS remedies ON remedies.batch_id = same.id
WHERE batch.id = same.id AND (models.text IS NOT NULL OR remedies.text IS NOT NULL);
"""
DROP = """
DROP TRIGGER suppliers_productmodel_renumber_models ON suppliers_productmodel;
DROP FUNCTION recalls_keep_models_text() CASCADE;
DROP FUNCTION recalls_keep_remedies_text() CASCADE;
DROP FUNCTION recalls_renumber_models_text();
DROP FUNCTION recalls_models_text(bigint);
DROP FUNCTION recalls_remedies_text(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("recalls", "0016_data_version"), ("suppliers", "0007_data_version")]

    operations = [
        *(
            migrations.AddField(
                "recallbatch", f"{name}_text", models.TextField(null=True, editable=False, help_text=text)
            )
            for name, text in (
                ("models", "Numbers of its models, as the list shows them."),
                ("remedies", "Kinds of its remedies, as the list shows them."),
            )
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS + RENUMBER + FILL, DROP),
    ]
