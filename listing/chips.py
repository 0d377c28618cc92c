"""The filters in use one by one, each with the address of the list without it."""

from dataclasses import dataclass

from listing.shape import without

OF_A_PAGE = ("page", "part")  # what an address of another set must not keep


@dataclass(frozen=True)
class Chip:
    """What narrows a list, in words, and where it no longer does."""

    label: str
    value: str
    address: str


def chips(records):
    """A `Chip` for each value of each filter in use of a `RecordList`."""
    return (
        [] if records.errors else [chip for name in records.filterset.phrases for chip in _of(records, name)]
    )


def _of(records, name):
    field = records.filterset.form.fields[name]
    chosen = records.filterset.form.cleaned_data.get(name)
    for value in _values(chosen):
        code, text = _code_and_text(value, field)
        yield Chip(str(field.label or name.capitalize()), text, _without(records.params, name, code))


def _values(chosen):
    if chosen is None or chosen == "":
        return []
    return chosen if isinstance(chosen, list) else [chosen]


def _code_and_text(value, field):
    if to_field := getattr(field, "to_field_name", None):
        return str(getattr(value, to_field)), str(value)
    return str(value), str(dict(getattr(field, "choices", ())).get(value, value))


def _without(params, name, code):
    params = without(params, *OF_A_PAGE)
    others = [value for value in params.getlist(name) if value.strip().lower() != code.lower()]
    is_list = len(params.getlist(name)) > len(others)
    params.setlist(name, [value for value in others if value.strip()] if is_list else [])
    return f"?{params.urlencode()}"
