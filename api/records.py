"""A record as JSON: the columns of its list, its citations, and what belongs to it."""

from django.conf import settings
from django.http import Http404, QueryDict

from api.parts import parts_of
from api.reading import JsonView, RefusedError
from api.rows import Rows, closed


class RecordView(JsonView):
    """The record of a page, if that is visible; `list_class` has its columns."""

    list_class = None

    def parameters(self):
        return parameters(self.list_class)

    def single(self):
        return ["currency"]

    def told(self, slug):
        records = self.list_class(self.request.GET)
        if records.errors:
            raise RefusedError(records.errors)
        record = records.get_records().filter(slug=slug.lower()).first()
        if record is None:
            raise Http404
        (row,) = Rows(records, records.with_columns(records.get_records())).of([(record.pk,)])
        told = {part.name: part.of(record) for part in parts_of(type(record))}
        return {"page": settings.PUBLIC_URL + record.get_absolute_url(), "record": row, **told}


def parameters(list_class):
    """What changes the figures of a single record."""
    return [name for name in ("grade", "currency") if _is_figures(list_class, name)]


def _is_figures(list_class, name):
    filters = list_class.filterset_class.base_filters
    return name in filters and "currency" in filters


def blank(list_class):
    """The list as such."""
    return list_class(QueryDict())


def schema(list_class):
    records = blank(list_class)
    rows = Rows(records, records.with_columns(records.get_records()))
    address = {"type": "string", "format": "uri", "description": "The record's page."}
    parts = {part.name: part.schema for part in parts_of(rows.model)}
    return closed({"page": address, "record": rows.schema, **parts})
