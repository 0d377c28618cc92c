"""The cells of a table's rows as HTML: how each column makes its cell is worked out once for a table."""

from html import escape
from inspect import signature

from django.db.models import Model
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.timezone import template_localtime
from django_tables2.rows import BoundRow

KNOWN = ("value", "record", "column", "bound_column", "table")  # what a cell is made from without its row


def rows_of_cells(table):
    """The `<td>`s of each row of a table, as one text."""
    return (mark_safe("".join(cells)) for cells in cells_of(table))  # noqa: S308


def cells_of(table):
    """The `<td>`s of each row of a table, the very ones that django-tables2 gives. Its records are of one kind."""
    columns = None
    for record in table.data:
        columns = columns or [(_opening(column), _cell(table, column, record)) for column in table.columns]
        yield [f"{td}{_written(cell(record))}</td>" for td, cell in columns]


def _opening(column):
    name = column.attrs["td"]["class"]
    return format_html('<td class="{}">', name) if name else "<td>"


def _cell(table, column, record):
    """A function from a record to its cell; the library's own where a column is made of more than `KNOWN`."""
    value = _value(column.accessor, record)
    shown = _called(column.render, table, column)
    linked = _linked(column.link, table, column)
    if not (value and shown and linked):
        return lambda record: BoundRow(record, table).get_cell(column.name)
    empty, default = column.column.empty_values, _written(column.default)

    def cell(record):
        found = value(record)
        return default if found in empty else linked(record, found, shown(record, found))

    return cell


def _value(accessor, record):
    """A function from a record to what stands at a path; nothing where the path is not one of plain fields."""
    way, _, last = accessor.rpartition("__")
    if isinstance(record, Model):
        field = accessor.get_field(record)
        if getattr(field, "choices", None) and field.name == last:
            last = f"get_{last}_display"
    elif hasattr(record, "__getitem__"):
        return None
    return _reached(tuple(way.split("__")) if way else (), last)


def _reached(way, last):
    def value(record):
        for name in way:
            record = getattr(record, name, None)
            if record is None:
                return None
        found = getattr(record, last, None)
        return found() if callable(found) and not hasattr(found, "do_not_call_in_templates") else found

    return value


def _called(function, table, column):
    """A function from a record and its value to what `function` makes of those arguments that it names."""
    names = tuple(signature(function).parameters)
    if names == ("value",):
        return lambda record, value: function(value)
    if names == ("record",):
        return lambda record, value: function(record)
    if not set(names) <= set(KNOWN):
        return None
    fixed = {"column": column.column, "bound_column": column, "table": table}

    def call(record, value):
        given = {"value": value, "record": record, **fixed}
        return function(**{name: given[name] for name in names})

    return call


def _linked(link, table, column):
    """A function that wraps a cell in its link; one that changes nothing where the column has none."""
    if link is None:
        return lambda record, value, content: content
    url = callable(link.url) and not link.attrs and _called(link.url, table, column)
    if not url:
        return None

    def wrap(record, value, content):
        address = url(record, value)
        if address is None:
            return content
        return mark_safe(f'<a href="{escape(address)}">{_written(content)}</a>')  # noqa: S308

    return wrap


def _written(cell):
    """As a template writes it; most are texts, for which the way through the library's checks is long."""
    if isinstance(cell, str):
        return cell if hasattr(cell, "__html__") else escape(cell)
    return conditional_escape(localize(template_localtime(cell)))
