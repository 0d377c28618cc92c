"""The parts of incidents on pages of their own, where they are cited."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from evidence.inlines import citations
from evidence.publishing import RecordAdmin
from recalls.forms import RecoveryPhaseForm
from recalls.models import (
    Citation,
    ContributingFactor,
    Event,
    FinancialIndicator,
    Impact,
    Incident,
    Measure,
    RecoveryPhase,
    RootCause,
)

PUBLISHED = _("Only a publisher adds to an incident that is published.")


class IncidentPartAdmin(RecordAdmin):
    """A part that shows with its incident, so only a publisher adds one to an incident that is published."""

    list_filter = ["grade"]
    list_select_related = ("incident",)
    autocomplete_fields = ["incident"]
    search_fields = ["text", "incident__title"]
    public_when = "incident__is_published"

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "incident" and not self.has_publish_permission(request):
            field.queryset = Incident.objects.filter(is_published=False)
            field.error_messages["invalid_choice"] = PUBLISHED
        return field


@admin.register(RootCause)
class RootCauseAdmin(IncidentPartAdmin):
    list_display = ["text", "incident", "attributed_to", "grade"]
    list_select_related = ("incident", "attributed_to")
    autocomplete_fields = ["incident", "attributed_to", "product_models"]
    inlines = [citations(Citation, "root_cause")]


@admin.register(ContributingFactor)
class ContributingFactorAdmin(IncidentPartAdmin):
    list_display = ["text", "incident", "category", "grade"]
    list_filter = ["category", "grade"]
    inlines = [citations(Citation, "contributing_factor")]


@admin.register(Event)
class EventAdmin(IncidentPartAdmin):
    list_display = ["text", "incident", "happened_on", "kind", "grade"]
    list_filter = ["kind", "grade"]
    inlines = [citations(Citation, "event")]


@admin.register(Impact)
class ImpactAdmin(IncidentPartAdmin):
    list_display = ["text", "incident", "kind", "place", "happened_on", "grade"]
    list_filter = ["kind", "grade"]
    search_fields = [*IncidentPartAdmin.search_fields, "place"]
    inlines = [citations(Citation, "impact")]


@admin.register(Measure)
class MeasureAdmin(IncidentPartAdmin):
    list_display = ["text", "incident", "category", "happened_on", "state", "grade"]
    list_filter = ["category", "state", "grade"]
    inlines = [citations(Citation, "measure")]


@admin.register(RecoveryPhase)
class RecoveryPhaseAdmin(IncidentPartAdmin):
    form = RecoveryPhaseForm
    list_display = ["name", "incident", "order", "horizon", "state", "grade"]
    list_filter = ["state", "grade"]
    search_fields = [*IncidentPartAdmin.search_fields, "name"]
    fields = ["incident", ("order", "name", "horizon"), "text", "tasks", "challenge", ("state", "grade")]
    inlines = [citations(Citation, "recovery_phase")]


@admin.register(FinancialIndicator)
class FinancialIndicatorAdmin(IncidentPartAdmin):
    list_display = ["text", "company", "period", "value", "currency", "grade"]
    list_filter = ["currency", "grade"]
    list_select_related = ("incident", "company")
    autocomplete_fields = ["incident", "company"]
    search_fields = [*IncidentPartAdmin.search_fields, "company__name", "company__aliases__name"]
    inlines = [citations(Citation, "financial_indicator")]
