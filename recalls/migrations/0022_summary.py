"""Sums of all published batches, kept by triggers: rows are only ever appended, and merged now and then."""

from django.db import migrations

CURRENCIES = ["cny", "eur", "gbp", "jpy", "usd"]
ENDS = [f"{currency}_{end}" for currency in CURRENCIES for end in ("low", "high")]
GRADES = ["official", "company", "reported", "estimated", "alleged", "inferred"]
KEYS = ["month", "region_id", "regulator_id", "company_id", "word", "currency", "basis", "converted"]


def _figure(figure):
    low, high, precision = f"{figure}_low", f"{figure}_high", f"{figure}_precision"
    grades = " ".join(f"WHEN '{grade}' THEN 1e{9 * place}" for place, grade in enumerate(GRADES))
    return {
        low: f"coalesce({low}, 0)",
        high: f"coalesce({high}, 0)",
        f"{figure}_stated": f"({precision} <> 'unknown')::int",
        f"{figure}_open": f"({precision} = 'at_least')::int",
        f"{figure}_shut": f"({precision} = 'at_most')::int",
        f"{figure}_exact": f"({precision} = 'exact')::int",
        f"{figure}_grades": f"(CASE {figure}_grade {grades} ELSE 0 END)::numeric",
    }


SUMS = {
    "batches": "1",
    **_figure("units"),
    **_figure("value"),
    **{f"exposure_{end}": f"coalesce(exposure_{end}, 0)" for end in ENDS},
}
CONVERTED = " + ".join(
    f"(num_nonnulls(exposure_{c}_low, exposure_{c}_high) > 0)::int * {1 << i}"
    for i, c in enumerate(CURRENCIES)
)
TABLE = f"""
CREATE SEQUENCE recalls_summary_merged;
CREATE TABLE recalls_summary (
    id bigint GENERATED ALWAYS AS IDENTITY,
    face text NOT NULL,
    month date, region_id bigint, regulator_id bigint, company_id bigint, word text,
    currency text NOT NULL DEFAULT '', basis text NOT NULL DEFAULT '', converted int NOT NULL DEFAULT 0,
    {", ".join(f"{name} numeric NOT NULL DEFAULT 0" for name in SUMS)}
);
CREATE INDEX recalls_summary_face ON recalls_summary (face);
COMMENT ON TABLE recalls_summary IS 'Sums of published batches by month, region, regulator; by hazard; by company; by grade.';
"""
DROP = "DROP TABLE recalls_summary; DROP SEQUENCE recalls_summary_merged;"
INTO = f"INSERT INTO recalls_summary (face, {', '.join([*KEYS, *SUMS])})"
ADDED = ", ".join(f"sum({name})" for name in SUMS)
NONE = ", ".join("0" for _ in SUMS)
APPEND = f"""
WITH changed AS MATERIALIZED ({{changed}}),
tally AS MATERIALIZED (
    SELECT date_trunc('month', announced_on)::date AS month, region_id, regulator_id, company_id, hazards,
        value_currency AS currency, value_basis AS basis, {CONVERTED} AS converted,
        {", ".join(f"sign * {sql} AS {name}" for name, sql in SUMS.items())}
    FROM changed
)
{INTO}
SELECT 'cell', month, region_id, regulator_id, NULL::bigint, NULL, currency, basis, converted, {ADDED}
FROM tally GROUP BY month, region_id, regulator_id, currency, basis, converted
HAVING ({ADDED}) IS DISTINCT FROM ({NONE})
UNION ALL
SELECT 'hazard', NULL, NULL, NULL, NULL, hazard, currency, basis, converted, {ADDED}
FROM tally CROSS JOIN LATERAL
    (SELECT DISTINCT unnest(CASE WHEN hazards = '{{{{}}}}' THEN ARRAY[''] ELSE hazards END) AS hazard) AS own
GROUP BY hazard, currency, basis, converted HAVING ({ADDED}) IS DISTINCT FROM ({NONE});
WITH changed AS MATERIALIZED ({{changed}})
INSERT INTO recalls_summary (face, company_id, word, batches)
SELECT 'company', company_id, NULL, sum(sign) FROM changed GROUP BY company_id HAVING sum(sign) <> 0
UNION ALL
SELECT 'grade', NULL, grade, sum(sign) FROM changed
CROSS JOIN LATERAL (SELECT DISTINCT unnest(ARRAY[units_grade, amount_grade, price_grade]) AS grade) AS own
WHERE grade <> '' GROUP BY grade HAVING sum(sign) <> 0;
"""
CHANGED = {
    "insert": "SELECT 1 AS sign, * FROM come WHERE is_published",
    "delete": "SELECT -1 AS sign, * FROM gone WHERE is_published",
    "update": "SELECT 1 AS sign, * FROM come WHERE is_published"
    " UNION ALL SELECT -1, * FROM gone WHERE is_published",
}
TABLES = {
    "insert": "NEW TABLE AS come",
    "delete": "OLD TABLE AS gone",
    "update": "OLD TABLE AS gone NEW TABLE AS come",
}
# One session merges at a time, and nobody waits for it: readers and writers only ever see whole rows.
MERGE = f"""
CREATE FUNCTION recalls_merge_summary() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock('recalls_summary'::regclass::oid::bigint) THEN
        RETURN;
    END IF;
    WITH gone AS (DELETE FROM recalls_summary RETURNING *)
    {INTO}
    SELECT face, {", ".join(KEYS)}, {ADDED} FROM gone GROUP BY face, {", ".join(KEYS)}
    HAVING ({ADDED}) IS DISTINCT FROM ({NONE}) ORDER BY face;
    PERFORM setval('recalls_summary_merged', (SELECT last_value FROM pg_sequences WHERE schemaname = current_schema()
        AND sequencename = 'recalls_summary_id_seq'));
END
$$;
"""


def _trigger(operation):
    return f"""
CREATE FUNCTION recalls_summarise_{operation}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {APPEND.format(changed=CHANGED[operation])}
    IF (SELECT last_value FROM recalls_summary_id_seq) > 50000 + (SELECT last_value FROM recalls_summary_merged) THEN
        PERFORM recalls_merge_summary();
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER recalls_recallbatch_summarise_{operation} AFTER {operation} ON recalls_recallbatch
    REFERENCING {TABLES[operation]} FOR EACH STATEMENT EXECUTE FUNCTION recalls_summarise_{operation}();
"""


TRUNCATED = """
CREATE FUNCTION recalls_empty_summary() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE recalls_summary;
    RETURN NULL;
END
$$;
CREATE TRIGGER recalls_recallbatch_empty_summary AFTER TRUNCATE ON recalls_recallbatch
    FOR EACH STATEMENT EXECUTE FUNCTION recalls_empty_summary();
"""
FILL = APPEND.format(changed="SELECT 1 AS sign, * FROM recalls_recallbatch WHERE is_published")
DROPPED = "".join(
    f"DROP TRIGGER recalls_recallbatch_summarise_{operation} ON recalls_recallbatch;"
    f"DROP FUNCTION recalls_summarise_{operation}();"
    for operation in CHANGED
)
DROPPED += """
DROP TRIGGER recalls_recallbatch_empty_summary ON recalls_recallbatch;
DROP FUNCTION recalls_empty_summary();
DROP FUNCTION recalls_merge_summary();
"""


class Migration(migrations.Migration):
    dependencies = [("recalls", "0021_sorts_by_exposure")]

    operations = [
        migrations.RunSQL(TABLE, DROP),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(MERGE + "".join(map(_trigger, CHANGED)) + TRUNCATED, DROPPED),
    ]
