"""The version of the data: another one after every transaction that has changed what pages show."""

from django.db import migrations

from evidence.triggers import changes_data_version

# A version must come into sight together with the data, so it is a row, not a sequence; and writers must not wait
# for each other, so each transaction takes a row that no other holds. A token is random and never comes back.
CREATE = """
CREATE TABLE data_version (
    slot bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO data_version DEFAULT VALUES;

CREATE FUNCTION data_version() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT md5(string_agg(token::text, '' ORDER BY slot)) FROM data_version
$$;

CREATE FUNCTION change_data_version() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    this text := pg_current_xact_id()::text;
BEGIN
    IF current_setting('tracker.changed_in', true) = this THEN
        RETURN;
    END IF;
    -- A stricter transaction may not touch a row that was changed since it began: it takes a new one.
    IF current_setting('transaction_isolation') = 'read committed' THEN
        UPDATE data_version SET token = gen_random_uuid()
        WHERE slot = (SELECT slot FROM data_version LIMIT 1 FOR UPDATE SKIP LOCKED);
    END IF;
    IF NOT FOUND THEN
        INSERT INTO data_version DEFAULT VALUES;
    END IF;
    PERFORM set_config('tracker.changed_in', this, true);
END
$$;

CREATE FUNCTION data_has_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM change_data_version();
    RETURN NULL;
END
$$;
"""
DROP = """
DROP FUNCTION data_has_changed();
DROP FUNCTION change_data_version();
DROP FUNCTION data_version();
DROP TABLE data_version;
"""
TABLES = ("evidence_source", "evidence_sourcereference")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_slug_shaped")]

    operations = [migrations.RunSQL(CREATE, DROP), *map(changes_data_version, TABLES)]
