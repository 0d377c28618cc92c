"""The rows after a given one, by what the list is sorted by: rows that come or go meanwhile shift nothing."""

from django.db.models import F, OrderBy, Value
from django.db.models.functions import Cast

from listing.orders import is_always_known


class Keyset:
    """An ordered queryset that is read on from a row: from its *place*, the values that it is sorted by.

    `orderings` and `key` each tell any two rows apart. `walk(past, count)`, where there is one, finds the keys of the
    rows whose first value comes after `past` (None: of all) sooner than a query does. `are_few`: all that are left
    are found and sorted sooner than an index over all rows is walked for them.
    """

    def __init__(self, queryset, orderings, key, walk=None, are_few=False):
        self.orderings, self.key, self.walk, self.are_few = orderings, key, walk, are_few
        self.names = [f"place_{number}" for number in range(len(orderings))]
        places = zip(self.names, orderings, strict=True)
        self.rows = queryset.annotate(**{name: ordering.expression for name, ordering in places})
        self.can_be_unknown = [not _is_known(queryset, ordering) for ordering in orderings]

    def after(self, place, count):
        """The next `count` rows, each as its key and its place; a `place` of None: the first ones."""
        found = []
        for part in self._parts(place):
            found += part(count - len(found))
            if len(found) == count:
                break
        return found

    def fields(self):
        """The field of each value of a place."""
        return [self.rows.query.annotations[name].output_field for name in self.names]

    def _parts(self, place):
        """What comes after, cut so that an index gives each part in order: the most alike first."""
        if place is None:
            yield from self._from_the_first()
            return
        for number in reversed(range(len(place))):
            yield from self._beyond(number, place[number], self._alike(place[:number]))

    def _typed(self, number, value):
        """Postgres compares arrays of one type only."""
        field = self.fields()[number]
        return Cast(Value(value, output_field=field), field) if isinstance(value, list) else value

    def _from_the_first(self):
        if self.walk:
            yield lambda count: self._with_places(self.walk(None, count))
        elif self.can_be_unknown[0]:
            for is_unknown in sorted((False, True), reverse=not _unknown_last(self.orderings[0])):
                yield self._read(self.rows.filter(place_0__isnull=is_unknown))
        else:
            yield self._read(self.rows)

    def _alike(self, values):
        same = {
            f"{name}__isnull" if value is None else name: True if value is None else value
            for name, value in zip(self.names, values, strict=False)
        }
        return self.rows.filter(**same)

    def _beyond(self, number, value, rows):
        name, ordering = self.names[number], self.orderings[number]
        unknown_last = _unknown_last(ordering)
        if value is None:
            if not unknown_last:
                yield self._read(rows.filter(**{f"{name}__isnull": False}))
            return
        if self.walk and number == 0:
            yield lambda count: self._with_places(self.walk(value, count))
            return
        yield self._read(
            rows.filter(**{f"{name}__{'lt' if ordering.descending else 'gt'}": self._typed(number, value)})
        )
        if self.can_be_unknown[number] and unknown_last:
            yield self._read(rows.filter(**{f"{name}__isnull": True}))

    def _read(self, rows):
        rows = rows.order_by(*self.orderings).values_list(*self.key, *self.names)
        return lambda count: [
            self._cut(row) for row in (list(rows)[:count] if self.are_few else rows[:count])
        ]

    def _cut(self, row):
        return row[: len(self.key)], row[len(self.key) :]

    def _with_places(self, keys):
        rows = self.rows.filter(pk__in=keys).order_by().values_list("pk", *self.names)
        places = {row[0]: row[1:] for row in rows}
        return [((key,), places[key]) for key in keys if key in places]


def orderings_of(queryset):
    """The queryset's own order as expressions; a foreign key in it stands for its own value."""
    names = queryset.query.order_by or queryset.model._meta.ordering
    return [_ordering(name) for name in names]


def _ordering(name):
    if isinstance(name, str):
        return OrderBy(F(name.removeprefix("-")), descending=name.startswith("-"))
    return name if isinstance(name, OrderBy) else OrderBy(name)


def _unknown_last(ordering):
    """As Postgres has it, unless it is told otherwise."""
    return bool(ordering.nulls_last) or not (ordering.descending or ordering.nulls_first)


def _is_known(queryset, ordering):
    expression = ordering.expression
    return isinstance(expression, F) and is_always_known(queryset, expression.name)
