"""How the keys of one page's rows are found: in the order of an index, and from the nearer end."""

from django.core.exceptions import FieldDoesNotExist
from django.db import connections
from django.db.models import F, OrderBy, Q
from django.db.models.expressions import RawSQL

from listing.statements import statement_of

FEW = 8_000  # rows that are all found and sorted sooner than an index over all rows is walked for them

# Each record that the rows point to, in the order of its text, and of its rows no more than can be wanted.
WALK = """
SELECT rows.pk
FROM (SELECT id, {text} AS text FROM {table} {past} ORDER BY {text} {way}) AS walked
CROSS JOIN LATERAL ({inner}) AS rows ({names}) ORDER BY walked.text {way}, {ties} OFFSET %s LIMIT %s
"""


class Order:
    """A list's order: by a key, with unknown values last either way, then by paths that tell any two rows apart.

    `walked`: the foreign key of ours whose record has the key, where all rows have one; then an index on it and
    the ties serves.
    """

    def __init__(self, key, is_descending, ties, walked=""):
        self.key, self.is_descending, self.walked = key, is_descending, walked
        self.ties = [OrderBy(F(path), descending=is_descending) for path in ties]

    @property
    def names(self):
        """What the key reads of a row."""
        parts = [self.key] if isinstance(self.key, F) else self.key.flatten()
        return {part.name for part in parts if isinstance(part, F)}

    @property
    def orderings(self):
        return [OrderBy(self.key, descending=self.is_descending, nulls_last=True), *self.ties]

    def sorted(self, queryset):
        """The whole queryset in this order."""
        return queryset.order_by(*self.orderings)

    def walk(self, queryset):
        """A function from a value of the key and a count to the keys of so many rows beyond that value, or of all."""
        if not self.walked:
            return None
        return lambda past, count: self._walk(queryset, False, 0, count, past)

    def keys(self, queryset, start, stop, total):
        """The keys of the rows from `start` to `stop`; `total`, where it is known, how many there are."""
        if total is not None and total <= FEW:
            return keys_of([self.sorted(queryset)], start, stop, total)
        if self.walked:
            return nearer(lambda *place: self._walk(queryset, *place), start, stop, total)
        return keys_of(self._parts(queryset), start, stop, total)

    def _parts(self, queryset):
        """What is known and what is not: an index gives each in order both ways, but not one after the other."""
        key = OrderBy(self.key, descending=self.is_descending)
        if isinstance(self.key, F) and is_always_known(queryset, self.key.name):
            return [queryset.order_by(key, *self.ties)]
        rows = queryset.alias(sort_key=self.key)
        halves = (rows.filter(sort_key__isnull=is_unknown) for is_unknown in (False, True))
        return [half.order_by(key, *self.ties) for half in halves]

    def _walk(self, queryset, is_reversed, start, stop, past=None):
        is_descending = self.is_descending != is_reversed
        way = "DESC" if is_descending else "ASC"
        field = queryset.model._meta.get_field(self.walked)
        ties = [tie.expression.name for tie in self.ties]
        inner = queryset.filter(Q(**{self.walked: RawSQL("walked.id", [])}))
        inner = inner.order_by(*(OrderBy(F(tie), descending=is_descending) for tie in ties))[:stop]
        sql, params = statement_of(inner.values_list(*ties))
        text = self.key.name.removeprefix(f"{self.walked}__")
        statement = WALK.format(
            text=text, way=way, table=field.related_model._meta.db_table, inner=sql,
            past="" if past is None else f"WHERE {text} {'<' if is_descending else '>'} %s",
            names=", ".join(ties), ties=", ".join(f"rows.{tie} {way}" for tie in ties),
        )  # fmt: skip
        with connections[queryset.db].cursor() as cursor:
            before = [] if past is None else [past]
            cursor.execute(statement, [*before, *params, start, stop - start])
            return [key for (key,) in cursor]


def nearer(read, start, stop, total):
    """What `read(is_reversed, start, stop)` finds, asked from the end where that is nearer."""
    if total is None or start <= total - stop:
        return read(False, start, stop)
    return read(True, total - stop, total - start)[::-1]


def keys_of(parts, start, stop, total):
    """The keys of the rows from `start` to `stop` of ordered querysets, one after the other."""
    if total is not None and total <= FEW:
        return [key for part in parts for key in part.values_list("pk", flat=True)][start:stop]

    def read(is_reversed, start, stop):
        turned = [part.reverse() for part in reversed(parts)] if is_reversed else parts
        return _keys(turned, start, stop - start)

    return nearer(read, start, stop, total)


def _keys(parts, start, count):
    found = []
    for part in parts:
        rows = part.values_list("pk", flat=True)
        got = list(rows[start : start + count - len(found)])
        found += got
        if len(found) == count or part is parts[-1]:
            return found
        start = 0 if got else start - rows.order_by().count()
    return found


def is_always_known(queryset, path):
    """Whether a path leads along fields that are never NULL."""
    model = queryset.model
    for name in path.split("__"):
        try:
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except (FieldDoesNotExist, AttributeError):
            return False
        if name in queryset.query.annotations or not field.concrete or field.null:
            return False
        model = field.related_model
    return True
