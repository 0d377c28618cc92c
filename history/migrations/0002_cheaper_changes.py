from django.db import migrations

# Each row is turned into its image once, not three times. What only generated columns tell apart is told apart by the
# columns that they are made of as well; other derived columns (DERIVED in kept.py) have to be left out to compare.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION history_on_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    this bigint;
    derived text[] := string_to_array(TG_ARGV[0], ',');
    secret text[] := string_to_array(TG_ARGV[1], ',');
BEGIN
    IF EXISTS (SELECT FROM old_rows) THEN
        this := public.history_current_change();
        INSERT INTO public.history_version (change_id, "table", row_id, operation, old)
        SELECT this, TG_TABLE_NAME, id, 'delete', CASE WHEN secret = '{}' THEN to_jsonb(o) - derived
            ELSE public.history_image(to_jsonb(o), derived, secret) END
        FROM old_rows AS o;
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION history_on_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    derived text[] := string_to_array(TG_ARGV[0], ',');
    secret text[] := string_to_array(TG_ARGV[1], ',');
    must_compare boolean := EXISTS (
        SELECT FROM unnest(derived) AS name WHERE name NOT IN (
            SELECT attname FROM pg_attribute WHERE attrelid = TG_RELID AND attgenerated <> ''
        )
    );
BEGIN
    IF EXISTS (SELECT FROM new_rows) THEN
        WITH pairs AS MATERIALIZED (
            SELECT o.id AS old_id, n.id AS new_id, to_jsonb(o) - derived AS was,
                CASE WHEN must_compare THEN to_jsonb(n) - derived END AS becomes
            FROM old_rows AS o FULL JOIN new_rows AS n ON o.id = n.id
            WHERE o.id IS NULL OR n.id IS NULL OR o *<> n
        ), changed AS MATERIALIZED (
            SELECT * FROM pairs
            WHERE old_id IS NULL OR new_id IS NULL OR NOT must_compare OR was <> becomes
        ), this AS MATERIALIZED (
            SELECT public.history_current_change() AS id WHERE EXISTS (SELECT FROM changed)
        )
        INSERT INTO public.history_version (change_id, "table", row_id, operation, old)
        SELECT this.id, TG_TABLE_NAME, coalesce(old_id, new_id),
            CASE WHEN new_id IS NULL THEN 'delete' WHEN old_id IS NULL THEN 'insert' ELSE 'update' END,
            CASE WHEN old_id IS NULL THEN NULL WHEN secret = '{}' THEN was
                ELSE public.history_image(was, '{}', secret) END
        FROM this, changed;
    END IF;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    """What the history costs. `migrate`, which this asks for, also gives second factors and recovery codes theirs."""

    dependencies = [("history", "0001_history")]

    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
