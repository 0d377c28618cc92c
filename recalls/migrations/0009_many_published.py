"""Publishing many batches at once is cheap: the rule's query is planned once, not for every batch."""

from django.db import migrations

NAME = "recalls_recallbatch_published_has_citation"
DROP = f"DROP TRIGGER {NAME} ON recalls_recallbatch;"
CREATE = f"""
CREATE CONSTRAINT TRIGGER {NAME} AFTER INSERT OR UPDATE OF is_published ON recalls_recallbatch
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.is_published) EXECUTE FUNCTION
"""
# The sentence and the rest of the rule stay where they are for every kind of record.
STATIC = """
CREATE FUNCTION recalls_recallbatch_on_publish() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM recalls_citation WHERE batch_id = NEW.id AND stance = 'supports') THEN
        PERFORM evidence_require_citation(TG_TABLE_NAME, NEW.id, 'recalls_citation', 'batch_id');
    END IF;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("recalls", "0008_step_states")]

    operations = [
        migrations.RunSQL(
            STATIC + DROP + CREATE + "recalls_recallbatch_on_publish();",
            DROP
            + CREATE
            + "evidence_on_publish('recalls_citation', 'batch_id');"
            + "DROP FUNCTION recalls_recallbatch_on_publish();",
        )
    ]
