"""What belongs to a record beside its columns: the lines of a batch, the causes of an incident."""

from dataclasses import replace

from django.conf import settings
from django.db.models import ForeignKey

from api.citations import Cited
from api.columns import described, parts
from api.rows import Rows, closed
from evidence.grades import Shown
from evidence.kept import KeptDecimalField, KeptTextField
from evidence.models import Source
from evidence.uses import GradedUse, uses_of
from recalls.incident_records import PARTS
from recalls.models import Incident, RecallBatch
from recalls.tables import IncidentBatchTable

NAMED = {"type": ["string", "null"]}
OF = {
    "recalls.RecallBatch": ("products", "remedies", "companies", "progress", "revisions"),
    "recalls.Incident": PARTS,
    "suppliers.Company": (
        "aliases",
        "owners",
        "holdings",
        "certificates",
        "claims",
        "root_causes",
        "sales_agreements",
        "purchase_agreements",
    ),
    "suppliers.ProductModel": ("cell_sources", "root_causes"),
}
NAMELESS = ("BatteryCell", "RecalledProduct")  # named in words alone
MOST = 500  # of each kind; there are lists of whatever can be more


class Parts:
    """One kind of part of a model's records, by the name of the relation."""

    def __init__(self, model, name):
        self.name = name
        relation = model._meta.get_field(name) if name in _queries(model) else _by_accessor(model, name)
        self.model, self.back = relation.related_model, relation.field
        self.plain = [field for field in self.model._meta.concrete_fields if self._is_told(field)]
        self.named = [field for field in self.model._meta.concrete_fields if self._is_named(field)]
        self.cited = Cited(self.model)

    def _is_told(self, field):
        kept = isinstance(field, (KeptTextField, KeptDecimalField)) or field.generated
        return not (field.primary_key or field.is_relation or kept or field.name == "is_published")

    def _is_named(self, field):
        """A company, a model, a region: what has no drafts of its own shows where something visible names it."""
        if not isinstance(field, ForeignKey) or field.name == self.back.name:
            return False
        other = field.related_model
        has_drafts = any(own.name == "is_published" for own in other._meta.fields)
        return not has_drafts and (hasattr(other, "slug") or other.__name__ in NAMELESS)

    def of(self, record, page):
        """Those that a page shows, and how many of other grades it leaves out: a `Shown`."""
        shown = page.grades.shown(self._rows(record, page))
        cited = self.cited.of([row.pk for row in shown], page.grades, page.published)
        for row in shown:
            page.grades.hide(row)
        return replace(shown, records=[self._told(row, cited) for row in shown])

    def _rows(self, record, page):
        found = page.known(getattr(record, self.name).all())
        found = found.visible() if hasattr(found, "visible") else found
        return found.select_related(*(field.name for field in self.named))[:MOST]

    def _told(self, row, cited):
        told = {}
        for field in self.plain:
            told |= parts(field.name, field, field.value_from_object(row))
        for field in self.named:
            other = getattr(row, field.name)
            told[field.name] = str(other) if other else None
            if hasattr(field.related_model, "slug"):
                told[f"{field.name}_slug"] = other.slug if other else None
        return told | cited(row.pk, told)

    @property
    def schema(self):
        properties = {}
        for field in self.plain:
            properties |= described(field.name, field, is_known=not (field.null or field.blank))
        for field in self.named:
            properties[field.name] = NAMED
            if hasattr(field.related_model, "slug"):
                properties[f"{field.name}_slug"] = NAMED
        return {"type": "array", "items": closed(properties | self.cited.schema)}


class Batches:
    """The latest batches of an incident, with the columns that its page shows."""

    name = "batches"

    def of(self, record, page):
        batches = page.batches_of(record)
        keys = batches.order_by(*RecallBatch._meta.ordering).values_list("pk")[:MOST]
        rows = Rows(IncidentBatchTable, batches, page.grades)
        return Shown(rows.of(keys, published=page.published), 0)

    @property
    def schema(self):
        rows = Rows(IncidentBatchTable, RecallBatch.objects.all())
        return {"type": "array", "items": rows.schema}


class Uses:
    """What rests on a source: the first uses of each kind."""

    name = "cited_by"
    schema = {
        "type": "array",
        "items": closed(
            {
                "kind": {"type": "string"},
                "name": {"type": "string"},
                "page": {"type": "string", "format": "uri"},
            }
        ),
    }

    def of(self, record, page):
        shown = page.grades.shown(uses_of(record), GradedUse)
        return replace(shown, records=[self._told(use) for use in shown])

    def _told(self, use):
        address = settings.PUBLIC_URL + use.page.get_absolute_url()
        return {"kind": use.kind, "name": str(use.record), "page": address}


def parts_of(model):
    own = {Source: [Uses()], Incident: [Batches()]}.get(model, [])
    return [*own, *(Parts(model, name) for name in OF.get(model._meta.label, ()))]


def _queries(model):
    return {field.name for field in model._meta.get_fields()}


def _by_accessor(model, name):
    return next(link for link in model._meta.related_objects if link.get_accessor_name() == name)
