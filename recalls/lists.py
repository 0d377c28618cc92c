"""The lists of batches, incidents and sources."""

from django.utils.functional import cached_property

from evidence.models import Source
from listing.figures import counted, money, quantity
from listing.lists import RecordList
from recalls.filters import IncidentFilterSet, RecallBatchFilterSet, SourceFilterSet
from recalls.models import Incident, RecallBatch
from recalls.tables import IncidentTable, RecallBatchTable, SourceTable


class RecallBatchList(RecordList):
    title = "Recall batches"
    file_name = "recalls"
    nouns = ("batch", "batches")
    table_class = RecallBatchTable
    filterset_class = RecallBatchFilterSet
    totals_template = "recalls/totals.html"

    def get_queryset(self):
        batches = RecallBatch.objects.visible().select_related("company", "region", "regulator")
        return batches.prefetch_related("remedies", "products__product_model")

    @cached_property
    def totals(self):
        return self.filtered.totals()

    @cached_property
    def count(self):
        return self.totals.batches

    @property
    def summary(self):
        """Number, units and money of the filtered set."""
        units = self.totals.units
        parts = [
            counted(self.count, *self.nouns),
            f"{quantity(units.low, units.high, units.precision)} units",
        ]
        for currency, amount in self.totals.amounts.items():
            parts.append(f"sales of {money(amount.low, amount.high, currency, amount.precision)}")
        return ", ".join(parts)


class IncidentList(RecordList):
    title = "Incidents"
    file_name = "incidents"
    nouns = ("incident", "incidents")
    table_class = IncidentTable
    filterset_class = IncidentFilterSet

    def get_queryset(self):
        return Incident.objects.visible().with_figures().select_related("company")


class SourceList(RecordList):
    title = "Sources"
    file_name = "sources"
    nouns = ("source", "sources")
    table_class = SourceTable
    filterset_class = SourceFilterSet

    def get_queryset(self):
        return Source.objects.visible().with_citation_count()
