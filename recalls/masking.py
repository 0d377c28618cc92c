"""Figures that do not count for a reader: they are shown, summed and exported as unknown."""

from django.db.models import Case, F, Q, Value, When

from evidence.figures import Precision
from recalls.models import RecallBatch
from recalls.value import PARTS, value_of_units

COLUMNS = {
    "units": ("low", "high", "precision", "grade"),
    "amount": ("low", "high", "precision", "currency", "grade"),
    "price": ("low", "high", "currency", "grade"),
}
UNKNOWN = {"low": None, "high": None, "precision": Precision.UNKNOWN, "currency": "", "grade": ""}


def masked(batches, counts):
    """Batches in which a figure is unknown unless the lookups `counts(figure)` hold.

    Rows of values instead of records, as a record's own columns can't be masked: for sums, files and `filled`.
    """
    names = [(figure, part) for figure, parts in COLUMNS.items() for part in parts]
    # The value first, as it reads the figures themselves.
    value = {f"value_{part}": value_of_units(part, lambda figure: Q(**counts(figure))) for part in PARTS}
    return (
        batches.values("pk")
        .annotate(**value)
        .annotate(**{f"{figure}_{part}": _masked(figure, part, counts(figure)) for figure, part in names})
    )


def graded(batches, grades):
    """Batches with only the figures of these grades; all of them where no grade is named."""
    return masked(batches, lambda figure: {f"{figure}_grade__in": list(grades)}) if grades else batches


def filled(rows, records):
    """The records of rows of values, in their order, each with what its row says."""
    found = records.in_bulk([row["pk"] for row in rows])
    for row in rows:
        for name, value in row.items():
            setattr(found[row["pk"]], name, value)
    return [found[row["pk"]] for row in rows]


def _masked(figure, part, condition):
    name = f"{figure}_{part}"
    return Case(
        When(**condition, then=F(name)),
        default=Value(UNKNOWN[part]),
        output_field=RecallBatch._meta.get_field(name),
    )
