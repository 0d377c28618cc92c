from django.urls import path

from listing.views import RecordListView
from recalls.contagion.views import CompanyContagionView
from recalls.incident_list import IncidentList
from recalls.incident_view import IncidentDetailView
from recalls.list_views import RecallBatchListView
from recalls.revision_list import RevisionList
from recalls.views import RecallBatchDetailView

app_name = "recalls"
urlpatterns = [
    path("recalls/", RecallBatchListView.as_view(), name="recallbatch_list"),
    path("recalls/revisions/", RecordListView.as_view(list_class=RevisionList), name="revision_list"),
    path("recalls/<slug:slug>/", RecallBatchDetailView.as_view(), name="recallbatch_detail"),
    path("incidents/", RecordListView.as_view(list_class=IncidentList), name="incident_list"),
    path("incidents/<slug:slug>/", IncidentDetailView.as_view(), name="incident_detail"),
    path("suppliers/<slug:slug>/contagion/", CompanyContagionView.as_view(), name="company_contagion"),
]
