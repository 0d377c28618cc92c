"""The list of recall batches: one by one, or by group."""

from listing.views import RecordListView
from recalls.grouped_list import GroupedBatchList
from recalls.grouping import GROUPINGS
from recalls.lists import RecallBatchList


class RecallBatchListView(RecordListView):
    list_class = RecallBatchList
    template_name = "recalls/recallbatch_list.html"
    extra_context = {"groupings": GROUPINGS}

    def get(self, request):
        if request.GET.get("group"):
            self.list_class, self.template_name = GroupedBatchList, "recalls/grouped.html"
        return super().get(request)
