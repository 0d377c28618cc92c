"""The list of recall batches: one by one, or by group; its sums with it, or after it at the same address."""

from django.http import Http404
from django.shortcuts import render

from listing.views import RecordListView
from recalls.grouped_list import GroupedBatchList
from recalls.grouping import GROUPINGS
from recalls.lists import RecallBatchList

PARTS = {
    "totals": "recalls/totals.html",
    "portions": "recalls/_portions.html",
    "facets": "recalls/_facets.html",
    "groups": "recalls/_groups.html",
}


class RecallBatchListView(RecordListView):
    list_class = RecallBatchList
    template_name = "recalls/recallbatch_list.html"
    extra_context = {"groupings": GROUPINGS}

    def get(self, request):
        if request.GET.get("group"):
            self.list_class, self.template_name = GroupedBatchList, "recalls/grouped.html"
        if "part" not in request.GET:
            return super().get(request)
        request.GET = request.GET.copy()  # the links in it lead to whole pages
        return self.part(request, request.GET.pop("part")[-1])

    def part(self, request, name):
        """What comes after the rows, as a piece of the page."""
        records = self.list_class(request.GET)
        if name not in PARTS or records.errors or (name == "groups" and not request.GET.get("group")):
            raise Http404("There is no such part of this list.")
        return render(request, PARTS[name], {"records": records, "is_part": True, **_shown(name, records)})


def _shown(name, records):
    """Only what the part shows is worked out."""
    shown = {"totals": ["totals", "exposure"], "portions": ["portions"], "groups": ["table"], "facets": []}
    return {value: getattr(records, value) for value in shown[name]}
