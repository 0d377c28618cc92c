"""What the first page shows: sums that the database keeps, and what comes after it where the batches are many."""

from django.http import QueryDict
from django.utils.functional import cached_property

from evidence.models import Source
from listing.counting import SEARCHED, count_of
from recalls import lists
from recalls.charts import units_by_month
from recalls.charts.list import ChartedBatchList
from recalls.grouped_list import GroupedBatchList
from recalls.grouping import MERELY_ALLEGED
from recalls.incident_list import IncidentList
from recalls.models import Incident, RecallBatch
from recalls.revision_list import RevisionList
from recalls.whole import totals_of_all
from suppliers.models import CellSource, Company, ProductModel

FEW = 6
LATEST = 8
WIDTH = 700  # of the picture
PARTS = ("picture", "suppliers", "revisions", "counts")


class Overview:
    """The first page in one currency; each of its `PARTS` looks through more than what is kept as sums."""

    def __init__(self, currency):
        self.currency = currency
        self.totals, self.exposure = totals_of_all(currency)

    @property
    def is_small(self):
        return self.totals.batches <= lists.SMALL

    def _query(self, **params):
        query = QueryDict(mutable=True)
        query.update({"currency": self.currency, **params})
        return query

    @cached_property
    def picture(self):
        """Units by month and region, from the sums."""
        return units_by_month.latest(ChartedBatchList(self._query(chart="units")), WIDTH)

    @cached_property
    def regions(self):
        """Those with the most units, each with the address of its batches."""
        return GroupedBatchList(self._query(group="region", per_page=str(LATEST))).page

    @cached_property
    def open_incidents(self):
        """The latest, with their units and exposure."""
        return IncidentList(self._query(state="open", per_page=str(FEW))).page

    @property
    def latest(self):
        return RecallBatch.objects.visible().select_related("company", "region")[:LATEST]

    @cached_property
    def revisions(self):
        """The values that regulators changed last."""
        return RevisionList(QueryDict(f"sort=-new_first_seen&per_page={FEW}")).page

    @cached_property
    def suppliers(self):
        """Those in the batches with the most exposure, by the links from product models."""
        groups = GroupedBatchList(self._query(group="supplier", sort="-exposure", per_page=str(FEW))).page
        return [(group, group.key.removesuffix(MERELY_ALLEGED)) for group in groups if group.key]

    @cached_property
    def counts(self):
        """How many records each list has, up to a limit."""
        lists = {
            "incident": Incident.objects.visible(),
            "supplier": Company.objects.visible().suppliers(),
            "cell_source": CellSource.objects.visible(),
            "product_model": ProductModel.objects.visible(),
            "source": Source.objects.visible(),
        }
        return {name: count_of(records, SEARCHED) for name, records in lists.items()}
