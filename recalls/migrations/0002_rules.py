"""A published batch has a citation, progress is of a line of its own batch, and counted in is one level deep."""

from django.db import migrations

from evidence.triggers import published_has_citation, same_parent

# FOR SHARE makes a session that meanwhile counts the holder in a third batch wait, and then be refused.
ONE_LEVEL = """
CREATE FUNCTION recalls_counted_in_one_level() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    batch record;
    holder record;
BEGIN
    SELECT id, counted_in_id INTO batch FROM recalls_recallbatch WHERE id = NEW.id;
    IF batch.counted_in_id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT id, counted_in_id INTO holder FROM recalls_recallbatch WHERE id = batch.counted_in_id FOR SHARE;
    IF holder.counted_in_id IS NOT NULL
        OR EXISTS (SELECT 1 FROM recalls_recallbatch WHERE counted_in_id = batch.id)
    THEN
        RAISE EXCEPTION 'Counted in is one level deep: a batch that is counted in another holds none itself.'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'recalls_recallbatch_counted_in_one_level',
                  TABLE = 'recalls_recallbatch';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER recalls_recallbatch_counted_in_one_level
    AFTER INSERT OR UPDATE OF counted_in_id ON recalls_recallbatch
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.counted_in_id IS NOT NULL)
    EXECUTE FUNCTION recalls_counted_in_one_level();
"""


class Migration(migrations.Migration):
    dependencies = [("recalls", "0001_initial"), ("evidence", "0002_rules")]

    operations = [
        published_has_citation("recalls_recallbatch", "recalls_citation", "batch_id"),
        same_parent("recalls_progress", "recalled_product_id", "recalls_recalledproduct", "batch_id"),
        migrations.RunSQL(
            ONE_LEVEL,
            """
            DROP TRIGGER recalls_recallbatch_counted_in_one_level ON recalls_recallbatch;
            DROP FUNCTION recalls_counted_in_one_level();
            """,
        ),
    ]
