"""How a list's page is shaped, beside what it shows: its columns and its number of rows, kept in the address."""

from dataclasses import dataclass

PER_PAGE = (25, 50, 100, 250)
LONGEST = 200
OF_A_FILE = ("page", "part", "export", "bom", "rows")


@dataclass(frozen=True)
class ColumnChoice:
    name: str
    label: str
    is_shown: bool


def column_names(table_class):
    """The columns that a page of this table can show, with their headings."""
    columns = table_class.base_columns.items()
    return {name: _heading(name, column) for name, column in columns if column.visible}


def _heading(name, column):
    return str(column.verbose_name or name.replace("_", " ").capitalize())


def column_choices(records):
    """A `ColumnChoice` for each column of a `RecordList`."""
    chosen = records.chosen_columns
    names = column_names(records.table_class)
    shown = chosen or [name for name in names if name not in records.table_class.unasked]
    return [ColumnChoice(name, label, name in shown) for name, label in names.items()]


def printable(text):
    """A text from the address as far as a page can show it."""
    return "".join(character for character in text[:LONGEST] if character.isprintable())


def kept_params(params, own):
    """The other parameters of the address, each as often as it stands there, which a form on the page hands on."""
    lists = (
        params.lists() if hasattr(params, "lists") else ((name, [value]) for name, value in params.items())
    )
    others = ((name, value) for name, values in lists for value in values if name not in own)
    pairs = [(printable(name), printable(value)) for name, value in others]
    return [(name, value) for name, value in pairs if name and value]


def without(params, *names):
    """The parameters of an address but these."""
    params = params.copy()
    for name in names:
        params.pop(name, None)
    return params
