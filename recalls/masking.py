"""Figures that do not count for a reader: they are shown, summed and exported as unknown."""

from django.db.models import Case, F, Q, Value, When

from evidence.grades import COLUMNS, UNKNOWN
from recalls.models import RecallBatch
from recalls.value import PARTS, value_of_units


def masked(batches, counts):
    """Batches in which a figure is unknown unless the lookups `counts(figure)` hold.

    Rows of values instead of records, as a record's own columns can't be masked: for sums, files and `filled`.
    """
    names = [(figure, part) for figure, parts in COLUMNS.items() for part in parts]
    # The value first, as it reads the figures themselves.
    value = {f"value_{part}": value_of_units(part, lambda figure: Q(**counts(figure))) for part in PARTS}
    figures = {
        f"{figure}_{part}": _masked(f"{figure}_{part}", UNKNOWN[part], counts(figure))
        for figure, part in names
    }
    texts = {  # they repeat the figures
        "raw_units": _masked("raw_units", "", counts("units")),
        "raw_sold": _masked("raw_sold", "", counts("price")),
    }
    return batches.values("pk").annotate(**value).annotate(**figures, **texts)


def graded(batches, grades):
    """Batches with only the figures of these grades; all of them where no grade is named."""
    return masked(batches, lambda figure: {f"{figure}_grade__in": list(grades)}) if grades else batches


def filled(rows, records):
    """The records of rows of values, in their order, each with what its row says."""
    found = records.in_bulk([row["pk"] for row in rows])
    return [fill(found[row["pk"]], row) for row in rows]


def fill(record, row):
    """A record with what its row of values says, and with the grade of each figure that this hides as `…_hidden`."""
    for figure in COLUMNS:
        grade = getattr(record, f"{figure}_grade")
        if grade and not row.get(f"{figure}_grade", grade):
            setattr(record, f"{figure}_hidden", grade)
    for name, value in row.items():
        setattr(record, name, value)
    return record


def records_of(batches, grades, annotated):
    """Records of batches, as `annotated` computes them from the figures of these grades alone."""
    rows = list(annotated(graded(batches, grades)))
    return filled(rows, batches) if grades else rows


def _masked(name, unknown, condition):
    return Case(
        When(**condition, then=F(name)),
        default=Value(unknown),
        output_field=RecallBatch._meta.get_field(name),
    )
