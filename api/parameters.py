"""What a list takes in its address, as OpenAPI describes it: told by the list's own filters and options."""

from django import forms

PER_PAGE = "How many rows; {} unless told otherwise."
GROUPS = (
    "Groups in the place of rows, {} of them unless “per_page” tells otherwise; “sort” is then one of {}."
)
SORT = "The name of a column, with “-” before it for descending; unknown values come last either way."
CURSOR = "From “next” of the answer before: goes with the same filters and the same order."


def of_form(form: forms.Form, names=None) -> list[dict]:
    """The fields of these names, or all."""
    return [_of_field(name, field) for name, field in form.fields.items() if names is None or name in names]


def of_shapes(shapes) -> list[dict]:
    """What makes another list at the same address: the parameter and its values."""
    return [
        _parameter(name, {"type": "string", "enum": list(shape.choices)}, _of_groups(shape))
        for name, shape in shapes.items()
    ]


def _of_groups(shape):
    return GROUPS.format(shape.default_per_page, ", ".join(shape.table_class.sortable()))


def of_paging(records, shapes=()) -> list[dict]:
    tables = [records.table_class, *(shape.table_class for shape in shapes)]
    sortable = list(dict.fromkeys(name for table in tables for name in table.sortable()))
    sorts = [*sortable, *(f"-{name}" for name in sortable)]
    number = {"type": "integer", "minimum": 1, "maximum": 500, "default": records.default_per_page}
    return [
        _parameter("sort", {"type": "string", "enum": sorts}, SORT),
        _parameter("per_page", number, PER_PAGE.format(records.default_per_page)),
        _parameter("cursor", {"type": "string"}, CURSOR),
    ]


def _parameter(name, schema, description):
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def is_several(field) -> bool:
    """Whether a filter can be repeated."""
    return isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField))


def _of_field(name, field):
    several = is_several(field)
    schema = _several(field) if several else _one(field)
    return _parameter(
        name, schema, f"{field.label or name}{'; may be repeated' if several else ''}.".capitalize()
    )


def _several(field):
    if isinstance(field, forms.ModelMultipleChoiceField):
        return {"type": "array", "items": {"type": "string", "minLength": 1}}
    return {"type": "array", "items": {"type": "string", "enum": _codes(field)}}


def _one(field):
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, forms.DecimalField):
        return {"type": "number", "minimum": int(field.min_value), "maximum": int(field.max_value)}
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": _codes(field)}
    return {"type": "string", "minLength": 1} | ({"maxLength": field.max_length} if field.max_length else {})


def _codes(field):
    return [str(code) for code, _ in field.choices if code]
