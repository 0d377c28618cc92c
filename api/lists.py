"""A list as JSON: the rows of its page, read on from a cursor."""

from django.conf import settings

from api import groups
from api.parameters import is_several
from api.reading import JsonView, RefusedError
from api.rows import closed, rows_of
from listing.cursor import query_of, read, written

OWN = ["sort", "per_page", "cursor"]
PLACELESS = ["per_page", "cursor"]


class ListView(JsonView):
    """Filters and order are those of the page; a cursor is in the place of a page's number."""

    def parameters(self):
        return [*self.view.blank_records().filterset.filters, *self.page.shapes, *OWN]

    def single(self):
        fields = self.view.blank_records().filterset.form.fields
        single = [name for name in fields if not is_several(fields[name])]
        return [*single, *self.page.shapes, *OWN]

    def told(self, **kwargs):
        records = self.view.records(**kwargs)
        if records.errors:
            raise RefusedError(records.errors)
        found = records.keyset.after(self._place(records.keyset), records.per_page + 1)
        shown = found[: records.per_page]
        keys = [key for key, place in shown]
        return {
            "title": records.title,
            "description": records.description,
            "page": settings.PUBLIC_URL + self._page(),
            "next": self._next(shown[-1][1]) if len(found) > len(shown) else None,
            **(groups.told(records, keys) if records.shaped_by else _rows(records, keys)),
        }

    def _query(self):
        return query_of(self.request.path, self.request.GET, PLACELESS)

    def _place(self, keyset):
        cursor = self.request.GET.get("cursor", "")
        return read(cursor, keyset.fields(), self._query()) if cursor else None

    def _next(self, place):
        params = self.request.GET.copy()
        params["cursor"] = written(place, self._query())
        return f"{settings.PUBLIC_URL}{self.request.path}?{params.urlencode()}"

    def _page(self):
        """The same list to look at."""
        params = self.request.GET.copy()
        params.pop("cursor", None)
        path = self.page_path % self.kwargs
        return f"{path}?{params.urlencode()}" if params else path

    page_path = ""


def _rows(records, keys):
    return {"results": rows_of(records, records.page_rows).of(keys)}


def schema(records):
    """What a list answers, in JSON Schema."""
    address = {"type": "string", "format": "uri"}
    return closed(
        {
            "title": {"type": "string"},
            "description": {"type": "string", "description": "What is listed, in words."},
            "page": address | {"description": "The same list as a page."},
            "next": {
                "type": ["string", "null"],
                "format": "uri",
                "description": "Its next rows; null at the end.",
            },
            "results": {"type": "array", "items": rows_of(records, records.page_rows).schema},
        }
    )
