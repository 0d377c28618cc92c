"""The list of incidents; of a single one also as far as it was known on a day."""

from functools import partial

from django.core.paginator import Paginator
from django.db.models import DateField, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from evidence.grade_switch import SURE
from evidence.grades import Grades
from listing.export import CopyStream
from listing.figures import pair
from listing.lists import put_together_once
from recalls.address import kept_grades
from recalls.as_of import AsOf
from recalls.exposure_list import ExposureList
from recalls.filters import IncidentFilterSet
from recalls.models import Incident
from recalls.tables import IncidentTable


class IncidentList(ExposureList):
    title = _("Incidents")
    nouns = pair("incident", "incidents")
    table_class = IncidentTable
    filterset_class = IncidentFilterSet
    totals_template = "recalls/incident_totals.html"
    as_of = AsOf()
    sure_grades = SURE

    @put_together_once
    def get_queryset(self):
        return Incident.objects.visible().select_related("company")

    def with_columns(self, records):
        of_day = {"only": partial(self.as_of.figures, grades=Grades(tuple(self.grades)))}
        of_day["by_then"] = self.as_of.batches
        known = self.as_of.incidents(records)
        return known.with_figures(**of_day).with_exposure(self.currency, **of_day)

    @property
    def file_name(self):
        return f"incidents-as-of-{self.as_of.day}" if self.as_of.day else "incidents"

    def file(self):
        """With the day in its first column, where it is of one."""
        if not self.as_of.day:
            return super().file()
        day = {"as_of": Value(self.as_of.day, output_field=DateField())}
        columns = day | self.table_class.file_columns()
        return CopyStream(self.sorted, columns, bom=self.options.cleaned_data["bom"])

    @cached_property
    def page(self):
        """Of a day, the records of the list with what was known of them then."""
        if not self.as_of.day:
            return super().page
        known = {row["pk"]: row for row in self.sorted}
        return Paginator([_with(row, known[row.pk]) for row in self.filtered], self.per_page).get_page(1)

    @cached_property
    def table(self):
        table = super().table
        table.kept = kept_grades(self.params)
        return table


def _with(record, known):
    """A record that is only shown, with these values in the place of its own."""
    for name, value in known.items():
        setattr(record, name, value)
    return record
