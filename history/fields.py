"""Values of a version in words, for people to compare."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeField
from django.db import models
from django.utils.translation import gettext
from psycopg2.extras import DateRange

EMPTY = (None, "", [])
ONLY_HASH = "not kept: "  # as the trigger writes it


def columns_of(model):
    """The model's fields by column, in their order."""
    return {field.column: field for field in model._meta.concrete_fields}


def said_of(field, value, names):
    """A value as an image holds it, in words; `names` holds what records are called, by field and key."""
    if value in EMPTY:
        return ""
    if field.is_relation:
        return names.get((field, value), gettext("number %(number)s, which is gone") % {"number": value})
    if isinstance(field, ArrayField):
        return ", ".join(said_of(field.base_field, one, names) for one in value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(field, RangeField):
        return str(_period(field, value))
    if isinstance(field, models.DecimalField):
        return f"{Decimal(str(value)).normalize():,f}"
    return _word(dict(field.flatchoices).get(value, f"{value:,}" if isinstance(value, int) else value))


def _word(value):
    """Of a secret, that only its hash is kept."""
    text = str(value)
    if not text.startswith(ONLY_HASH):
        return text
    return gettext("not kept: %(hash)s") % {"hash": text.removeprefix(ONLY_HASH)}


def _period(field, text):
    """`[2025-06-01,2025-07-01)`, as Postgres writes it."""
    first, _, last = text.strip("[]()").partition(",")
    days = DateRange(
        *(models.DateField().to_python(day) if day else None for day in (first, last)), text[0] + text[-1]
    )
    return field.from_db_value(days, None, None) if hasattr(field, "from_db_value") else days


def names_for(pairs):
    """What the records are called that these pairs of a field and a key name: one question a field."""
    wanted = {}
    for field, key in pairs:
        if field.is_relation and key is not None:
            wanted.setdefault(field, set()).add(key)
    names = {}
    for field, keys in wanted.items():
        found = field.related_model._base_manager.in_bulk(keys)
        names |= {(field, key): str(record) for key, record in found.items()}
    return names
