from django.urls import path

from listing.views import RecordListView
from suppliers.lists import CellSourceList, ProductModelList, SupplierList
from suppliers.views import CompanyDetailView, ProductModelDetailView

app_name = "suppliers"
urlpatterns = [
    path("suppliers/", RecordListView.as_view(list_class=SupplierList), name="company_list"),
    path("suppliers/<slug:slug>/", CompanyDetailView.as_view(), name="company_detail"),
    path("cells/", RecordListView.as_view(list_class=CellSourceList), name="cellsource_list"),
    path("products/", RecordListView.as_view(list_class=ProductModelList), name="productmodel_list"),
    path("products/<slug:slug>/", ProductModelDetailView.as_view(), name="productmodel_detail"),
]
