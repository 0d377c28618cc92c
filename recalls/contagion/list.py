"""The contagion view of one supplier: its rows, their totals by step, and the tree of them."""

from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext

from evidence.grades import Grades
from listing.figures import pair, quantity
from listing.words import clauses, with_count
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
        self.title = gettext("Where cells of %(supplier)s are said to be") % {"supplier": supplier}
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
        return clauses(map(_in_words, self.totals)) or gettext("no link")


def _in_words(steps):
    reach = steps.reach
    units = quantity(reach.units.low, reach.units.high, reach.units.precision)
    words = gettext("%(models)s of %(brands)s in %(batches)s of %(regions)s, %(units)s units stated") % {
        **_counts(reach),
        "units": units,
    }
    if steps.standing == Standing.KNOWN:
        return words
    return gettext("%(standing)s: %(words)s") % {"standing": steps.standing.label, "words": words}


def _counts(reach):
    """How many there are of each step, in words."""
    models = ngettext("%(count)s model", "%(count)s models", reach.models)
    brands = ngettext("%(count)s brand", "%(count)s brands", reach.brands)
    batches = ngettext("%(count)s recall batch", "%(count)s recall batches", reach.batches)
    regions = ngettext("%(count)s region", "%(count)s regions", reach.regions)
    return {
        "models": with_count(models, reach.models),
        "brands": with_count(brands, reach.brands),
        "batches": with_count(batches, reach.batches),
        "regions": with_count(regions, reach.regions),
    }
