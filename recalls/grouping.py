"""Batches by group: SQL that gives each group's units and money, each unit counted once within the group."""

from dataclasses import dataclass

from django.contrib.postgres.aggregates import BoolOr
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, F, Func, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from evidence.figures import Grade
from listing.columns import SEPARATOR
from listing.statements import statement_of
from recalls import summary
from recalls.choices import ExposureBasis
from recalls.group_keyset import EVERY
from recalls.models import RecalledProduct, Region, Regulator
from recalls.summary import MERELY_ALLEGED
from recalls.summing import count, precision, stated, sums, weakest
from suppliers.models import CellSource, Company, ProductCategory

LINKED_BATCH = "product_model__recalled_products__batch"
ALLEGED = ", merely alleged"  # ends the name of one in the file
WHOLE = _("Units and money are of the whole batches that contain such a model, not of that model alone.")


@dataclass(frozen=True)
class Grouping:
    """What batches are grouped by: SQL for the keys of a batch, the names of the keys, what a reader must know.

    `word` names the grouping within a sentence: “by region”. `pairs`: all batches' keys with their keys as rows, where
    that is quicker than to look for the keys of each batch when there are many.
    """

    heading: str
    keys: object
    names: object = None
    note: str = ""
    word: str = ""
    pairs: object = None


def one_key(expression):
    return Func(expression, template="ARRAY[%(expressions)s]", output_field=ArrayField(TextField()))


def _announced(pattern):
    return Func(F("announced_on"), Value(pattern), function="to_char", output_field=TextField())


def _remedies():
    """Those that the database keeps with each batch as a text."""
    return Func(
        F("remedies_text"), Value(SEPARATOR), function="string_to_array", output_field=ArrayField(TextField())
    )


def _categories():
    categories = ProductCategory.objects.filter(product_models__recalled_products__batch=OuterRef("pk"))
    return ArraySubquery(categories.order_by().values("slug").distinct())


def _categories_of_all():
    lines = RecalledProduct.objects.filter(product_model__category__isnull=False).order_by()
    return lines.values_list("batch", "product_model__category__slug").distinct()


def _suppliers():
    """A supplier's slug where a link to it is known; marked where all links from the batch are alleged."""
    links = CellSource.objects.visible().filter(**{LINKED_BATCH: OuterRef("pk")})
    return ArraySubquery(_marked(links.order_by().values("supplier")).values("key"))


def _suppliers_of_all():
    links = CellSource.objects.visible().filter(**{f"{LINKED_BATCH}__isnull": False})
    return _marked(links.order_by().values(LINKED_BATCH, "supplier")).values_list(LINKED_BATCH, "key")


def _marked(links):
    """The `key` of each group of links."""
    mark = Case(When(is_known=True, then=Value("")), default=Value(MERELY_ALLEGED), output_field=CharField())
    known = links.annotate(is_known=BoolOr(~Q(grade=Grade.ALLEGED)))
    return known.annotate(key=Concat("supplier__slug", mark))


def _supplier_names():
    alleged = Company.objects.order_by().values_list(
        Concat("slug", Value(MERELY_ALLEGED)), Concat("name", Value(ALLEGED))
    )
    return Company.objects.order_by().values_list("slug", "name").union(alleged, all=True)


GROUPINGS = {
    "region": Grouping(
        _("Region"), one_key("region__code"), Region.objects.values_list("code", "name"), word=_("region")
    ),
    "month": Grouping(_("Month"), one_key(_announced("YYYY-MM")), word=_("month")),
    "year": Grouping(_("Year"), one_key(_announced("YYYY")), word=_("year")),
    "regulator": Grouping(
        _("Regulator"),
        one_key("regulator__slug"),
        Regulator.objects.values_list("slug", "abbreviation"),
        word=_("regulator"),
    ),
    "company": Grouping(
        _("Company"), one_key("company__slug"), Company.objects.values_list("slug", "name"), word=_("company")
    ),
    "supplier": Grouping(
        _("Cells said to be of"),
        _suppliers(),
        _supplier_names(),
        format_lazy(
            "{} {}",
            _("A batch stands with each supplier whose cells are said to be in one of its models."),
            WHOLE,
        ),
        _("supplier"),
        _suppliers_of_all(),
    ),
    "hazard": Grouping(
        _("Hazard"),
        F("hazards"),
        note=_(
            "A batch with several hazards stands in each of their groups, so the groups can be more than the total."
        ),
        word=_("hazard"),
    ),
    "remedy": Grouping(
        _("Remedy"),
        _remedies(),
        note=_(
            "A batch with several remedies stands in each of their groups, so the groups can be more than the total."
        ),
        word=_("remedy"),
    ),
    "category": Grouping(
        _("Product category"),
        _categories(),
        ProductCategory.objects.values_list("slug", "name"),
        format_lazy("{} {}", _("A batch stands in the category of each of its models."), WHOLE),
        _("category"),
        _categories_of_all(),
    ),
}

FIELDS = [
    "pk",
    "counted_in",
    "units_low",
    "units_high",
    "units_precision",
    "units_grade",
    "amount_low",
    "amount_high",
    "amount_precision",
    "amount_currency",
    "exposure_low",
    "exposure_high",
    "exposure_precision",
    "exposure_grade",
    "exposure_basis",
]
OWN_KEYS = "LEFT JOIN LATERAL (SELECT DISTINCT unnest(group_keys) AS key) AS own ON true"
OF_PAIRS = "LEFT JOIN ({pairs}) AS own (pk, key) USING (pk)"

# A key of '' is that of the batches which state none.
LIVE = f"""
batch ({", ".join(FIELDS)}{{more}}) AS ({{batches}}),
member AS (SELECT {", ".join(FIELDS)}, coalesce(own.key, '') AS key FROM batch {{keys}}),
-- Few batches are counted in another, so their holders are looked for apart.
inside AS (
    SELECT part.pk, part.key
    FROM member AS part JOIN member AS holder ON holder.pk = part.counted_in AND holder.key = part.key
    WHERE part.counted_in IS NOT NULL
),
counted AS (SELECT * FROM member WHERE counted_in IS NULL OR (pk, key) NOT IN (SELECT pk, key FROM inside)),
size AS (
    SELECT key, count(*) AS batches, count(*) FILTER (
        WHERE counted_in IS NOT NULL AND (pk, key) IN (SELECT pk, key FROM inside)) AS inside
    FROM member GROUP BY key
),
money AS (
    SELECT key, amount_currency, {sums("amount")}
    FROM counted WHERE {stated("amount")} GROUP BY key, amount_currency
),
total AS (
    SELECT key,
        {sums("units")}, {weakest("units_grade")} AS units_grade,
        {sums("exposure")}, {weakest("exposure_grade")} AS exposure_grade,
        {count("without_units", f"NOT {stated('units')}")},
        {count("without_amount", f"NOT {stated('amount')}")},
        {count("exposure_published", f"exposure_basis = '{ExposureBasis.PUBLISHED}'")},
        {count("exposure_estimated", f"exposure_basis = '{ExposureBasis.ESTIMATED}'")},
        {count("without_exposure", f"exposure_basis = '{ExposureBasis.NO_FIGURE}'")},
        {count("without_rate", f"exposure_basis = '{ExposureBasis.NO_RATE}'")}
    FROM counted GROUP BY key
)"""  # noqa: S608
STATEMENT = f"""
WITH {{sums}},
label (key, name) AS ({{names}}),
amount AS (
    SELECT key,
        array_agg(
            ARRAY[amount_currency, amount_low::text, amount_high::text, {precision("amount")}]
            ORDER BY amount_currency
        ) AS amounts,
        string_agg(concat(amount_currency, ' ', trim_scale(amount_low),
            CASE WHEN amount_low IS DISTINCT FROM amount_high THEN '-' END,
            CASE WHEN amount_low IS DISTINCT FROM amount_high THEN trim_scale(amount_high) END
        ), '; ' ORDER BY amount_currency) AS amounts_text
    FROM money GROUP BY key
)
SELECT {{columns}} FROM (
    SELECT nullif(key, '') AS key, CASE WHEN key <> '' THEN coalesce(name, key) END AS name, batches, inside,
        units_low, units_high, {precision("units")} AS units_precision, units_grade, without_units,
        amounts, amounts_text, without_amount,
        exposure_low, exposure_high, {precision("exposure")} AS exposure_precision, exposure_grade,
        exposure_published, exposure_estimated, without_exposure, without_rate
    FROM size JOIN total USING (key) LEFT JOIN amount USING (key) LEFT JOIN label USING (key)
) AS grouped
WHERE {{after}}
ORDER BY {{order}}
"""  # noqa: S608
NO_NAMES = "SELECT NULL::text, NULL::text WHERE false"


def grouped(batches, grouping, columns, order, *, are_many=False, after=EVERY):
    """The SQL and its parameters that give `columns` of the groups of a queryset of batches with exposure figures.

    `columns`, `order` and `after`, a condition with its parameters, are SQL of our own over what the statement selects,
    never a reader's text.
    """
    batches = batches.order_by()
    if are_many and grouping.pairs is not None:
        batches_sql, params = statement_of(batches.values_list(*FIELDS))
        pairs_sql, more_params = statement_of(grouping.pairs.all())
        live = LIVE.format(batches=batches_sql, more="", keys=OF_PAIRS.format(pairs=pairs_sql))
        return _statement(live, (*params, *more_params), grouping, columns, order, after)
    keys = Cast(grouping.keys, ArrayField(TextField()))
    batches_sql, params = statement_of(batches.annotate(group_keys=keys).values_list(*FIELDS, "group_keys"))
    live = LIVE.format(batches=batches_sql, more=", group_keys", keys=OWN_KEYS)
    return _statement(live, params, grouping, columns, order, after)


def grouped_whole(grouping, summed, currency, columns, order, after=EVERY):
    """The same of all published batches, from the summary; `summed` is what `recalls.summary.KEYS` names it."""
    return _statement(summary.sums(summed, currency), (), grouping, columns, order, after)


def _statement(sums_sql, params, grouping, columns, order, after):
    names_sql, names_params = NO_NAMES, ()
    if grouping.names is not None:
        names_sql, names_params = statement_of(grouping.names.order_by())
    beyond, of_place = after
    statement = STATEMENT.format(sums=sums_sql, names=names_sql, columns=columns, order=order, after=beyond)
    return statement, (*params, *names_params, *of_place)
