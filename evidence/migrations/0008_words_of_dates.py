"""The words of a partial date are put into the query that asks for them, where the database makes them at a third of the cost."""

from importlib import import_module

from django.db import migrations

before = import_module("evidence.migrations.0002_rules")

# One expression without a FROM, and STABLE as to_char is: only such a function is taken into the query. Whole months
# begin on a first day, so that adding months to it gives the first day of another.
WORDS = """
CREATE OR REPLACE FUNCTION evidence_partial_date_text(period daterange) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN period IS NULL THEN NULL
        WHEN upper(period) - lower(period) = 1 THEN to_char(lower(period)::timestamp, 'YYYY-MM-DD')
        WHEN date_part('day', lower(period)) <> 1 OR date_part('day', upper(period)) <> 1 THEN
            to_char(lower(period)::timestamp, 'YYYY-MM-DD') || ' to '
            || to_char((upper(period) - 1)::timestamp, 'YYYY-MM-DD')
        WHEN lower(period) + interval '1 month' = upper(period) THEN to_char(lower(period)::timestamp, 'YYYY-MM')
        WHEN lower(period) + interval '1 year' = upper(period) AND date_part('month', lower(period)) = 1 THEN
            to_char(lower(period)::timestamp, 'YYYY')
        WHEN lower(period) + interval '6 months' = upper(period) AND date_part('month', lower(period)) IN (1, 7) THEN
            to_char(lower(period)::timestamp, CASE date_part('month', lower(period)) WHEN 1 THEN 'YYYY-"H1"' ELSE 'YYYY-"H2"' END)
        ELSE to_char(lower(period)::timestamp, 'YYYY-MM') || ' to ' || to_char((upper(period) - 1)::timestamp, 'YYYY-MM')
    END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0007_search_text")]

    operations = [
        migrations.RunSQL(
            WORDS, before.PARTIAL_DATE_TEXT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        )
    ]
