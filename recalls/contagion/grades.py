"""The grade switch on the contagion view: units of other grades are as unknown as if nobody stated them."""

from django.db.models import Case, CharField, F, Q, Value, When

from evidence.figures import Precision
from recalls.choices import ExposureBasis
from recalls.parts import STATED, PartKind

NO_VALUE = {
    "low": None,
    "high": None,
    "precision": Precision.UNKNOWN,
    "grade": "",
    "basis": ExposureBasis.NO_FIGURE,
}
UNKNOWN = {"low": None, "high": None, "precision": Precision.UNKNOWN, "grade": ""}


def graded_parts(rows, grades, line=""):
    """Rows `with_parts` and `with_part_exposure` that have only figures of these grades; all where none is named.

    An exposure counts if its amount, or its units and its price, are of these grades.
    """
    if not grades:
        return rows
    part, up_to = Q(part_grade__in=list(grades)), Q(up_to_grade__in=list(grades))
    hidden = Q(part_kind__in=STATED) & ~part | Q(part_kind=PartKind.UP_TO) & ~up_to
    kind = Case(
        When(hidden, then=Value(PartKind.NOT_STATED)), default=F("part_kind"), output_field=CharField()
    )
    masks = {f"part_{end}": _masked(f"part_{end}", part, unknown) for end, unknown in UNKNOWN.items()}
    masks |= {
        f"up_to_{end}": _masked(f"up_to_{end}", up_to, unknown or None) for end, unknown in UNKNOWN.items()
    }
    valued = _is_valued(list(grades), f"{line}batch__")
    masks |= {
        f"exposure_{end}": _masked(f"exposure_{end}", valued, unknown) for end, unknown in NO_VALUE.items()
    }
    # The kind first: it rests on grades that the masks make unknown, and what is unknown is never “not these”.
    return rows.annotate(part_kind=kind).annotate(**masks)


def _is_valued(grades, batch):
    published = Q(exposure_basis=ExposureBasis.PUBLISHED, **{f"{batch}amount_grade__in": grades})
    price = {f"{batch}price_grade__in": grades}
    return published | Q(exposure_basis=ExposureBasis.ESTIMATED, part_grade__in=grades, **price)


def _masked(name, condition, unknown):
    return Case(When(condition, then=F(name)), default=Value(unknown))
