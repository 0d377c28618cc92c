"""The lists of batches and sources."""

from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from evidence.grade_switch import SURE
from evidence.models import Source
from listing.counting import Count
from listing.figures import money, pair, quantity
from listing.lists import RecordList, put_together_once
from recalls.address import kept_grades
from recalls.counts import batches_counted
from recalls.exposure import totals_and_exposure
from recalls.exposure_list import ExposureList
from recalls.facets import facets
from recalls.feeds import batch_entries
from recalls.filters import RecallBatchFilterSet, SourceFilterSet
from recalls.kept_exposure import CURRENCIES
from recalls.masking import filled, graded
from recalls.models import RecallBatch
from recalls.portions import portions
from recalls.tables import RecallBatchTable, SourceTable
from recalls.whole import whole_count, whole_totals

SMALL = 20_000  # batches whose sums take less than a tenth of a second


class RecallBatchList(ExposureList):
    title = _("Recall batches")
    file_name = "recalls"
    nouns = pair("batch", "batches")
    table_class = RecallBatchTable
    filterset_class = RecallBatchFilterSet
    totals_template = "recalls/totals.html"
    sure_grades = SURE
    entries = staticmethod(batch_entries)

    @put_together_once
    def get_queryset(self):
        return RecallBatch.objects.visible().select_related("company", "region", "regulator")

    @cached_property
    def figures(self):
        """The filtered batches, with the figures of the grades asked for and no others."""
        return graded(self.filtered, self.grades)

    @cached_property
    def is_whole(self):
        """No filter is in use, and the summary has the currency."""
        return not self.errors and not self.is_narrowed and self.currency in CURRENCIES

    @cached_property
    def is_small(self):
        """Its sums are shown with the rows; those found among many batches come after them, unless the address asks."""
        return "whole" in self.params or (self.count <= SMALL and whole_count() <= SMALL)

    @property
    def totals_later(self):
        return not self.is_small

    @cached_property
    def sums(self):
        """The totals and the exposure."""
        return (
            whole_totals(self.currency) if self.is_whole else totals_and_exposure(self.figures, self.currency)
        )

    @property
    def totals(self):
        return self.sums[0]

    @property
    def exposure(self):
        return self.sums[1]

    @cached_property
    def portions(self):
        return portions(self.figures, self.totals, self.exposure)

    @cached_property
    def facets(self):
        return facets(self)

    @cached_property
    def size(self):
        return Count(whole_count()) if self.is_whole else super().size

    def with_columns(self, records):
        return graded(records, self.grades).with_exposure(self.currency)

    @cached_property
    def page(self):
        page = super().page
        if self.grades:
            page.object_list = filled(list(page.object_list), self.get_queryset())
        return page

    @cached_property
    def table(self):
        table = super().table
        table.kept = kept_grades(self.params)
        return table

    @property
    def summary(self):
        """Number, units and money of the filtered set; of a large one the number."""
        if not self.is_small or not self.count:
            return super().summary
        units = self.totals.units
        parts = [
            batches_counted(self.count),
            gettext("%(number)s units") % {"number": quantity(units.low, units.high, units.precision)},
        ]
        for currency, amount in self.totals.amounts.items():
            sales = money(amount.low, amount.high, currency, amount.precision)
            parts.append(gettext("sales of %(amount)s") % {"amount": sales})
        return pgettext("between parts of a summary", ", ").join(parts)


class SourceList(RecordList):
    title = _("Sources")
    file_name = "sources"
    nouns = pair("source", "sources")
    related_links = [
        (_("Conflicts between sources"), "evidence:conflict_list"),
        (_("Revisions by regulators"), "recalls:revision_list"),
    ]
    table_class = SourceTable
    filterset_class = SourceFilterSet
    is_costly = True  # a source shows when something visible cites it

    @put_together_once
    def get_queryset(self):
        return Source.objects.visible().with_citation_count()
