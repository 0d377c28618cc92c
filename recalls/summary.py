"""Sums of all published batches, from a table that the database keeps (the migration `summary`).

A materialised view would be stale between refreshes, or make each edit wait for one. So triggers append the sums of
what a statement wrote, those of the old rows with a minus: no row is ever changed, and importers never wait for each
other. What is counted in another batch is taken off when it is read, as that depends on the other one, too.
"""

from dataclasses import dataclass

from evidence.figures import Grade, Precision
from recalls.choices import ExposureBasis
from recalls.kept_exposure import CURRENCIES, ENDS, kept_exposure
from recalls.summing import GRADES

MERELY_ALLEGED = "?"  # ends the key of a supplier in whose group each batch stands by an allegation alone
DIGITS = 9  # of each grade's count in the number that holds them all
PUBLISHED, ESTIMATED = (f"basis = '{basis}'" for basis in (ExposureBasis.PUBLISHED, ExposureBasis.ESTIMATED))


@dataclass(frozen=True)
class Key:
    """What the sums are grouped by: SQL over rows of the table, and for the part and the holder of a pair."""

    stored: str
    part: str
    same: str
    face: str = "cell"
    joins: str = ""
    part_joins: str = ""

    @property
    def holder(self):
        """Looked for only where it may stand in another group than its part."""
        same = f"holder.id = part.counted_in_id AND {self.same}"
        return f"JOIN recalls_recallbatch AS holder ON {same}" if self.same else ""


def _linked(table, link, column, face="cell"):
    return Key(
        face=face,
        stored=f"{table}.{column}",
        part=f"{table}.{column}",
        same=f"part.{link} = holder.{link}",
        joins=f"JOIN {table} ON {table}.id = {link}",
        part_joins=f"JOIN {table} ON {table}.id = part.{link}",
    )


def _dated(pattern):
    part, holder = (f"to_char({batch}.announced_on, '{pattern}')" for batch in ("part", "holder"))
    return Key(f"to_char(month, '{pattern}')", part, f"{part} = {holder}")


def _dated_by_region(pattern):
    part, holder = (f"to_char({batch}.announced_on, '{pattern}')" for batch in ("part", "holder"))
    return Key(
        stored=f"to_char(month, '{pattern}') || ' ' || recalls_region.code",
        part=f"{part} || ' ' || recalls_region.code",
        same=f"{part} = {holder} AND part.region_id = holder.region_id",
        joins="JOIN recalls_region ON recalls_region.id = region_id",
        part_joins="JOIN recalls_region ON recalls_region.id = part.region_id",
    )


def _worded(face, words):
    """`words`: SQL for an array of words of a batch; the word of a batch without any is empty."""
    part, holder = words.format("part"), words.format("holder")
    return Key(
        "word",
        "coalesce(own.word, '')",
        f"(own.word = ANY ({holder}) OR (own.word IS NULL AND {holder} = '{{}}'))",
        face=face,
        part_joins=f"LEFT JOIN LATERAL (SELECT DISTINCT unnest({part}) AS word) AS own ON true",
    )


def _kept(face, words, table, key):
    """`words`: those of each batch that the database keeps beside it, each the key of a row of `table`, SQL `key`."""
    part, holder = (_words_of(batch, words) for batch in ("part", "holder"))
    own = f"LEFT JOIN LATERAL unnest({part}) AS own (word) ON true"
    named = f"LEFT JOIN {table} ON {table}.id::text = rtrim(%s, '{MERELY_ALLEGED}')"
    return Key(
        key.format("summed.word"),
        key.format("own.word"),
        f"(own.word = ANY ({holder}) OR (own.word IS NULL AND {holder} = '{{}}'))",
        face=face,
        joins=named.replace("%s", "summed.word"),
        part_joins=f"{own} {named.replace('%s', 'own.word')}",
    )


def _words_of(batch, words):
    return f"coalesce((SELECT {words} FROM recalls_batchkeys WHERE batch_id = {batch}.id), '{{}}')"  # noqa: S608


REMEDIES = "string_to_array(coalesce({}.remedies_text, ''), '; ')"
KEYS = {
    "": Key("'all'", "'all'", ""),
    "region": _linked("recalls_region", "region_id", "code"),
    "regulator": _linked("recalls_regulator", "regulator_id", "slug"),
    "month": _dated("YYYY-MM"),
    "year": _dated("YYYY"),
    "month and region": _dated_by_region("YYYY-MM"),
    "year and region": _dated_by_region("YYYY"),
    "company": _linked("suppliers_company", "company_id", "slug", face="company"),
    "hazard": _worded("hazard", "{}.hazards"),
    "remedy": _worded("remedy", REMEDIES),
    "category": _kept(
        "category", "categories", "suppliers_productcategory", "coalesce(suppliers_productcategory.slug, '')"
    ),
    "supplier": _kept(
        "supplier",
        "suppliers",
        "suppliers_company",
        f"coalesce(suppliers_company.slug || substring({{}} FROM '[{MERELY_ALLEGED}]$'), suppliers_company.slug, '')",
    ),
}
EXPOSURES = [kept_exposure(currency, end) for currency in CURRENCIES for end in ENDS]


def _figure(figure):
    precision = f"part.{figure}_precision"
    grades = " ".join(f"WHEN '{grade}' THEN 1e{DIGITS * place}" for place, grade in enumerate(Grade.values))
    return {
        f"{figure}_low": f"coalesce(part.{figure}_low, 0)",
        f"{figure}_high": f"coalesce(part.{figure}_high, 0)",
        f"{figure}_stated": f"({precision} <> '{Precision.UNKNOWN}')::int",
        f"{figure}_open": f"({precision} = '{Precision.AT_LEAST}')::int",
        f"{figure}_shut": f"({precision} = '{Precision.AT_MOST}')::int",
        f"{figure}_exact": f"({precision} = '{Precision.EXACT}')::int",
        f"{figure}_grades": f"(CASE part.{figure}_grade {grades} ELSE 0 END)::numeric",
    }


SUMS = {
    "batches": "1",
    **_figure("units"),
    **_figure("value"),
    **{f"{name}": f"coalesce(part.{name}, 0)" for name in EXPOSURES},
}


def sums(name, currency):
    """The CTEs `size`, `total` and `money` of `recalls.grouping`, by one of `KEYS`, in one of `CURRENCIES`."""
    key, bit = KEYS[name], 1 << CURRENCIES.index(currency)
    low, high = (kept_exposure(currency, end) for end in ENDS)
    used = [column for column in SUMS if column not in EXPOSURES or column in (low, high)]
    known = f"(converted & {bit} > 0)"
    own = f"currency = '{currency}'"
    return f"""
tally AS MATERIALIZED (
    SELECT {key.stored} AS key, summed.currency, basis, converted, 0 AS inside, {", ".join(used)}
    FROM recalls_summary AS summed {key.joins} WHERE face = '{key.face}'
    UNION ALL
    SELECT {key.part}, part.value_currency, part.value_basis, {_converted(currency, bit)}, 1,
        {", ".join(f"-{SUMS[column]}" for column in used)}
    FROM recalls_recallbatch AS part {key.part_joins} {key.holder}
    WHERE part.counted_in_id IS NOT NULL AND part.is_published
        AND NOT EXISTS (SELECT FROM recalls_recallbatch AS draft
            WHERE NOT draft.is_published AND draft.id = part.counted_in_id)
),
size AS (
    SELECT key, {_count("inside = 0")} AS batches, -{_count("inside = 1")} AS inside
    FROM tally GROUP BY key HAVING sum(batches) FILTER (WHERE inside = 0) > 0
),
money AS (
    SELECT key, currency AS amount_currency, {_sums("value", "amount", "true")},
        {_weakest("value", "true")} AS amount_grade, {_count("true")} AS batches
    FROM tally WHERE {PUBLISHED} GROUP BY key, currency HAVING sum(batches) > 0
),
total AS (
    SELECT key,
        {_sums("units", "units", "true")}, {_weakest("units", "true")} AS units_grade,
        {_sums("value", "exposure", known, low, high, own)}, {_weakest("value", known)} AS exposure_grade,
        (sum(batches) - sum(units_stated))::bigint AS without_units,
        (sum(batches) - {_count(PUBLISHED)})::bigint AS without_amount,
        {_count(f"{PUBLISHED} AND {known}")} AS exposure_published,
        {_count(f"{ESTIMATED} AND {known}")} AS exposure_estimated,
        {_count("currency = ''")} AS without_exposure,
        {_count(f"currency <> '' AND NOT {known}")} AS without_rate
    FROM tally GROUP BY key
)"""  # noqa: S608


def _converted(currency, bit):
    low, high = (f"part.{kept_exposure(currency, end)}" for end in ENDS)
    return f"(num_nonnulls({low}, {high}) > 0)::int * {bit}"


def _count(condition):
    return f"coalesce(sum(batches) FILTER (WHERE {condition}), 0)::bigint"


def _sums(figure, name, condition, low="", high="", own="true"):
    """As `recalls.summing.sums` makes them: an end that no batch states is unknown, an open one leaves it open."""
    stated, is_open, shut = (
        f"coalesce(sum({figure}_{part}) FILTER (WHERE {condition}), 0)" for part in ("stated", "open", "shut")
    )
    exact = f"coalesce(sum({figure}_exact) FILTER (WHERE {condition} AND {own}), 0)"
    return f"""
        CASE WHEN {stated} > {shut} THEN sum({low or f"{figure}_low"}) END AS {name}_low,
        CASE WHEN {stated} > 0 AND {is_open} = 0 THEN sum({high or f"{figure}_high"}) END AS {name}_high,
        {stated} = {exact} AS {name}_exact"""


def _weakest(figure, condition):
    """The longest of the counts that stand in one number."""
    counts = f"sum({figure}_grades) FILTER (WHERE {condition})"
    return (
        f"CASE WHEN {counts} > 0 THEN ({GRADES})[ceil(length(trunc({counts})::text) / {DIGITS}.0)::int] END"
    )
