from django.contrib import admin

from evidence.forms import RecordForm
from evidence.inlines import LinkTable, PartInline, citations
from evidence.publishing import PublishableAdmin
from recalls.forms import RecoveryPhaseForm
from recalls.models import (
    Citation,
    ContributingFactor,
    Event,
    FinancialIndicator,
    Impact,
    Incident,
    Measure,
    RecallBatch,
    RecoveryPhase,
    RootCause,
)


class IncidentPartInline(PartInline):
    """A part of an incident; its citations stand on its own page, which the row links to."""

    classes = ["collapse"]
    show_change_link = True


class RootCauseInline(IncidentPartInline):
    model = RootCause
    autocomplete_fields = ["attributed_to", "product_models"]
    fields = ["text", ("grade", "attributed_to"), "product_models"]


class ContributingFactorInline(IncidentPartInline):
    model = ContributingFactor
    fields = ["text", ("category", "grade")]


class EventInline(IncidentPartInline):
    model = Event
    fields = ["text", ("happened_on", "kind", "grade")]


class ImpactInline(IncidentPartInline):
    model = Impact
    fields = ["text", ("kind", "place"), ("happened_on", "grade")]


class MeasureInline(IncidentPartInline):
    model = Measure
    fields = ["text", ("category", "happened_on", "state", "grade")]


class RecoveryPhaseInline(IncidentPartInline):
    model = RecoveryPhase
    form = RecoveryPhaseForm
    fields = [("order", "name", "horizon"), "text", "tasks", "challenge", ("state", "grade")]


class FinancialIndicatorInline(IncidentPartInline):
    model = FinancialIndicator
    autocomplete_fields = ["company"]
    fields = [
        "text",
        ("company", "period"),
        ("value", "currency", "precision"),
        ("change_on_year_pct", "grade"),
    ]


class BatchInline(LinkTable):
    model = RecallBatch
    fields = ["title", "region", "announced_on", "is_published"]
    list_select_related = ("region",)


class IncidentForm(RecordForm):
    past_days = ["opened_on", "closed_on"]


@admin.register(Incident)
class IncidentAdmin(PublishableAdmin):
    form = IncidentForm
    needs_citation = False
    list_display = ["title", "company", "opened_on", "state", "is_published"]
    list_filter = ["is_published", "state"]
    list_select_related = ("company",)
    date_hierarchy = "opened_on"
    search_fields = ["title", "company__name", "company__aliases__name"]
    autocomplete_fields = ["company"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "company", "slug", ("opened_on", "closed_on", "state"), "note", "is_published"]
    inlines = [
        BatchInline,
        RootCauseInline,
        ContributingFactorInline,
        EventInline,
        ImpactInline,
        MeasureInline,
        RecoveryPhaseInline,
        FinancialIndicatorInline,
        citations(Citation, "incident"),
    ]
