"""The values of a field in words and as a figure, for revisions and differences."""

from listing.figures import NOT_STATED, money, number, quantity
from recalls.importers.writing.fields import Field
from suppliers.models import Company

FIGURES = {
    Field.UNITS: "units",
    Field.PRICE: "price",
    Field.DAMAGE: "damage",
}
COUNTS = {Field.REPORTS, Field.INJURIES, Field.DEATHS, Field.DAMAGE_REPORTS}


def in_words(field: Field, columns: dict[str, object]) -> str:
    """The value of a field as it reads on a page; empty where it is not stated."""
    text = _words(field, columns).replace("\u00a0", " ")  # kept for files as well as for pages
    return "" if text == NOT_STATED else text


def figure_of(field: Field, columns: dict[str, object]) -> tuple:
    """Low, high and precision of a field that is a figure; None, None and "" of any other."""
    if field in COUNTS:
        count = columns[field]
        return (count, count, "exact") if count is not None else (None, None, "unknown")
    if field not in FIGURES:
        return None, None, ""
    name = FIGURES[field]
    low, high = columns[f"{name}_low"], columns[f"{name}_high"]
    return low, high, columns.get(f"{name}_precision") or _precision(low, high)


def _precision(low, high):
    if low is None and high is None:
        return "unknown"
    if None in (low, high):
        return "at_least" if high is None else "at_most"
    return "exact" if low == high else "range"


def _words(field, columns):
    if field in COUNTS:
        count = columns[field]
        return NOT_STATED if count is None else number(count)
    if field == Field.UNITS:
        return _units(columns)
    if field in FIGURES:
        name = FIGURES[field]
        low, high = columns[f"{name}_low"], columns[f"{name}_high"]
        return money(low, high, columns[f"{name}_currency"], columns.get(f"{name}_precision", ""))
    if field == Field.COMPANY:
        return Company.objects.get(pk=columns["company_id"]).name if columns["company_id"] else NOT_STATED
    if field == Field.SOLD:
        return _window(columns["sold_from"], columns["sold_until"])
    value = columns["announced_on" if field == Field.ANNOUNCED else field]
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)


def _units(columns):
    """A quantity that was not read is shown as the text that it stands in."""
    figure = quantity(columns["units_low"], columns["units_high"], columns["units_precision"])
    raw = columns["raw_units"]
    return f"“{raw}”" if figure == NOT_STATED and raw else figure


def _window(first, last):
    if first is None and last is None:
        return NOT_STATED
    parts = [f"from {first}" if first else "", f"until {last}" if last else ""]
    return " ".join(filter(None, parts))
