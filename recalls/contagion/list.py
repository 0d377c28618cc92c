"""The contagion view of one supplier: its rows, their totals by step, and the tree of them."""

from django.utils.functional import cached_property

from evidence.grades import Grades
from listing.figures import counted, pair, quantity
from recalls.address import kept_grades
from recalls.contagion.filters import ContagionFilterSet
from recalls.contagion.grades import graded_parts
from recalls.contagion.reach import by_standing
from recalls.contagion.rows import contagion, with_details
from recalls.contagion.steps import Steps
from recalls.contagion.table import ContagionTable, causes
from recalls.exposure_list import ExposureList
from suppliers.choices import Standing
from suppliers.models import CellSource


class ContagionList(ExposureList):
    nouns = pair("row", "rows")
    table_class = ContagionTable
    filterset_class = ContagionFilterSet
    totals_template = "recalls/contagion/totals.html"

    def __init__(self, supplier, params):
        self.supplier = supplier
        self.title = f"Where cells of {supplier} are said to be"
        self.file_name = f"contagion-{supplier.slug}"
        super().__init__(params)

    def get_queryset(self):
        return contagion(self.supplier)

    @cached_property
    def grades(self):
        """The grades whose links, units and causes count; all of them where none is named."""
        return Grades(() if self.errors else tuple(self.filterset.form.cleaned_data["grade"]))

    @property
    def links_left_out(self):
        """How many links of other grades there are."""
        links = CellSource.objects.visible().filter(supplier=self.supplier)
        return links.exclude(grade__in=list(self.grades)).count() if self.grades else 0

    @cached_property
    def table(self):
        table = super().table
        table.kept = kept_grades(self.params)
        return table

    @cached_property
    def rows(self):
        rows = with_details(self.filtered, self.currency)
        return graded_parts(rows, self.grades, "line__").annotate(causes=causes(self.grades))

    @cached_property
    def totals(self):
        """What the links of each standing that has any come to."""
        sets = (
            Steps(standing, rows, self.currency, self.grades) for standing, rows in by_standing(self.filtered)
        )
        return [steps for steps in sets if steps.reach.models]

    @property
    def summary(self):
        return "; ".join(map(_in_words, self.totals)) or "no link"


def _in_words(steps):
    reach = steps.reach
    words = [
        counted(reach.models, "model", "models"),
        f"of {counted(reach.brands, 'brand', 'brands')}",
        f"in {counted(reach.batches, 'recall batch', 'recall batches')}",
        f"of {counted(reach.regions, 'region', 'regions')},",
        f"{quantity(reach.units.low, reach.units.high, reach.units.precision)} units stated",
    ]
    return ("" if steps.standing == Standing.KNOWN else f"{steps.standing}: ") + " ".join(words)
