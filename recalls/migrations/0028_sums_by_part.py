"""The kept sums by category and supplier, which follow from a batch's lines: each batch's keys are kept beside it.

Whoever changes what the keys follow from locks the batch first, as an edit of the batch does, and reads afterwards:
so a figure and a key that change at the same time are both summed. A new line holds its model too, whose category and
links change under the same lock.
"""

from importlib import import_module

from django.db import migrations

summary = import_module("recalls.migrations.0022_summary")
by_company = import_module("recalls.migrations.0027_sums_by_company")

FACES = {"category": "categories", "supplier": "suppliers"}
TABLE = """
CREATE TABLE recalls_batchkeys (
    batch_id bigint PRIMARY KEY, categories text[] NOT NULL, suppliers text[] NOT NULL
);
COMMENT ON TABLE recalls_batchkeys IS 'Categories and suppliers of each batch with lines; ? marks one merely alleged.';
"""
DROP = """
DELETE FROM recalls_summary WHERE face IN ('category', 'supplier');
DROP TABLE recalls_batchkeys;
"""
NOW = """
SELECT asked.id,
    ARRAY(SELECT DISTINCT category_id::text
        FROM recalls_recalledproduct AS line JOIN suppliers_productmodel AS model ON model.id = product_model_id
        WHERE batch_id = asked.id AND category_id IS NOT NULL ORDER BY 1) AS categories,
    ARRAY(SELECT supplier_id || CASE WHEN bool_or(grade <> 'alleged') THEN '' ELSE '?' END
        FROM recalls_recalledproduct AS line JOIN suppliers_cellsource AS link USING (product_model_id)
        WHERE batch_id = asked.id AND is_published GROUP BY supplier_id ORDER BY supplier_id) AS suppliers
FROM ({asked}) AS asked
"""


def _sums(face, words, source):
    """The sums by one face of rows that have a `sign` and, as an array of words, their keys."""
    figures = by_company.FIGURES
    each = f"(SELECT unnest(CASE WHEN {words} = '{{}}' THEN ARRAY[''] ELSE {words} END) AS word) AS own"
    return f"""
SELECT '{face}', word, {figures}, {summary.ADDED} FROM (
    SELECT word, value_currency AS currency, value_basis AS basis, {summary.CONVERTED} AS converted,
        {", ".join(f"sign * {sql} AS {name}" for name, sql in summary.SUMS.items())}
    FROM {source} CROSS JOIN LATERAL {each}
) AS tally GROUP BY word, {figures} HAVING ({summary.ADDED}) IS DISTINCT FROM ({summary.NONE})"""


def _inserted(source):
    """Append the sums of `source`, which has `categories` and `suppliers` beside the columns of a batch."""
    parts = " UNION ALL ".join(_sums(face, words, source) for face, words in FACES.items())
    return f"""
INSERT INTO recalls_summary (face, word, {by_company.FIGURES}, {", ".join(summary.SUMS)})
{parts};"""


WITH_KEYS = """(SELECT changed.*, coalesce(categories, '{{{{}}}}') AS categories, coalesce(suppliers, '{{{{}}}}') AS suppliers
    FROM changed LEFT JOIN recalls_batchkeys ON batch_id = changed.id) AS with_keys"""
APPEND = (
    by_company.APPEND
    + "WITH changed AS MATERIALIZED ({changed})"
    + _inserted("WITH_KEYS").replace("{", "{{").replace("}", "}}").replace("WITH_KEYS", WITH_KEYS.format())
)
REGROUP = f"""
CREATE FUNCTION recalls_regroup(asked_for bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM recalls_recallbatch WHERE id = ANY(asked_for) ORDER BY id FOR NO KEY UPDATE;
    WITH now AS MATERIALIZED ({NOW.format(asked="SELECT unnest(asked_for) AS id")}),
    other AS MATERIALIZED (
        SELECT now.*, coalesce(kept.categories, '{{}}') AS old_categories, coalesce(kept.suppliers, '{{}}') AS old_suppliers
        FROM now LEFT JOIN recalls_batchkeys AS kept ON batch_id = id
        WHERE (now.categories, now.suppliers)
            IS DISTINCT FROM (coalesce(kept.categories, '{{}}'), coalesce(kept.suppliers, '{{}}'))
    ),
    written AS (
        INSERT INTO recalls_batchkeys SELECT id, categories, suppliers FROM other
        ON CONFLICT (batch_id) DO UPDATE SET categories = excluded.categories, suppliers = excluded.suppliers
    ),
    changed AS MATERIALIZED (
        SELECT 1 AS sign, categories, suppliers, batch.* FROM other JOIN recalls_recallbatch AS batch USING (id)
        WHERE is_published
        UNION ALL
        SELECT -1, old_categories, old_suppliers, batch.* FROM other JOIN recalls_recallbatch AS batch USING (id)
        WHERE is_published
    )
    {_inserted("changed")}
END
$$;
"""
OF_MODELS = (
    "ARRAY(SELECT DISTINCT batch_id FROM recalls_recalledproduct WHERE product_model_id = ANY(models))"
)
FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    models bigint[];
    batches bigint[];
BEGIN
    {body}
    RETURN NULL;
END
$$;
"""
TRIGGER = """
CREATE TRIGGER {name} AFTER {operation} ON {table} {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""
LINES = {
    "insert": "SELECT batch_id, product_model_id, true AS is_new FROM come",
    "delete": "SELECT batch_id, product_model_id, false AS is_new FROM gone",
    "update": """
        (SELECT batch_id, product_model_id, true AS is_new FROM come
        EXCEPT SELECT batch_id, product_model_id, true FROM gone)
        UNION ALL
        (SELECT batch_id, product_model_id, false FROM gone
        EXCEPT SELECT batch_id, product_model_id, false FROM come)""",
}
OF_LINE = """
    SELECT array_agg(DISTINCT batch_id), array_agg(DISTINCT product_model_id) FILTER (WHERE is_new)
    INTO batches, models FROM ({rows}) AS line;
    IF batches IS NOT NULL THEN
        PERFORM FROM suppliers_productmodel WHERE id = ANY(models) ORDER BY id FOR SHARE;
        PERFORM recalls_regroup(batches);
    END IF;"""
LINKS = {
    "insert": "SELECT product_model_id FROM come WHERE is_published",
    "delete": "SELECT product_model_id FROM gone WHERE is_published",
    "update": """SELECT unnest(ARRAY[come.product_model_id, gone.product_model_id]) AS product_model_id
        FROM come JOIN gone USING (id)
        WHERE (come.product_model_id, come.supplier_id, come.grade, come.is_published)
            IS DISTINCT FROM (gone.product_model_id, gone.supplier_id, gone.grade, gone.is_published)""",
}
OF_LINK = f"""
    models := ARRAY(SELECT DISTINCT product_model_id FROM ({{rows}}) AS link);
    IF models <> '{{{{}}}}' THEN
        PERFORM FROM suppliers_productmodel WHERE id = ANY(models) ORDER BY id FOR NO KEY UPDATE;
        PERFORM recalls_regroup({OF_MODELS});
    END IF;"""
OF_MODEL = f"""
    models := ARRAY(SELECT come.id FROM come JOIN gone USING (id)
        WHERE come.category_id IS DISTINCT FROM gone.category_id);
    IF models <> '{{}}' THEN
        PERFORM recalls_regroup({OF_MODELS});
    END IF;"""
EMPTIED = "PERFORM recalls_regroup(ARRAY(SELECT batch_id FROM recalls_batchkeys));"


def _trigger(table, operation, body):
    name = f"{table}_regroup_{operation}"
    tables = f"REFERENCING {summary.TABLES[operation]}" if operation in summary.TABLES else ""
    return FUNCTION.format(name=name, body=body) + TRIGGER.format(
        name=name, operation=operation.upper(), table=table, tables=tables
    )


LINE, LINK, MODEL = "recalls_recalledproduct", "suppliers_cellsource", "suppliers_productmodel"
BODIES = {
    **{(LINE, operation): OF_LINE.format(rows=rows) for operation, rows in LINES.items()},
    **{(LINK, operation): OF_LINK.format(rows=rows) for operation, rows in LINKS.items()},
    (MODEL, "update"): OF_MODEL,
    (LINE, "truncate"): EMPTIED,
    (LINK, "truncate"): EMPTIED,
}
TRIGGERS = REGROUP + "".join(_trigger(table, operation, body) for (table, operation), body in BODIES.items())
DROP_TRIGGERS = "".join(
    f"DROP TRIGGER {table}_regroup_{operation} ON {table}; DROP FUNCTION {table}_regroup_{operation}();"
    for table, operation in BODIES
)
FILL = f"""
INSERT INTO recalls_batchkeys
{NOW.format(asked="SELECT DISTINCT batch_id AS id FROM recalls_recalledproduct")};
WITH changed AS (
    SELECT 1 AS sign, coalesce(categories, '{{}}') AS categories, coalesce(suppliers, '{{}}') AS suppliers, batch.*
    FROM recalls_recallbatch AS batch LEFT JOIN recalls_batchkeys ON batch_id = id WHERE is_published
)
{_inserted("changed")}
-- Of a table that was analysed empty, sessions plan to read every row, and go on so when it has filled.
DO $$ BEGIN
    IF EXISTS (SELECT FROM recalls_batchkeys) THEN
        ANALYZE recalls_batchkeys;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0027_sums_by_company"),
        ("suppliers", "0010_many_named_at_once"),
    ]

    operations = [
        migrations.RunSQL(TABLE, DROP),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(
            TRIGGERS + by_company._replaced(APPEND),
            DROP_TRIGGERS
            + "DROP FUNCTION recalls_regroup(bigint[]);"
            + by_company._replaced(by_company.APPEND),
        ),
    ]
