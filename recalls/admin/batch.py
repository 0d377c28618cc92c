from django.contrib import admin
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from evidence.inlines import PartInline, PartTable, citations
from evidence.publishing import PublishableAdmin
from listing.counting import CountedPaginator
from listing.figures import quantity
from listing.retelling import retold
from listing.words import with_count
from recalls.admin.oddities import warn_of_oddities
from recalls.admin.reading import to_list, to_versions
from recalls.admin.spreadsheets import SpreadsheetPages, may_import
from recalls.forms import LineFormSet, ProgressForm, ProgressFormSet, RecallBatchForm
from recalls.models import (
    BatchCompany,
    BatchRemedy,
    Citation,
    ImportedBatch,
    NoticeRecord,
    Progress,
    RecallBatch,
    RecalledProduct,
)


class RecalledProductInline(PartInline):
    model = RecalledProduct
    formset = LineFormSet
    autocomplete_fields = ["product_model"]
    fields = [
        ("product_model", "units_low", "units_high", "units_precision", "units_grade"),
        ("made_from", "made_until", "serials"),
    ]


class RemedyInline(PartTable):
    model = BatchRemedy


class CompanyInline(PartTable):
    model = BatchCompany
    autocomplete_fields = ["company"]


class ProgressInline(PartInline):
    model = Progress
    form = ProgressForm
    formset = ProgressFormSet
    autocomplete_fields = ["source"]
    fields = [
        ("source", "grade", "as_of", "recalled_product"),
        ("returned", "in_scope", "rate_pct", "refunded", "currency"),
        "note",
    ]


FROM_FILE = (_("From the regulator's file"), {"fields": ["not_read", "raw_records", "differences"]})


def _records(batch):
    """The raw records of a batch's notice, latest first."""
    number = batch.notice_number or None
    return NoticeRecord.objects.filter(regulator=batch.regulator_id, number=number)


@admin.register(RecallBatch)
class RecallBatchAdmin(PublishableAdmin):
    form = RecallBatchForm
    list_display = [
        "title",
        "company",
        "region",
        "regulator",
        "notice_number",
        "announced",
        "units",
        "is_published",
    ]
    list_filter = ["is_published", "kind", "region", "regulator"]
    list_select_related = ("company", "region", "regulator")
    paginator = CountedPaginator
    date_hierarchy = "announced_on"
    search_fields = [
        "title",
        "notice_number",
        "slug",
        "products__product_model__model_number",
        "company__name",
        "company__legal_name",
        "company__aliases__name",
    ]
    search_help_text = _("Title, notice number, model number, or a company's name in any script")
    autocomplete_fields = ["company", "incident", "joint_group", "expands", "upgrades", "counted_in"]
    readonly_fields = ["not_read", "raw_records", "differences"]
    fieldsets = [
        (_("What and who"), {"fields": ["title", "company", "incident", ("kind", "basis")]}),
        (_("Notice"), {"fields": [("regulator", "region"), ("notice_number", "announced_on"), "slug"]}),
        (
            _("Quantity"),
            {"fields": [("units_low", "units_high", "units_precision", "units_grade"), "raw_units"]},
        ),
        (
            _("Sales amount"),
            {
                "fields": [
                    ("amount_low", "amount_high", "amount_precision"),
                    ("amount_currency", "amount_grade"),
                ]
            },
        ),
        (_("Unit price"), {"fields": [("price_low", "price_high", "price_currency", "price_grade")]}),
        (
            _("Sold and made"),
            {"fields": [("sold_from", "sold_until"), ("made_from", "made_until"), "raw_sold"]},
        ),
        (
            _("Hazard and what happened"),
            {
                "fields": [
                    "hazards",
                    "cause",
                    ("reports", "injuries", "deaths", "damage_reports"),
                    ("damage_low", "damage_high", "damage_precision", "damage_currency"),
                    "raw_harm",
                ]
            },
        ),
        (_("Links to other batches"), {"fields": ["joint_group", "expands", "upgrades", "counted_in"]}),
        (_("Publication"), {"fields": ["note", "is_published"]}),
    ]
    inlines = [
        RecalledProductInline,
        RemedyInline,
        CompanyInline,
        ProgressInline,
        citations(Citation, "batch"),
    ]

    class Media:
        js = ["admin/recall_batch.js"]

    def get_fieldsets(self, request, obj=None):
        """On a batch that a regulator's file names, with the way to what the file said."""
        known = obj is not None and _records(obj).exists()
        return [*super().get_fieldsets(request, obj), *([FROM_FILE] if known else [])]

    @admin.display(description=_("quantity not read"))
    def not_read(self, batch):
        """Why, as long as nobody has entered the units."""
        waiting = ImportedBatch.objects.waiting().filter(batch=batch).first()
        return retold(waiting.units_refused) if waiting else "-"

    @admin.display(description=_("raw records"))
    def raw_records(self, batch):
        return to_versions(_records(batch).first())

    @admin.display(description=_("differences from it"))
    def differences(self, batch):
        count = batch.differences.waiting().count()
        said = with_count(ngettext("%(count)s waits for staff", "%(count)s wait for staff", count), count)
        return to_list("recalls_difference", said, batch__id__exact=batch.pk) if count else gettext("none")

    def get_urls(self):
        return SpreadsheetPages(self).urls() + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        link = {"may_import": may_import(self, request)}
        return super().changelist_view(request, link | (extra_context or {}))

    @admin.display(description=_("announced"), ordering="announced_on")
    def announced(self, batch):
        return batch.announced_on.isoformat()

    @admin.display(description=_("units"), ordering="units_low")
    def units(self, batch):
        return quantity(batch.units_low, batch.units_high, batch.units_precision)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        warn_of_oddities(request, form.instance)
