"""What the lists of batches, incidents and sources can be narrowed to."""

from functools import cache

import django_filters
from django.db.models import OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from evidence.figures import Grade
from evidence.models import Source, SourceKind
from listing.conditions import Exists
from listing.filters import (
    ChoicesFilter,
    CodeFilter,
    CodesFilter,
    DayFilter,
    FigureFilter,
    FilterSet,
    SearchFilter,
)
from recalls.choices import Hazard, IncidentState, Remedy
from recalls.exposure import DEFAULT_CURRENCY
from recalls.models import Analysis, BatchRemedy, Incident, RecallBatch, Region, Regulator
from recalls.rates import NOT_QUOTED, QUOTED_CHOICES
from suppliers.models import Company, ProductCategory, ProductModel
from suppliers.names import NOT_NAMED, name_shown


def visible(model):
    """Records to choose from; a draft is as unknown as a record that is not there.

    The query is put together once, and asked anew for every request.
    """
    records = cache(model.objects.visible)
    return lambda request: records().all()


class CurrencyFilter(CodeFilter):
    """The currency of the exposure, which narrows nothing."""

    def __init__(self):
        super().__init__(
            choices=QUOTED_CHOICES,
            label=_("Currency of the exposure"),
            empty_label=format_lazy(_("{currency} unless chosen"), currency=DEFAULT_CURRENCY.value),
            refusal=NOT_QUOTED,
        )

    def filter(self, queryset, value):
        return queryset


class RecallBatchFilterSet(FilterSet):
    q = SearchFilter(label=_("Text"))
    region = CodesFilter(
        short=True,
        queryset=lambda request: Region.objects.all(),
        to_field_name="code",
        upper=True,
        label=_("Region"),
    )
    regulator = CodesFilter(
        short=True, queryset=lambda request: Regulator.objects.all(), label=_("Regulator")
    )
    company = CodesFilter(queryset=visible(Company), label=_("Company"))
    incident = CodesFilter(short=True, queryset=visible(Incident), label=_("Incident"))
    supplier = CodesFilter(queryset=visible(Company), method="with_cells_of", label=_("Cells of supplier"))
    model = CodesFilter(queryset=visible(ProductModel), method="containing", label=_("Product model"))
    category = CodesFilter(
        short=True,
        queryset=lambda request: ProductCategory.objects.all(),
        method="of_category",
        label=_("Product category"),
    )
    hazard = ChoicesFilter(choices=Hazard, method="with_hazard", label=_("Hazard"))
    remedy = ChoicesFilter(choices=Remedy, method="with_remedy", label=_("Remedy"))
    grade = ChoicesFilter(choices=Grade, method="with_grade", label=_("Grade of a figure"))
    announced_after = DayFilter(field_name="announced_on", lookup_expr="gte", label=_("Announced from"))
    announced_before = DayFilter(field_name="announced_on", lookup_expr="lte", label=_("Announced until"))
    units_min = FigureFilter("units", "min", label=_("Units from"))
    units_max = FigureFilter("units", "max", label=_("Units to"))
    amount_min = FigureFilter("amount", "min", label=_("Sales amount from"))
    amount_max = FigureFilter("amount", "max", label=_("Sales amount to"))
    analysis = CodesFilter(short=True, queryset=visible(Analysis), method="in_analysis", label=_("Analysis"))
    currency = CurrencyFilter()

    phrases = {
        "category": _("of the category {}"),
        "company": pgettext_lazy("company", "of {}"),
        "model": _("that contain {}"),
        "supplier": _("with models said to use cells of {}"),
        "region": pgettext_lazy("region", "in {}"),
        "regulator": pgettext_lazy("regulator", "by {}"),
        "incident": _("of the incident {}"),
        "analysis": _("that the analysis “{}” sums"),
        "hazard": _("with the hazard {}"),
        "remedy": _("with the remedy {}"),
        "grade": _("with a figure graded {}"),
        "announced_after": _("announced from {} on"),
        "announced_before": _("announced until {}"),
        "units_min": _("of {} units or more"),
        "units_max": _("of {} units at most"),
        "amount_min": _("worth {} or more in the published currency"),
        "amount_max": _("worth {} at most in the published currency"),
        "q": _("matching “{}”"),
    }

    class Meta:
        model = RecallBatch
        fields = []

    def describe(self):
        unnamed = str(self.phrases["company"]).format(name_shown(NOT_NAMED))
        return super().describe().replace(unnamed, gettext("whose company is not named in the notice"))

    def with_cells_of(self, queryset, name, value):
        return queryset.with_cells_of(value) if value else queryset

    def containing(self, queryset, name, value):
        return queryset.containing(value) if value else queryset

    def of_category(self, queryset, name, value):
        return queryset.containing(ProductModel.objects.filter(category__in=value)) if value else queryset

    def with_hazard(self, queryset, name, value):
        return queryset.filter(hazards__overlap=value) if value else queryset

    def with_remedy(self, queryset, name, value):
        offered = BatchRemedy.objects.filter(batch=OuterRef("pk"), kind__in=value)
        return queryset.filter(Exists(offered)) if value else queryset

    def with_grade(self, queryset, name, value):
        graded = Q(units_grade__in=value) | Q(amount_grade__in=value) | Q(price_grade__in=value)
        return queryset.filter(graded) if value else queryset

    def in_analysis(self, queryset, name, value):
        summed = Q(analysis_parts__analysis__in=value, analysis_parts__is_included=True)
        return queryset.filter(pk__in=RecallBatch.objects.filter(summed).values("pk")) if value else queryset


class IncidentFilterSet(FilterSet):
    q = SearchFilter(label=_("Text"))
    company = CodesFilter(queryset=visible(Company), label=_("Company"))
    region = CodesFilter(
        short=True,
        queryset=lambda request: Region.objects.all(),
        to_field_name="code",
        upper=True,
        method="with_batch_in",
        label=_("Region"),
    )
    state = ChoicesFilter(choices=IncidentState, label=_("State"))
    grade = ChoicesFilter(choices=Grade, method="with_every_incident", label=_("Grades that count"))
    currency = CurrencyFilter()

    phrases = {
        "state": pgettext_lazy("state", "that are {}"),
        "company": pgettext_lazy("company", "of {}"),
        "region": _("with recalls in {}"),
        "grade": _("by figures graded {}"),
        "q": _("matching “{}”"),
    }

    class Meta:
        model = Incident
        fields = []

    def with_batch_in(self, queryset, name, value):
        batches = RecallBatch.objects.visible().filter(incident=OuterRef("pk"), region__in=value)
        return queryset.filter(Exists(batches)) if value else queryset

    def with_every_incident(self, queryset, name, value):
        """Grades choose the figures that count; an incident without one shows as well."""
        return queryset


class SourceFilterSet(FilterSet):
    q = SearchFilter(label=_("Text"))
    kind = ChoicesFilter(choices=SourceKind, label=_("Kind"))
    language = django_filters.CharFilter(lookup_expr="iexact", max_length=8, label=_("Language"))
    published_after = DayFilter(
        field_name="published_on", lookup_expr="endswith__gt", label=_("Published from")
    )
    published_before = DayFilter(
        field_name="published_on", lookup_expr="startswith__lte", label=_("Published until")
    )

    phrases = {
        "kind": _("of the kind {}"),
        "language": _("in the language {}"),
        "published_after": _("published from {} on"),
        "published_before": _("published until {}"),
        "q": _("matching “{}”"),
    }

    class Meta:
        model = Source
        fields = []
