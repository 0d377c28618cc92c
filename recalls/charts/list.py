"""The list of recall batches as a chart: `?chart=units`, with the list's own filters."""

from django.utils.functional import cached_property

from recalls.charts.kinds import CHARTS
from recalls.grouped_list import must_be_one_of
from recalls.lists import RecallBatchList


class ChartedBatchList(RecallBatchList):
    """The filtered batches, and the chart of them that the address names."""

    @cached_property
    def kind(self):
        return CHARTS.get(self.params.get("chart", "").strip().lower())

    @cached_property
    def errors(self):
        if self.kind:
            return super().errors
        return [*super().errors, must_be_one_of("chart", CHARTS)]

    @property
    def file_name(self):
        return f"recalls-{self.kind.name}" if self.kind else super().file_name

    @property
    def comes_later(self):
        """A large filtered set is drawn after the page."""
        return not self.is_small and not self.is_whole

    @cached_property
    def picture(self):
        return self.kind.maker.picture(self)
