"""What we changed of a batch's published figures after publication, when and why.

Only what the public could read is compared: the figures as they were published with those that were published
next. What stood there in a draft between the two is nobody's business, and neither is who did it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from evidence.grades import Grades
from history.models import Operation, Version
from history.versions import images_of
from listing.figures import NOT_STATED, money, number, quantity
from recalls.feeds import with_grade
from recalls.models import RecallBatch

COUNTS = {
    "reports": _("Reports of failures"),
    "injuries": _("Injuries"),
    "deaths": _("Deaths"),
    "damage_reports": _("Reports of property damage"),
}
FIGURES = {
    "units": _("Units"),
    "amount": _("Sales amount"),
    "price": _("Price of one unit"),
    "damage": _("Property damage"),
}


@dataclass(frozen=True)
class OurRevision:
    """A published figure that we changed; texts in words."""

    figure: str
    old: str
    new: str
    at: datetime
    why: str


def our_revisions(batch_key: int, grades: Grades) -> list[OurRevision]:
    """Latest first; without figures that the grade switch leaves out, and without what a regulator's file changed."""
    table = RecallBatch._meta.db_table
    versions = Version.objects.filter(table=table, row_id=batch_key, operation=Operation.UPDATE)
    versions = list(versions.select_related("change").order_by("pk"))
    if not versions:
        return []
    images = [*(version.old for version in versions[1:]), images_of(RecallBatch, [batch_key])[batch_key]]
    found, public = [], versions[0].old if versions[0].old["is_published"] else None
    for version, image in zip(versions, images, strict=True):
        if image["is_published"]:
            if public and version.change.origin != "import":
                found += _between(public, image, version.change, grades)
            public = image
    return found[::-1]


def _between(old, new, change, grades):
    for name, label in [*FIGURES.items(), *COUNTS.items()]:
        shown = all(grades.let(image.get(f"{name}_grade")) for image in (old, new))
        before, after = _words(name, old), _words(name, new)
        if shown and before != after:
            yield OurRevision(label, before, after, change.at, change.why)


def _words(name, image):
    if name in COUNTS:
        return NOT_STATED if image[name] is None else number(image[name])
    ends = image[f"{name}_low"], image[f"{name}_high"]
    precision, grade = image.get(f"{name}_precision", ""), image.get(f"{name}_grade", "")
    said = (
        quantity(*ends, precision) if name == "units" else money(*ends, image[f"{name}_currency"], precision)
    )
    return with_grade(said, grade)
