"""The citations of rows: which source says what, and which sources support each figure."""

from collections import defaultdict

from api.columns import described, plain
from evidence.bibliography import about
from evidence.models import Stance

FIELDS = ("figure", "stance", "where", "stated_low", "stated_high", "stated_currency", "note")
SUPPORT = (
    "Short names of the sources that support it: those cited for this figure, or else for the whole record."
)


class Cited:
    """The citations of the records of a model, where it has any."""

    def __init__(self, model):
        self.relation = next((link for link in model._meta.related_objects if _is_citations(link)), None)
        self.figures = self._figures({field.name for field in model._meta.fields}) if self.relation else ()

    def _figures(self, names):
        """The record's own figures that a citation can name."""
        choices = dict(self._field("figure").flatchoices)
        return [figure for figure in choices if {figure, f"{figure}_low"} & names]

    def _field(self, name):
        return self.relation.related_model._meta.get_field(name)

    def of(self, keys, grades=(), published=lambda citations: citations):
        """A function from a record's key and its row to what is added to that row.

        Of a figure that the `grades` hide no citation is told, and none that is not among the `published`.
        """
        if not self.relation:
            return lambda key, row: {}
        link = f"{self.relation.field.name}_id"
        rows = self.relation.related_model.objects.filter(**{f"{self.relation.field.name}__in": set(keys)})
        found = defaultdict(list)
        for citation in published(rows).select_related("source").order_by("pk"):
            found[getattr(citation, link)].append(citation)
        return lambda key, row: self._told(_shown(found[key], row) if grades else found[key], row)

    def _told(self, citations, row):
        told = {f"{figure}_sources": self._supporting(figure, citations, row) for figure in self.figures}
        return told | {"citations": [_as_json(citation) for citation in citations]}

    def _supporting(self, figure, citations, row):
        """Of a figure that is not stated, or not shown, none."""
        if all(row.get(name) is None for name in (figure, f"{figure}_low", f"{figure}_high")):
            return []
        named = about(figure, citations)
        return list(dict.fromkeys(one.source.slug for one in named if one.stance == Stance.SUPPORTS))

    @property
    def schema(self):
        if not self.relation:
            return {}
        slugs = {"type": "array", "items": {"type": "string"}, "description": SUPPORT}
        told = {f"{figure}_sources": slugs for figure in self.figures}
        return told | {"citations": {"type": "array", "items": self._item()}}

    def _item(self):
        properties = {}
        for name in FIELDS:
            properties |= described(name, self._field(name), is_known=name == "stance")
        named = {name: {"type": "string"} for name in ("source", "publisher", "title")}
        properties |= named | {
            "url": {"type": ["string", "null"], "description": "Where the source was read."}
        }
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }


def _shown(citations, row):
    return [citation for citation in citations if row.get(f"{citation.figure}_grade", True)]


def _is_citations(relation):
    is_citation = getattr(relation.related_model, "is_citation", False)
    return is_citation and relation.one_to_many and relation.get_accessor_name() == "citations"


def _as_json(citation):
    source = citation.source
    told = {name: plain(getattr(citation, name)) for name in FIELDS}
    return told | {
        "source": source.slug,
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url or None,
    }
