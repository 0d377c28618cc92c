"""The grade switch on the contagion view: units of other grades are as unknown as if nobody stated them."""

from django.db.models import Case, CharField, F, Q, Value, When

from evidence.figures import Precision
from recalls.parts import STATED, PartKind

UNKNOWN = {"low": None, "high": None, "precision": Precision.UNKNOWN, "grade": ""}


def graded_parts(rows, grades):
    """Rows `with_parts` that have only units of these grades; all of them where no grade is named."""
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
    return rows.annotate(part_kind=kind, **masks)


def _masked(name, condition, unknown):
    return Case(When(condition, then=F(name)), default=Value(unknown))
