from django.urls import path

from listing.views import RecordListView
from recalls.lists import IncidentList, RecallBatchList
from recalls.views import IncidentDetailView, RecallBatchDetailView

app_name = "recalls"
urlpatterns = [
    path("recalls/", RecordListView.as_view(list_class=RecallBatchList), name="recallbatch_list"),
    path("recalls/<slug:slug>/", RecallBatchDetailView.as_view(), name="recallbatch_detail"),
    path("incidents/", RecordListView.as_view(list_class=IncidentList), name="incident_list"),
    path("incidents/<slug:slug>/", IncidentDetailView.as_view(), name="incident_detail"),
]
