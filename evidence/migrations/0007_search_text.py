"""Texts are searched through an index: what the database knows of a text, and the texts of sources."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

import listing.search

# \x1f stands between a Latin letter or digit and a letter of another script, so that a character that can follow two
# Latin ones is one of few. Σ is never lowered as the end of a word, which would hide a part of the word from the index.
FUNCTIONS = r"""
CREATE FUNCTION search_folded(text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 20 AS $$
BEGIN
    IF octet_length(text) = length(text) THEN
        RETURN upper(replace(text, E'\x1f', ' '));
    END IF;
    text := regexp_replace(
        upper(replace(text, E'\x1f', ' ')), '([A-Z0-9])(?=[^\x01-\x7f])', E'\\1\x1f', 'g');
    RETURN translate(text, 'Σ', 'ς');
END
$$;
CREATE FUNCTION search_rare(folded text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 20
RETURN string_to_array(regexp_replace(folded, '[\x01- &-:A-IK-PR-WY]+', '', 'g'), NULL);
CREATE FUNCTION search_pair(pair text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN search_folded(pair) ~ '^[A-Z0-9]+$' THEN search_folded(pair) || '[\x01-\x7f]' ELSE '' END;
"""
DROP = """
DROP FUNCTION search_pair(text);
DROP FUNCTION search_rare(text);
DROP FUNCTION search_folded(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0006_sources_in_order"),
    ]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(FUNCTIONS, DROP),
        migrations.AddField(
            model_name="source",
            name="search_text",
            field=listing.search.search_text("title", "publisher", "slug", "url"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=listing.search.search_index("evidence_source_search"),
        ),
    ]
