"""Facets of the list of batches: how many of the set have each value, each facet without its own filter."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from evidence.figures import Grade
from listing.reading import reading_connection
from listing.statements import statement_of
from listing.words import label_of
from recalls.choices import Hazard, Remedy
from recalls.region_names import region_name
from suppliers.names import name_shown

FIRST = 10  # companies: of the other facets all values are shown
FIELDS = ["pk", "region", "company", "hazards", "units_grade", "amount_grade", "price_grade"]
COLUMNS = ["id", "region_id", "company_id", "hazards", "units_grade", "amount_grade", "price_grade"]
HEADINGS = {
    "region": _("Region"),
    "hazard": _("Hazard"),
    "remedy": _("Remedy"),
    "grade": _("Grade of a figure"),
    "company": _("Company"),
}
CHOICES = {"hazard": Hazard, "remedy": Remedy, "grade": Grade}
REGIONS = "SELECT 'region', code, name, batches FROM ({counts}) AS counted JOIN recalls_region USING (id)"
COMPANIES = """SELECT 'company', slug, name, batches
    FROM ({counts} ORDER BY batches DESC, id LIMIT {first}) AS counted JOIN suppliers_company USING (id)"""
LIVE = {
    "region": REGIONS.format(
        counts="SELECT region_id AS id, count(*) AS batches FROM kept GROUP BY region_id"
    ),
    "company": COMPANIES.format(
        counts="SELECT company_id AS id, count(*) AS batches FROM kept GROUP BY company_id", first=FIRST
    ),
    "hazard": """SELECT 'hazard', hazard, NULL, count(*) FROM kept
        CROSS JOIN LATERAL (SELECT DISTINCT unnest(hazards) AS hazard) AS own GROUP BY hazard""",
    "remedy": """SELECT 'remedy', offered.kind, NULL, count(*)
        FROM kept JOIN recalls_batchremedy AS offered ON offered.batch_id = kept.id GROUP BY offered.kind""",
    "grade": """SELECT 'grade', grade, NULL, count(*) FROM kept CROSS JOIN LATERAL
        (SELECT DISTINCT unnest(ARRAY[units_grade, amount_grade, price_grade]) AS grade) AS own
        WHERE grade <> '' GROUP BY grade""",
}
SUMMED = "SELECT {id} AS id, sum(batches) AS batches FROM recalls_summary WHERE face = '{face}' GROUP BY {id}"
WORDS = """SELECT '{face}', word, NULL, sum(batches) FROM recalls_summary
    WHERE face = '{face}' AND word <> '' GROUP BY word"""
WHOLE = {
    "region": REGIONS.format(counts=SUMMED.format(id="region_id", face="cell")),
    "company": COMPANIES.format(counts=SUMMED.format(id="company_id", face="company"), first=FIRST),
    "hazard": WORDS.format(face="hazard"),
    "remedy": WORDS.format(face="remedy"),
    "grade": WORDS.format(face="grade"),
}


@dataclass(frozen=True)
class FacetValue:
    """A value: how many batches have it, and the list narrowed to it, or no longer where it is chosen."""

    label: str
    batches: int
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    name: str
    heading: str
    values: list

    @property
    def is_used(self):
        return any(value.is_chosen for value in self.values)


def facets(records):
    """The `Facet`s of a `RecallBatchList`: one query, and one more for each filter of a facet's that is in use."""
    if records.errors:
        return []
    found = {name: [] for name in HEADINGS}
    for without, names in _by_set(records).items():
        for name, code, label, batches in _counts(records, without, names):
            if batches:
                found[name].append((code, _label(name, code, label), int(batches)))
    return [Facet(name, HEADINGS[name], _values(records, name, rows)) for name, rows in found.items() if rows]


def _label(facet, code, name):
    if facet == "region":
        return region_name(code, name)
    return label_of(CHOICES[facet], code) if facet in CHOICES else name_shown(name)


def _by_set(records):
    """The facets that count in the same set, by the filter that it leaves out."""
    own = [name for name in HEADINGS if records.filterset.form.cleaned_data[name]]
    return {None: [name for name in HEADINGS if name not in own], **{name: [name] for name in own}}


def _counts(records, without, names):
    filtered = _narrowed(records, without)
    if filtered.form.is_valid() and not filtered.describe():
        return _fetched(" UNION ALL ".join(f"({WHOLE[name]})" for name in names))
    batches = filtered.qs if without else records.filtered
    rows, params = statement_of(batches.order_by().values_list(*FIELDS))
    parts = " UNION ALL ".join(f"({LIVE[name]})" for name in names)
    return _fetched(f"WITH kept ({', '.join(COLUMNS)}) AS MATERIALIZED ({rows}) {parts}", params)


def _narrowed(records, without):
    """The list's filters without one of them."""
    if not without:
        return records.filterset
    params = records.params.copy()
    params.pop(without)
    return type(records.filterset)(params, queryset=records.get_queryset())


def _fetched(statement, params=()):
    with reading_connection().cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.fetchall()


def _values(records, name, rows):
    chosen = {code.strip().lower() for code in records.params.getlist(name)}
    rows.sort(key=lambda row: (-row[2], row[1]))
    return [
        FacetValue(label, batches, code.lower() in chosen, _address(records.params, name, code, chosen))
        for code, label, batches in rows
    ]


def _address(params, name, code, chosen):
    params = params.copy()
    for dropped in ("page", "part", name):
        params.pop(dropped, None)
    if code.lower() not in chosen:
        params[name] = code
    return f"?{params.urlencode()}"
