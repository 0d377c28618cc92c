from django.contrib import admin

from evidence.inlines import LinkTable, PartTable, citations
from evidence.publishing import RecordAdmin
from suppliers.models import Citation, Company, CompanyAlias, Ownership


class AliasInline(PartTable):
    model = CompanyAlias
    verbose_name_plural = "other names, in any script"


class OwnerInline(LinkTable):
    model = Ownership
    fk_name = "owned"
    fields = ["owner", "share_pct", "grade", "is_published"]
    list_select_related = ("owner", "owned")
    verbose_name_plural = "owners"


class HoldingInline(LinkTable):
    model = Ownership
    fk_name = "owner"
    fields = ["owned", "share_pct", "grade", "is_published"]
    list_select_related = ("owner", "owned")
    verbose_name_plural = "holdings"


@admin.register(Company)
class CompanyAdmin(RecordAdmin):
    list_display = ["name", "legal_name", "country", "ticker"]
    search_fields = ["name", "legal_name", "aliases__name", "slug", "ticker"]
    prepopulated_fields = {"slug": ["name"]}
    fields = [("name", "legal_name"), "slug", ("country", "ticker"), "note"]
    inlines = [AliasInline, OwnerInline, HoldingInline, citations(Citation, "company")]
