"""The columns of a list as programs read them: those of its file, with values instead of texts."""

from datetime import datetime
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Field
from django.db.models import fields as of_django

from listing.columns import LinkColumn
from listing.orders import is_always_known

ALIAS = "api_{}"
TEXT = {"type": "string"}
DAY = {"type": "string", "format": "date"}
TYPES = (
    (of_django.BooleanField, {"type": "boolean"}),
    (of_django.IntegerField, {"type": "integer"}),
    (of_django.DecimalField, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}),
    (of_django.DateTimeField, {"type": "string", "format": "date-time"}),
    (of_django.DateField, DAY),
)


def expressions(table_class):
    """Name and SQL of each column of the file, and of the short names of the records that a row links to."""
    found = {}
    for name, column in table_class.base_columns.items():
        if not column.exclude_from_export:
            expression = column.sql(name)
            found[name] = getattr(expression, "plain", expression)
        if isinstance(column, LinkColumn) and column.path:
            found[f"{name}_slug"] = F(f"{column.path}__slug")
    return found


def separators(table_class):
    """What stands between the values of each column whose text holds several."""
    return {name: column.between for name, column in table_class.base_columns.items() if column.between}


class Row:
    """How the rows of a queryset become JSON: `schema`, and `of(values)` with the values as the database gives them."""

    def __init__(self, queryset, table_class):
        columns = expressions(table_class)
        self.aliases = {ALIAS.format(name): expression for name, expression in columns.items()}
        self.queryset = queryset.annotate(**self.aliases)
        self.between = separators(table_class)
        found = self.queryset.query.annotations
        self.fields = {name: found[ALIAS.format(name)].output_field for name in columns}
        self.known = {name for name, sql in columns.items() if _is_known(queryset, sql, self.fields[name])}

    def of(self, values):
        row = {}
        for name, field in self.fields.items():
            row |= parts(name, field, values[ALIAS.format(name)], self.between.get(name))
        return row

    @property
    def schema(self):
        properties = {}
        for name, field in self.fields.items():
            properties |= described(name, field, name in self.between, name in self.known)
        return properties


def _is_known(queryset, expression, field):
    return isinstance(expression, F) and not field.blank and is_always_known(queryset, expression.name)


def parts(name, field, value, between=None):
    """A value of a field as JSON, under its name; a partly known date also as its first and last day."""
    if getattr(field, "is_partial_date", False):
        ends = (value.first.isoformat(), value.last.isoformat()) if value else (None, None)
        return {name: str(value) if value else None, f"{name}_first": ends[0], f"{name}_last": ends[1]}
    if between:
        return {name: value.split(between) if value else []}
    if isinstance(field, ArrayField):
        return {name: list(value or ())}
    return {name: plain(value)}


def plain(value):
    """Unknown and empty are null; money and other decimals are texts, which no reader rounds."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if hasattr(value, "isoformat") else value


def described(name, field, is_list=False, is_known=False):
    """The same in JSON Schema."""
    if getattr(field, "is_partial_date", False):
        ends = {
            f"{name}_{end}": _or_null(DAY) | {"description": f"Its {end} day."} for end in ("first", "last")
        }
        return {name: _or_null(TEXT) | _words(field), **ends}
    if is_list:
        return {name: {"type": "array", "items": TEXT}}
    if isinstance(field, ArrayField):
        return {name: {"type": "array", "items": _type(field.base_field)} | _words(field)}
    shape = _type(field)
    return {name: (shape if is_known else _or_null(shape)) | _words(field)}


def _type(field):
    shape = next((shape for kind, shape in TYPES if isinstance(field, kind)), TEXT)
    return (
        shape | {"enum": [value for value, _ in field.flatchoices if value]} if field.choices else dict(shape)
    )


def _or_null(shape):
    nullable = shape | {"type": [shape["type"], "null"]}
    return nullable | {"enum": [*shape["enum"], None]} if "enum" in shape else nullable


def _words(field: Field):
    return {"description": str(field.help_text)} if field.help_text else {}
