"""The one place where a list's columns are named, sorted and labelled."""

import django_tables2 as tables
from django.db.models import Q

from listing.orders import Order
from listing.rendering import rows_of_cells


def any_row(rows, key):
    """A Q that holds for these rows alone, told apart by the paths of `key`."""
    if key == ["pk"]:
        return Q(pk__in=[row.pk for row in rows])
    found = Q(pk__in=[])
    for row in rows:
        found |= Q(**{name: getattr(row, name) for name in key})
    return found


class Table(tables.Table):
    """A table whose rows come sorted from the database, unknown values last in either direction."""

    kept = ""  # the end of the address of each row's own page
    unasked = []  # columns that a page shows only when it is asked to
    row_key = ["pk"]  # what tells any two rows apart, to break ties

    @property
    def order_by(self):
        return self._order_by

    @order_by.setter
    def order_by(self, value):
        # Only for the headings: the list has sorted its queryset before, for the page and the file alike.
        self._order_by = tables.utils.OrderByTuple(
            value.split(",") if isinstance(value, str) else value or ()
        )

    def rows_of_cells(self):
        return rows_of_cells(self)

    @classmethod
    def sortable(cls):
        return [name for name, column in cls.base_columns.items() if column.orderable is not False]

    @classmethod
    def order(cls, sort):
        """The `Order` by a column's name, with “-” before it for descending; the row's key breaks ties."""
        name, is_descending = sort.removeprefix("-"), sort.startswith("-")
        column = cls.base_columns[name]
        return Order(column.sort_key(name), is_descending, [*column.then, *cls.row_key], column.walks)

    @classmethod
    def file_columns(cls):
        """Name and SQL of every column of the file, in order."""
        return {name: c.sql(name) for name, c in cls.base_columns.items() if not c.exclude_from_export}
