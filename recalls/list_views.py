"""The list of recall batches: one by one, by group or as a chart; its sums with it, or after it at the same address."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext

from listing.files import text
from listing.shape import without
from listing.views import CITE, RecordListView
from recalls.charts.files import PICTURES, picture_file
from recalls.charts.kinds import CHARTS
from recalls.charts.list import ChartedBatchList
from recalls.grouped_list import GroupedBatchList
from recalls.grouping import GROUPINGS
from recalls.lists import RecallBatchList

PARTS = {
    "totals": "recalls/totals.html",
    "portions": "recalls/_portions.html",
    "facets": "recalls/_facets.html",
    "groups": "recalls/_groups.html",
    "chart": "recalls/charts/_chart.html",
}
SHOWN = {
    "totals": ["totals", "exposure"],
    "portions": ["portions"],
    "groups": ["table"],
    "chart": ["picture"],
    "facets": [],
}


class RecallBatchListView(RecordListView):
    list_class = RecallBatchList
    template_name = "recalls/recallbatch_list.html"
    shapes = {"group": GroupedBatchList}
    extra_context = {"groupings": GROUPINGS, "charts": CHARTS}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if request.GET.get("chart"):
            self.list_class, self.template_name = ChartedBatchList, "recalls/charted.html"
        elif request.GET.get("group"):
            self.list_class, self.template_name = GroupedBatchList, "recalls/grouped.html"

    def get(self, request):
        if self.list_class == ChartedBatchList and request.GET.get("export") in PICTURES:
            return self.picture(request)
        if request.GET.get("part") in (None, CITE):
            return super().get(request)
        request.GET = request.GET.copy()  # the links in it lead to whole pages
        return self.part(request, request.GET.pop("part")[-1])

    def part(self, request, name):
        """What comes after the rows, as a piece of the page."""
        records = self.list_class(request.GET)
        if records.errors or name not in self._parts():
            raise Http404(gettext("There is no such part of this list."))
        return render(request, PARTS[name], {"records": records, "is_part": True, **_shown(name, records)})

    def _parts(self):
        own = {"groups": GroupedBatchList, "chart": ChartedBatchList}
        return [name for name in PARTS if own.get(name, self.list_class) == self.list_class]

    def picture(self, request):
        """The chart as a file."""
        records = self.list_class(without(request.GET, "export"))
        if records.errors:
            return text("\n".join(records.errors) + "\n", status=400)
        return picture_file(records.picture, request.GET["export"], records.file_name)


def _shown(name, records):
    """Only what the part shows is worked out."""
    return {value: getattr(records, value) for value in SHOWN[name]}
