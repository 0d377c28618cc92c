"""Sources stand in `evidence`; their pages stand here, as they show what cites them."""

from django.urls import path

from evidence.views import SourceDetailView
from listing.views import RecordListView
from recalls.conflict_list import ConflictList
from recalls.lists import SourceList

app_name = "evidence"
urlpatterns = [
    path("", RecordListView.as_view(list_class=SourceList), name="source_list"),
    path("conflicts/", RecordListView.as_view(list_class=ConflictList), name="conflict_list"),
    path("<slug:slug>/", SourceDetailView.as_view(list_class=SourceList), name="source_detail"),
]
