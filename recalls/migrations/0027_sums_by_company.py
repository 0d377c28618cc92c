"""The kept sums by company and by remedy, as they are by hazard."""

from importlib import import_module

from django.db import migrations

summary = import_module("recalls.migrations.0022_summary")

ADDED, NONE = summary.ADDED, summary.NONE
FIGURES = "currency, basis, converted"
WORDS = {"hazard": "hazards", "remedy": "string_to_array(coalesce(remedies_text, ''), '; ')"}
EACH_WORD = "(SELECT DISTINCT unnest(CASE WHEN {words} = '{{{{}}}}' THEN ARRAY[''] ELSE {words} END) AS {face}) AS own"


def _sums(face, keys, source="tally"):
    """A SELECT of the sums of one face: `keys` are SQL for month, region, regulator, company and word."""
    by = ", ".join(key for key in keys if key != "NULL")
    typed = ", ".join(
        f"{key}::{kind}" for key, kind in zip(keys, ("date", *["bigint"] * 3, "text"), strict=True)
    )
    return f"""
SELECT '{face}', {typed}, {FIGURES}, {ADDED} FROM {source} GROUP BY {by}, {FIGURES}
HAVING ({ADDED}) IS DISTINCT FROM ({NONE})"""


FACES = [
    _sums("cell", ["month", "region_id", "regulator_id", "NULL", "NULL"]),
    _sums("company", ["NULL", "NULL", "NULL", "company_id", "NULL"]),
    *(
        _sums(
            face,
            ["NULL"] * 4 + [face],
            f"tally CROSS JOIN LATERAL {EACH_WORD.format(words=words, face=face)}",
        )
        for face, words in WORDS.items()
    ),
]
APPEND = f"""
WITH changed AS MATERIALIZED ({{changed}}),
tally AS MATERIALIZED (
    SELECT date_trunc('month', announced_on)::date AS month, region_id, regulator_id, company_id, hazards, remedies_text,
        value_currency AS currency, value_basis AS basis, {summary.CONVERTED} AS converted,
        {", ".join(f"sign * {sql} AS {name}" for name, sql in summary.SUMS.items())}
    FROM changed
)
{summary.INTO}
{" UNION ALL ".join(FACES)};
WITH changed AS MATERIALIZED ({{changed}})
INSERT INTO recalls_summary (face, word, batches)
SELECT 'grade', grade, sum(sign) FROM changed
CROSS JOIN LATERAL (SELECT DISTINCT unnest(ARRAY[units_grade, amount_grade, price_grade]) AS grade) AS own
WHERE grade <> '' GROUP BY grade HAVING sum(sign) <> 0;
"""


def _replaced(append):
    """The functions behind the triggers, with another way to append."""
    return "".join(
        _function(operation, append.format(changed=changed)) for operation, changed in summary.CHANGED.items()
    )


def _function(operation, appended):
    return f"""
CREATE OR REPLACE FUNCTION recalls_summarise_{operation}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {appended}
    IF (SELECT last_value FROM recalls_summary_id_seq) > 50000 + (SELECT last_value FROM recalls_summary_merged) THEN
        PERFORM recalls_merge_summary();
    END IF;
    RETURN NULL;
END
$$;
"""


def _filled(append):
    changed = "SELECT 1 AS sign, * FROM recalls_recallbatch WHERE is_published"
    return f"TRUNCATE recalls_summary; {append.format(changed=changed)}"


def _kept(append):
    return _replaced(append) + _filled(append)


class Migration(migrations.Migration):
    dependencies = [("recalls", "0026_saved_views")]

    operations = [migrations.RunSQL(_kept(APPEND), _kept(summary.APPEND))]
