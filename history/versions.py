"""The versions of a record and of its parts: what was changed, from what to what."""

import json
from dataclasses import dataclass, field

from django.db import connection, connections, models, router
from django.db.models import Q

from history.fields import EMPTY, columns_of, names_for, said_of
from history.kept import derived_columns, is_kept, secret_columns
from history.models import Change, ExactDecoder, Operation, Version

TYPED = "SELECT r.* FROM unnest(%s::text[]) AS image, jsonb_populate_record(NULL::{}, image::jsonb) AS r"
IMAGES = "SELECT id, history_image(to_jsonb(held), %s, %s)::text FROM {} AS held WHERE id = ANY(%s)"


@dataclass(frozen=True)
class Part:
    """Rows that belong to a record: those of a model whose field `link` names it."""

    model: type[models.Model]
    link: models.Field

    def keys(self, key):
        """Of all rows that belong to the record, or did when they were deleted."""
        here = self.model._base_manager.filter(**{self.link.attname: key}).values_list("pk", flat=True)
        gone = Version.objects.filter(
            table=self.model._meta.db_table, operation=Operation.DELETE, old__contains={self.link.column: key}
        )
        return {*here, *gone.values_list("row_id", flat=True)}


@dataclass(frozen=True)
class Value:
    """A field with what it said before and after, in words."""

    field: models.Field
    old: str
    new: str


@dataclass
class Row:
    """What one change did to one row."""

    model: type[models.Model]
    version: Version
    new: dict | None
    is_itself: bool
    values: list[Value] = field(default_factory=list)

    @property
    def old(self):
        return self.version.old

    @property
    def kind(self):
        return self.model._meta.verbose_name

    @property
    def done(self):
        return self.version.get_operation_display()

    @property
    def pairs(self):
        """The fields that differ, with the values in the images."""
        old, new = self.old or {}, self.new or {}
        for column, one in columns_of(self.model).items():
            if not one.primary_key and (column in old or column in new):
                before, after = old.get(column), new.get(column)
                if before != after and not (before in EMPTY and after in EMPTY):
                    yield one, before, after

    def read(self, names):
        self.values = [
            Value(one, *(said_of(one, value, names) for value in ends)) for one, *ends in self.pairs
        ]


@dataclass
class Entry:
    """One change with the rows of the record that it touched."""

    change: Change
    rows: list[Row]

    @property
    def last(self):
        return max(row.version.pk for row in self.rows)


def rows_of(record, parts):
    """The keys of a record's own row and of all rows that are or were its parts, by model."""
    keys = {type(record): {record.pk}}
    for part in parts:
        if is_kept(part.model):
            keys.setdefault(part.model, set()).update(part.keys(record.pk))
    return keys


def history_of(record, parts, *, only=None):
    """The `Entry` of each change of a record and its parts, latest first; `only` narrows the changes."""
    keys = rows_of(record, parts)
    versions = list(_versions(keys).select_related("change").order_by("-pk"))
    images = {model: images_of(model, found) for model, found in keys.items()}
    tables = {model._meta.db_table: model for model in keys}
    rows = list(_rows(versions, tables, images, type(record)))
    if only is not None:
        rows = [row for row in rows if only(row)]
    names = names_for((one, key) for row in rows for one, *ends in row.pairs for key in ends)
    for row in rows:
        row.read(names)
    return _entries(rows)


def _versions(keys):
    condition = Q(pk__in=[])
    for model, found in keys.items():
        condition |= Q(table=model._meta.db_table, row_id__in=found)
    return Version.objects.filter(condition)


def _rows(versions, tables, images, own):
    """Latest first, each row's version became what the one after it says stood there before."""
    after = {}
    for version in versions:
        model, place = tables[version.table], (version.table, version.row_id)
        new = after[place] if place in after else images[model].get(version.row_id)
        after[place] = version.old
        yield Row(model, version, None if version.operation == Operation.DELETE else new, model is own)


def _entries(rows):
    entries = {}
    for row in rows:
        entries.setdefault(row.version.change_id, Entry(row.version.change, [])).rows.append(row)
    return sorted(entries.values(), key=lambda entry: -entry.last)


def images_of(model, keys):
    """The rows as they stand, as versions hold them, by key."""
    database = connections[router.db_for_read(Version)]  # where the versions are read too
    with database.cursor() as cursor:
        table = database.ops.quote_name(model._meta.db_table)
        cursor.execute(IMAGES.format(table), [derived_columns(model), secret_columns(model), list(keys)])
        return {key: ExactDecoder().decode(image) for key, image in cursor.fetchall()}


def images_at(record, parts, version):
    """The rows of a record and its parts as they stood after that version (a number): images by model and key."""
    keys = rows_of(record, parts)
    images = {model: dict(images_of(model, found)) for model, found in keys.items()}
    tables = {model._meta.db_table: model for model in keys}
    for later in _versions(keys).filter(pk__gt=version).order_by("-pk"):
        images[tables[later.table]][later.row_id] = later.old  # None where it was not there yet
    return images


def instances_of(model, images):
    """Unsaved records of images, typed by Postgres, by key."""
    if not images:
        return {}
    query = TYPED.format(connection.ops.quote_name(model._meta.db_table))
    texts = [
        json.dumps(image, default=str) for image in images
    ]  # a decimal as text: Postgres reads it exactly
    return {one.pk: one for one in model._base_manager.raw(query, [texts])}
