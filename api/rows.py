"""The rows of a list as JSON: its columns, what they link to, and the citations behind them."""

from django.conf import settings
from django.urls import reverse

from api.citations import Cited
from api.columns import Row
from listing.columns import LinkColumn

ADDRESS = {"type": ["string", "null"], "format": "uri", "description": "Where it is as JSON."}
ID = {"type": "string", "description": "Its short name; a number where it has none."}


def rows_of(records, rows):
    """The `Rows` of a list."""
    return Rows(records.table_class, rows, getattr(records, "grades", ()))


def json_address(page):
    """A page's address put after the API's is that of its JSON."""
    return settings.PUBLIC_URL + reverse("api:index").rstrip("/") + page


class Rows:
    """How a list's rows read: `of(keys)` in the order of their keys, `schema` in JSON Schema."""

    def __init__(self, table_class, rows, grades=()):
        self.names, self.model, self.grades = table_class.row_key, rows.model, grades
        self.row = Row(rows, table_class)
        self.cited = Cited(self.model)
        self.linked = _linked(self.model, table_class)
        self.has_page = "slug" in self.row.fields and hasattr(self.model, "slug")

    def of(self, keys, **cited):
        """Keys are tuples of what the table's `row_key` names, of which the first is the record's own."""
        found = self.row.queryset.filter(pk__in={key[0] for key in keys}).order_by()
        found = found.values(*self.names, *self.row.aliases)
        by_key = {tuple(values[name] for name in self.names): values for values in found}
        cited = self.cited.of([key[0] for key in keys], self.grades, **cited)
        return [self._row(key, by_key[key], cited) for key in keys if key in by_key]

    def _row(self, key, values, cited):
        row = self.row.of(values)
        links = {
            f"{name}_json": self._json(model, row[f"{name}_slug"]) for name, model in self.linked.items()
        }
        own = {"id": "-".join(str(part) for part in key if part is not None)}
        if self.has_page:
            own = {"id": row["slug"], "json": self._json(self.model, row["slug"])}
        return own | row | links | cited(key[0], row)

    def _json(self, model, slug):
        return json_address(model(slug=slug).get_absolute_url()) if slug else None

    @property
    def schema(self):
        own = {"id": ID, "json": ADDRESS} if self.has_page else {"id": ID}
        links = {f"{name}_json": ADDRESS for name in self.linked}
        return closed(own | self.row.schema | links | self.cited.schema)


def _linked(model, table_class):
    """The model of each record that a row's columns link to."""
    found = {}
    for name, column in table_class.base_columns.items():
        if isinstance(column, LinkColumn) and column.path:
            found[name] = model
            for step in column.path.split("__"):
                found[name] = found[name]._meta.get_field(step).related_model
    return found


def closed(properties):
    """An object that has all of these, and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
