"""What was published by a day: the records and figures that no source by then states are left out."""

from dataclasses import dataclass, replace
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Case, ExpressionWrapper, F, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Cast
from psycopg2.extras import DateRange

from evidence.grades import COLUMNS, EVERY, UNKNOWN
from evidence.models import Stance
from listing.conditions import Exists
from listing.search import among
from recalls.masking import graded, masked
from recalls.models import Citation, Incident


@dataclass(frozen=True)
class AsOf:
    """What a reader could know at the end of a day; without a day, all that is visible now."""

    day: date | None = None
    stating: dict | None = None  # by figure the keys of the batches that state it, where they are `found`

    def found(self, batches):
        """The same for no other batches than these: what they state is asked once, for questions that ask it often."""
        if not self.day:
            return self
        keys = {f: ArrayAgg("pk", filter=Q(**{f"states_{f}": True}), default=[]) for f in COLUMNS}
        texts = {figure: Cast(array, TextField()) for figure, array in keys.items()}
        return replace(self, stating=self.batches(batches).order_by().aggregate(**texts))

    def published(self, rows, source="source__"):
        """Rows whose source was published by then; a partly known date counts from its last possible day."""
        return rows.filter(self.is_published(source)) if self.day else rows

    def is_published(self, source=""):
        return Q(**{f"{source}published_on__contained_by": DateRange(None, self.day, "[]")})

    def cited(self, records):
        """Records that a source published by then speaks of."""
        if not self.day:
            return records
        link = records.model._meta.get_field("citations")
        citations = link.related_model.objects.filter(**{link.field.name: OuterRef("pk")})
        return records.filter(Exists(self.published(citations)))

    def batches(self, batches):
        """Batches announced by then, with `states_units`, `states_amount` and `states_price`."""
        return self._with_stated(batches.filter(announced_on__lte=self.day), "pk") if self.day else batches

    def incidents(self, incidents):
        """Incidents as far as their own columns were known by then, as rows of values; its note is of now."""
        if not self.day:
            return incidents
        known = {"opened_on": "opened_on", "closed_on": "closed_on", "state": "closed_on"}
        columns = {name: self._by_then(name, day) for name, day in known.items()}
        return incidents.values("pk").annotate(**columns, note=Value("", output_field=TextField()))

    def _by_then(self, name, day):
        """A column of an incident, unknown before the day that another has."""
        return Case(When(**{f"{day}__lte": self.day}, then=F(name)), output_field=_field_of_incident(name))

    def lines(self, lines):
        """Products recalled by then, with what is stated of their batches."""
        if not self.day:
            return lines
        return self._with_stated(lines.filter(batch__announced_on__lte=self.day), "batch")

    def progress(self, rows):
        """Progress made and published by then."""
        return self.published(rows.filter(as_of__lte=self.day)) if self.day else rows

    def figures(self, batches, grades=EVERY):
        """Batches for totals: figures not stated by then, or of other grades, are unknown. Rows of values.

        `batches` are those of `AsOf.batches`.
        """
        if not self.day:
            return graded(batches, grades)
        return masked(batches, lambda figure: {f"states_{figure}": True, **grades.lookups(figure)})

    def _with_stated(self, rows, batch):
        return rows.annotate(**{f"states_{figure}": self._states(figure, batch) for figure in COLUMNS})

    def _states(self, figure, batch):
        """A figure that no citation names rests on the sources of the whole batch."""
        if self.stating:
            return ExpressionWrapper(among(batch, self.stating[figure]), BooleanField())
        support = Citation.objects.filter(batch=OuterRef(batch), stance=Stance.SUPPORTS)
        named, whole = support.filter(figure=figure), support.filter(figure="")
        return Exists(self.published(named)) | (~Exists(named) & Exists(self.published(whole)))


def _field_of_incident(name):
    return Incident._meta.get_field(name)


def forget(record, stated):
    """Blank the figures of a record that is only shown, as far as `stated` has them marked as not stated."""
    for figure, parts in COLUMNS.items():
        if not getattr(stated, f"states_{figure}", True):
            for part in parts:
                setattr(record, f"{figure}_{part}", UNKNOWN[part])
