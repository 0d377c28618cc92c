"""The groups of a list of recall batches as JSON: the columns of their file, and the list that each stands for."""

from dataclasses import fields
from decimal import Decimal

from django.conf import settings

from api.columns import TEXT, TYPES, plain
from api.rows import closed, json_address
from evidence.figures import Grade, Precision
from recalls.group_of_batches import Group
from recalls.grouping import GROUPINGS, MERELY_ALLEGED

DECIMAL = next(shape for kind, shape in TYPES if kind.__name__ == "DecimalField")
SHAPES = {int: {"type": "integer"}, Decimal: DECIMAL}
ENDS = {"_precision": Precision.values, "_grade": Grade.values}
AMOUNT = {
    "currency": TEXT,
    "low": DECIMAL | {"type": ["string", "null"]},
    "high": DECIMAL | {"type": ["string", "null"]},
    "precision": TEXT | {"enum": Precision.values},
}
OF_ONE = ("key", "name")  # which the total has not
TOTAL = "All groups as one, each unit counted once: what the last row of the page shows."
LIST = {"type": ["string", "null"], "format": "uri"}
LINKS = {
    "page": LIST | {"description": "The list of its batches; null where no filter tells them from others."},
    "json": LIST | {"description": "The same list as JSON."},
}


def told(records, groups):
    """What a grouped list answers beside what every list does."""
    return {
        "note": str(records.grouping.note) or None,
        "total": {name: value for name, value in _row(records.total).items() if name not in OF_ONE},
        "results": [_told(records, group) for group in groups],
    }


def _told(records, group):
    address = records.address_of(group.key)
    page = address and settings.PUBLIC_URL + address
    return {
        "group": records.group,
        **_row(group),
        "page": page,
        "json": json_address(address) if address else None,
    }


def _row(group):
    row = {field.name: _value(field, getattr(group, field.name)) for field in _columns()}
    row["amounts"] = [_amount(*amount) for amount in group.amounts or ()]
    row["key"] = group.key and group.key.removesuffix(MERELY_ALLEGED)
    return row


def _columns():
    return [field for field in fields(Group) if field.name != "address"]


def _value(field, value):
    """Postgres sums integers to decimals."""
    return int(value) if _kind(field)[0] is int and value is not None else plain(value)


def _kind(field):
    """The type of a column, and whether it can be null."""
    kinds = getattr(field.type, "__args__", (field.type,))
    return kinds[0], type(None) in kinds


def _amount(currency, low, high, precision):
    return {"currency": currency, "low": low, "high": high, "precision": precision}


def schema(of_list):
    """The same in JSON Schema; `of_list` is what a list answers."""
    row = {field.name: _shape(field) for field in _columns()}
    total = closed({name: shape for name, shape in row.items() if name not in OF_ONE})
    results = closed({"group": TEXT | {"enum": list(GROUPINGS)}, **row, **LINKS})
    note = {"type": ["string", "null"], "description": "What a reader of these groups must know."}
    own = {"note": note, "total": total | {"description": TOTAL}}
    return closed({**of_list["properties"], **own, "results": {"type": "array", "items": results}})


def _shape(field):
    if field.name == "amounts":
        return {"type": "array", "items": closed(AMOUNT), "description": "Published sums by currency."}
    kind, may_be_null = _kind(field)
    shape = SHAPES.get(kind, TEXT)
    listed = next((values for end, values in ENDS.items() if field.name.endswith(end)), None)
    shape = shape | ({"enum": [*listed, None] if may_be_null else listed} if listed else {})
    return shape | {"type": [shape["type"], "null"]} if may_be_null else shape
