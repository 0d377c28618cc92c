from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from evidence.inlines import LinkTable, PartTable, citations
from listing.languages import in_english
from listing.words import with_count
from suppliers.admin.merging import MergeableAdmin
from suppliers.models import Citation, Company, CompanyAlias, Ownership


class AliasInline(PartTable):
    model = CompanyAlias
    verbose_name_plural = _("other names, in any script")


class OwnerInline(LinkTable):
    model = Ownership
    fk_name = "owned"
    fields = ["owner", "share_pct", "grade", "is_published"]
    list_select_related = ("owner", "owned")
    verbose_name_plural = _("owners")


class HoldingInline(LinkTable):
    model = Ownership
    fk_name = "owner"
    fields = ["owned", "share_pct", "grade", "is_published"]
    list_select_related = ("owner", "owned")
    verbose_name_plural = _("holdings")


@admin.register(Company)
class CompanyAdmin(MergeableAdmin):
    actions = ["mark_reviewed", "merge"]
    list_display = ["called", "legal_name", "country", "ticker", "is_reviewed"]
    list_filter = ["is_reviewed"]
    search_fields = ["name", "legal_name", "aliases__name", "slug", "ticker"]
    prepopulated_fields = {"slug": ["name"]}
    fields = [("name", "legal_name"), "slug", ("country", "ticker"), "note", "is_reviewed"]
    inlines = [AliasInline, OwnerInline, HoldingInline, citations(Citation, "company")]

    def get_search_results(self, request, queryset, search_term):
        """By the stock-exchange code as well."""
        found, _ = super().get_search_results(request, queryset, search_term)
        listed = queryset.unmerged().filter(ticker__iexact=search_term.strip()).exclude(ticker="")
        return found | listed, False

    @admin.display(description=pgettext_lazy("model or column", "name"), ordering="name")
    def called(self, company):
        return str(company)

    @admin.action(permissions=["change"], description=_("Mark selected companies as reviewed"))
    def mark_reviewed(self, request, queryset):
        companies = [
            one for one in queryset.filter(is_reviewed=False) if self.has_change_permission(request, one)
        ]
        with in_english():
            LogEntry.objects.log_actions(request.user.pk, companies, CHANGE, "Marked as reviewed.")
        count = Company.objects.filter(pk__in=[one.pk for one in companies]).update(is_reviewed=True)
        done = ngettext(
            "%(count)s company marked as reviewed.", "%(count)s companies marked as reviewed.", count
        )
        self.message_user(request, with_count(done, count))
        if left := queryset.filter(is_reviewed=False).count():
            kept = ngettext(
                "%(count)s company left as before: the public sees them already.",
                "%(count)s companies left as before: the public sees them already.",
                left,
            )
            self.message_user(request, with_count(kept, left), messages.WARNING)
