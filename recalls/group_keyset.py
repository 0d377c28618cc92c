"""The groups after a given one, by what they are sorted by: groups that come or go meanwhile shift nothing."""

from django.db import connections
from django.db.models import BigIntegerField, DecimalField, TextField

EVERY = ("true", ())
FIELDS = {"name": TextField(), "exposure": DecimalField(max_digits=40, decimal_places=10)}


class GroupKeyset:
    """The groups of a `GroupedBatchList`, to be read on from a *place*: what a group is sorted by, and its key.

    `value` is the SQL that they are sorted by, `sort` its name in the address; `statement(columns, after, limit)` gives
    the SQL of the groups with its parameters, and `made(row)` the group of a row of `columns`.
    """

    def __init__(self, database, sort, value, columns, statement, made):
        self.database, self.value, self.columns = database, value, columns
        self.name, self.is_descending = sort.removeprefix("-"), sort.startswith("-")
        self.statement, self.made = statement, made

    def fields(self):
        """The field of each value of a place."""
        return [FIELDS.get(self.name, BigIntegerField()), TextField()]

    def after(self, place, count):
        """The next `count` groups, each with its place; a `place` of None: the first ones."""
        columns = ", ".join([*self.columns, f"{self.value} AS place"])
        with connections[self.database].cursor() as cursor:
            cursor.execute(*self.statement(columns, self._beyond(place) if place else EVERY, count))
            rows = cursor.fetchall()
        return [(self.made(row[:-1]), (row[-1], row[0])) for row in rows]

    def _beyond(self, place):
        """The batches without a key come last, and before them the groups without a value."""
        value, key = place
        if key is None:
            return "false", ()
        beyond = "<" if self.is_descending else ">"
        if value is None:
            return f"key IS NULL OR ({self.value} IS NULL AND key {beyond} %s)", (key,)
        later = f"{self.value} {beyond} %s OR ({self.value} = %s AND key {beyond} %s)"
        return f"key IS NULL OR {self.value} IS NULL OR {later}", (value, value, key)
