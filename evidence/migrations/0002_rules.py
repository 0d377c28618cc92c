"""The words of a partial date, and the rule that what is published has a citation."""

from django.db import migrations

PARTIAL_DATE_TEXT = """
CREATE FUNCTION evidence_partial_date_text(period daterange) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN period IS NULL THEN NULL
        WHEN last = first THEN to_char(first, 'YYYY-MM-DD')
        WHEN NOT whole_months THEN to_char(first, 'YYYY-MM-DD') || ' to ' || to_char(last, 'YYYY-MM-DD')
        WHEN months = 1 THEN to_char(first, 'YYYY-MM')
        WHEN months = 12 AND extract(month FROM first) = 1 THEN to_char(first, 'YYYY')
        WHEN months = 6 AND extract(month FROM first) = 1 THEN to_char(first, 'YYYY') || '-H1'
        WHEN months = 6 AND extract(month FROM first) = 7 THEN to_char(first, 'YYYY') || '-H2'
        ELSE to_char(first, 'YYYY-MM') || ' to ' || to_char(last, 'YYYY-MM')
    END
    FROM (
        SELECT lower(period) AS first,
               upper(period) - 1 AS last,
               extract(day FROM lower(period)) = 1 AND extract(day FROM upper(period)) = 1 AS whole_months,
               12 * (extract(year FROM upper(period)) - extract(year FROM lower(period)))
                   + extract(month FROM upper(period)) - extract(month FROM lower(period)) AS months
    ) AS parts
$$;
"""

# Deferred, so that a record and its citations can be written in any order within one transaction.
PUBLISHED_HAS_CITATION = """
CREATE FUNCTION evidence_require_citation(subject_table text, subject_id bigint, citation_table text, link text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    uncited boolean;
BEGIN
    EXECUTE format(
        'SELECT NOT EXISTS (SELECT 1 FROM %I WHERE %I = $1 AND stance = ''supports'')
         FROM %I WHERE id = $1 AND is_published',
        citation_table, link, subject_table
    ) INTO uncited USING subject_id;
    IF uncited THEN
        RAISE EXCEPTION 'What is published needs at least one citation that supports it.'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = subject_table || '_published_has_citation',
                  TABLE = subject_table;
    END IF;
END
$$;

CREATE FUNCTION evidence_on_publish() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM evidence_require_citation(TG_TABLE_NAME, NEW.id, TG_ARGV[0], TG_ARGV[1]);
    RETURN NULL;
END
$$;

-- The lock makes two sessions that each remove one of the last two citations wait for one another.
CREATE FUNCTION evidence_on_citation_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject bigint := (to_jsonb(OLD) ->> TG_ARGV[1])::bigint;
BEGIN
    EXECUTE format('SELECT 1 FROM %I WHERE id = $1 FOR NO KEY UPDATE', TG_ARGV[0]) USING subject;
    PERFORM evidence_require_citation(TG_ARGV[0], subject, TG_TABLE_NAME, TG_ARGV[1]);
    RETURN NULL;
END
$$;
"""

DROP = """
DROP FUNCTION evidence_on_citation_change();
DROP FUNCTION evidence_on_publish();
DROP FUNCTION evidence_require_citation(text, bigint, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = [
        migrations.RunSQL(PARTIAL_DATE_TEXT, "DROP FUNCTION evidence_partial_date_text(daterange)"),
        migrations.RunSQL(PUBLISHED_HAS_CITATION, DROP),
    ]
