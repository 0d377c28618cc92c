from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from evidence.inlines import LinkTable, citations
from evidence.publishing import RecordAdmin
from suppliers.admin.merging import MergeableAdmin
from suppliers.models import BatteryCell, CellSource, Citation, ProductCategory, ProductModel


class CellSourceInline(LinkTable):
    model = CellSource
    fields = ["supplier", "cell", "basis", "grade", "answer", "answer_by", "answer_text", "is_published"]
    list_select_related = ("product_model", "supplier", "cell__supplier", "answer_by")
    verbose_name_plural = _("whose cells are in it")


@admin.register(ProductModel)
class ProductModelAdmin(MergeableAdmin):
    actions = ["merge"]
    list_display = ["model_number", "name", "company", "category", "capacity_mah"]
    list_filter = ["category"]
    list_select_related = ("company", "category")
    search_fields = ["model_number", "name", "company__name", "company__aliases__name"]
    autocomplete_fields = ["company"]
    prepopulated_fields = {"slug": ["model_number"]}
    fields = ["company", ("model_number", "name"), "slug", ("category", "capacity_mah")]
    inlines = [CellSourceInline, citations(Citation, "product_model")]


@admin.register(BatteryCell)
class BatteryCellAdmin(RecordAdmin):
    list_display = ["designation", "supplier", "chemistry"]
    list_filter = ["chemistry"]
    list_select_related = ("supplier",)
    search_fields = ["designation", "supplier__name", "supplier__aliases__name"]
    autocomplete_fields = ["supplier"]
    fields = ["supplier", ("designation", "chemistry")]
    inlines = [citations(Citation, "battery_cell")]


@admin.register(ProductCategory)
class ProductCategoryAdmin(RecordAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    public_when = "product_models__recalled_products__batch__is_published"
