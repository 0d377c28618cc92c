from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from evidence.inlines import PartTable, citations
from recalls.admin.incident_parts import IncidentPartAdmin
from recalls.models import Analysis, AnalysisBatch, Citation


class AnalysisBatchInline(PartTable):
    model = AnalysisBatch
    autocomplete_fields = ["batch"]
    fields = ["batch", "is_included"]
    verbose_name_plural = _("batches summed or left out")


@admin.register(Analysis)
class AnalysisAdmin(IncidentPartAdmin):
    list_display = ["title", "incident", "author"]
    list_filter = ["amount_grade"]
    search_fields = ["title", "author", "incident__title"]
    prepopulated_fields = {"slug": ["title"]}
    fields = [
        "title",
        "incident",
        "slug",
        "author",
        ("amount_low", "amount_high", "amount_precision"),
        ("amount_currency", "amount_grade"),
        "note",
    ]
    inlines = [AnalysisBatchInline, citations(Citation, "analysis")]
