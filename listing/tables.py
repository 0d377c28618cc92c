"""The one place where a list's columns are named, sorted and labelled."""

import django_tables2 as tables
from django.db.models import OrderBy

from listing.rendering import rows_of_cells


class Table(tables.Table):
    """A table whose rows come sorted from the database, unknown values last in either direction."""

    kept = ""  # the end of the address of each row's own page
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
    def sort(cls, queryset, sort):
        """Sort by a column's name, with “-” before it for descending; the row's key breaks ties."""
        name, descending = sort.removeprefix("-"), sort.startswith("-")
        key = OrderBy(cls.base_columns[name].sql(name), descending=descending, nulls_last=True)
        return queryset.order_by(key, *(f"-{path}" if descending else path for path in cls.row_key))

    @classmethod
    def file_columns(cls):
        """Name and SQL of every column of the file, in order."""
        return {name: c.sql(name) for name, c in cls.base_columns.items() if not c.exclude_from_export}
