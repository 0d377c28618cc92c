"""The lists of suppliers, cell sources and product models."""

from django.utils.translation import gettext_lazy as _

from listing.figures import pair
from listing.lists import RecordList, put_together_once
from suppliers.filters import CellSourceFilterSet, ProductModelFilterSet, SupplierFilterSet
from suppliers.models import CellSource, Company, ProductModel
from suppliers.tables import CellSourceTable, ProductModelTable, SupplierTable
from suppliers.wording import allegation, supplier_names


class SupplierList(RecordList):
    title = _("Suppliers")
    file_name = "suppliers"
    nouns = pair("supplier", "suppliers")
    table_class = SupplierTable
    filterset_class = SupplierFilterSet

    @put_together_once
    def get_queryset(self):
        return Company.objects.visible().suppliers().with_reach().prefetch_related("aliases")

    def get_records(self):
        """Every company has a page, whether it makes cells or not."""
        return Company.objects.visible().with_reach()


class CellSourceList(RecordList):
    title = _("Cell sources")
    file_name = "cells"
    nouns = pair("link between a product model and a supplier", "links between product models and suppliers")
    table_class = CellSourceTable
    filterset_class = CellSourceFilterSet

    @put_together_once
    def get_queryset(self):
        links = CellSource.objects.visible().with_standing().with_batch_count()
        links = links.annotate(allegation=allegation())
        return links.select_related("product_model__company", "supplier", "cell")


class ProductModelList(RecordList):
    title = _("Product models")
    file_name = "products"
    nouns = pair("model", "models")
    table_class = ProductModelTable
    filterset_class = ProductModelFilterSet

    @put_together_once
    def get_queryset(self):
        models = ProductModel.objects.visible().with_reach().annotate(supplier_names=supplier_names("pk"))
        return models.select_related("company", "category")
