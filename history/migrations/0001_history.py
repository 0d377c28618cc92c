import django.db.models.deletion
from django.db import migrations, models

import history.models

# Who may not write the history has it written by these functions, which run as its owner. Nobody else may call
# them: a table of one's own with such a trigger would write versions of rows that never were.
FUNCTIONS = """
CREATE FUNCTION history_current_change() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    said jsonb := coalesce(nullif(current_setting('history.said', true), ''), '{}')::jsonb;
    this bigint := pg_current_xact_id()::text::bigint;
    known bigint;
BEGIN
    SELECT id INTO known FROM public.history_change AS c
        WHERE c.transaction = this AND c.at = transaction_timestamp()
        AND c.user_key IS NOT DISTINCT FROM (said->>'user')::bigint
        AND c.name = coalesce(said->>'name', session_user) AND c.origin = coalesce(said->>'origin', 'sql')
        AND c.place = coalesce(said->>'place', current_setting('application_name'))
        AND c.why = coalesce(said->>'why', '') AND c.role = session_user;
    IF known IS NULL THEN
        INSERT INTO public.history_change (at, transaction, user_key, name, origin, place, role, why)
        VALUES (transaction_timestamp(), this, (said->>'user')::bigint, coalesce(said->>'name', session_user),
                coalesce(said->>'origin', 'sql'), coalesce(said->>'place', current_setting('application_name')),
                session_user, coalesce(said->>'why', ''))
        RETURNING id INTO known;
    END IF;
    RETURN known;
END
$$;

CREATE FUNCTION history_image(image jsonb, derived text[], secret text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN secret = '{}' THEN image - derived ELSE (image - derived) || (
        SELECT jsonb_object_agg(name, 'not kept: ' || left(encode(sha256(convert_to(
            coalesce(image->>name, ''), 'UTF8')), 'hex'), 16)) FROM unnest(secret) AS name) END
$$;

CREATE FUNCTION history_on_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    this bigint;
BEGIN
    IF EXISTS (SELECT FROM new_rows) THEN
        this := public.history_current_change();
        INSERT INTO public.history_version (change_id, "table", row_id, operation)
        SELECT this, TG_TABLE_NAME, id, 'insert' FROM new_rows;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION history_on_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    this bigint;
    derived text[] := string_to_array(TG_ARGV[0], ',');
    secret text[] := string_to_array(TG_ARGV[1], ',');
BEGIN
    IF EXISTS (SELECT FROM old_rows) THEN
        this := public.history_current_change();
        INSERT INTO public.history_version (change_id, "table", row_id, operation, old)
        SELECT this, TG_TABLE_NAME, id, 'delete', public.history_image(to_jsonb(o), derived, secret)
        FROM old_rows AS o;
    END IF;
    RETURN NULL;
END
$$;

-- A row whose primary key is changed is one that goes and one that comes.
CREATE FUNCTION history_on_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    derived text[] := string_to_array(TG_ARGV[0], ',');
    secret text[] := string_to_array(TG_ARGV[1], ',');
BEGIN
    IF EXISTS (SELECT FROM new_rows) THEN
        WITH changed AS MATERIALIZED (
            SELECT o.id AS old_id, n.id AS new_id, public.history_image(to_jsonb(o), derived, secret) AS image
            FROM old_rows AS o FULL JOIN new_rows AS n ON o.id = n.id
            WHERE o.id IS NULL OR n.id IS NULL OR (o *<> n AND to_jsonb(o) - derived <> to_jsonb(n) - derived)
        ), this AS MATERIALIZED (
            SELECT public.history_current_change() AS id WHERE EXISTS (SELECT FROM changed)
        )
        INSERT INTO public.history_version (change_id, "table", row_id, operation, old)
        SELECT this.id, TG_TABLE_NAME, coalesce(old_id, new_id),
            CASE WHEN new_id IS NULL THEN 'delete' WHEN old_id IS NULL THEN 'insert' ELSE 'update' END,
            CASE WHEN old_id IS NOT NULL THEN image END
        FROM this, changed;
    END IF;
    RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION history_current_change(), history_on_insert(), history_on_update(), history_on_delete()
    FROM PUBLIC;
CREATE INDEX history_version_deleted ON history_version USING gin (old jsonb_path_ops) WHERE operation = 'delete';
"""
NO_FUNCTIONS = """
DROP INDEX history_version_deleted;
DROP FUNCTION history_on_insert(), history_on_update(), history_on_delete() CASCADE;
DROP FUNCTION history_image(jsonb, text[], text[]), history_current_change();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(help_text="When the transaction began.")),
                ("transaction", models.BigIntegerField(help_text="Its number in Postgres.")),
                (
                    "user_key",
                    models.BigIntegerField(
                        help_text="The account that was signed in; empty for none.", null=True
                    ),
                ),
                (
                    "name",
                    models.TextField(
                        help_text="Who: the account's name then, or that of the system or the database."
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=history.models.Origin.choices, help_text="From where it came.", max_length=10
                    ),
                ),
                ("place", models.TextField(blank=True, help_text="Which page, command or program.")),
                ("role", models.TextField(help_text="The role of the database that was signed in.")),
                ("why", models.TextField(blank=True, help_text="The reason given.")),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["transaction"], name="history_change_of")],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(help_text="The table.", max_length=63)),
                ("row_id", models.BigIntegerField(help_text="The row's primary key.")),
                (
                    "operation",
                    models.CharField(
                        choices=history.models.Operation.choices,
                        help_text="What was done to it.",
                        max_length=6,
                    ),
                ),
                (
                    "old",
                    models.JSONField(
                        decoder=history.models.ExactDecoder,
                        help_text="The row before; empty for a new one.",
                        null=True,
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="By whom and why.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        to="history.change",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["table", "row_id"], name="history_version_of")],
            },
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
    ]
