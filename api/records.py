"""A record as JSON: the columns of its list, its citations, and what belongs to it."""

from django.conf import settings
from django.http import Http404

from api import days
from api.parameters import is_several
from api.parts import parts_of
from api.reading import JsonView, RefusedError
from api.rows import closed, rows_of

LEFT_OUT = "How many of each the grades asked for leave out."


class RecordView(JsonView):
    """The record of a page, if that is visible."""

    def parameters(self):
        return list(self.page.figures_asked)

    def single(self):
        fields = self.page.form_class.base_fields
        return [name for name in self.page.figures_asked if not is_several(fields[name])]

    def told(self, slug):
        if errors := self._errors():
            raise RefusedError(errors)
        records = self.view.columns()
        record = records.get_records().filter(slug=slug.lower()).first()
        if record is None:
            raise Http404
        found = {part.name: part.of(record, self.view) for part in parts_of(type(record))}
        return {
            "page": self._page(record),
            "record": self._row(records, record),
            **{name: shown.records for name, shown in found.items()},
            "left_out": {name: shown.left_out for name, shown in found.items()},
            **({days.NAME: days.left_out(record, self.view)} if self.page.dated_by else {}),
        }

    def _page(self, record):
        """The same figures to look at."""
        query = self.request.GET.urlencode()
        return settings.PUBLIC_URL + record.get_absolute_url() + (f"?{query}" if query else "")

    def _row(self, records, record):
        rows = rows_of(records, records.with_columns(records.get_records()))
        return rows.of([(record.pk,)], published=self.view.published)[0]

    def _errors(self):
        """The sentences that the page shows."""
        errors = self.view.form.errors
        return [f"{name}: {text}" for name in self.page.figures_asked for text in errors.get(name, [])]


def schema(records, has_days=False):
    """What a record answers, in JSON Schema; `records` are the list that has its columns."""
    rows = rows_of(records, records.with_columns(records.get_records()))
    address = {"type": "string", "format": "uri", "description": "The record's page, with the same figures."}
    parts = {part.name: part.schema for part in parts_of(rows.model)}
    left_out = closed({name: {"type": "integer"} for name in parts}) | {"description": LEFT_OUT}
    of_day = {days.NAME: days.SCHEMA} if has_days else {}
    return closed({"page": address, "record": rows.schema, **parts, "left_out": left_out, **of_day})
