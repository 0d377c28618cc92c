"""What the lists of batches, incidents and sources can be narrowed to."""

from functools import cache

import django_filters
from django.db.models import OuterRef, Q

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
from suppliers.names import NOT_NAMED


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
            label="Currency of the exposure",
            empty_label=f"{DEFAULT_CURRENCY} unless chosen",
            refusal=NOT_QUOTED,
        )

    def filter(self, queryset, value):
        return queryset


class RecallBatchFilterSet(FilterSet):
    q = SearchFilter(label="Text")
    region = CodesFilter(
        short=True, queryset=lambda request: Region.objects.all(), to_field_name="code", upper=True
    )
    regulator = CodesFilter(short=True, queryset=lambda request: Regulator.objects.all())
    company = CodesFilter(queryset=visible(Company))
    incident = CodesFilter(short=True, queryset=visible(Incident))
    supplier = CodesFilter(queryset=visible(Company), method="with_cells_of", label="Cells of supplier")
    model = CodesFilter(queryset=visible(ProductModel), method="containing", label="Product model")
    category = CodesFilter(
        short=True,
        queryset=lambda request: ProductCategory.objects.all(),
        method="of_category",
        label="Product category",
    )
    hazard = ChoicesFilter(choices=Hazard, method="with_hazard", label="Hazard")
    remedy = ChoicesFilter(choices=Remedy, method="with_remedy", label="Remedy")
    grade = ChoicesFilter(choices=Grade, method="with_grade", label="Grade of a figure")
    announced_after = DayFilter(field_name="announced_on", lookup_expr="gte", label="Announced from")
    announced_before = DayFilter(field_name="announced_on", lookup_expr="lte", label="Announced until")
    units_min = FigureFilter("units", "min", label="Units from")
    units_max = FigureFilter("units", "max", label="Units to")
    amount_min = FigureFilter("amount", "min", label="Sales amount from")
    amount_max = FigureFilter("amount", "max", label="Sales amount to")
    analysis = CodesFilter(short=True, queryset=visible(Analysis), method="in_analysis", label="Analysis")
    currency = CurrencyFilter()

    phrases = {
        "category": "of the category {}",
        "company": "of {}",
        "model": "that contain {}",
        "supplier": "with models said to use cells of {}",
        "region": "in {}",
        "regulator": "by {}",
        "incident": "of the incident {}",
        "analysis": "that the analysis “{}” sums",
        "hazard": "with the hazard {}",
        "remedy": "with the remedy {}",
        "grade": "with a figure graded {}",
        "announced_after": "announced from {} on",
        "announced_before": "announced until {}",
        "units_min": "of {} units or more",
        "units_max": "of {} units at most",
        "amount_min": "worth {} or more in the published currency",
        "amount_max": "worth {} at most in the published currency",
        "q": "matching “{}”",
    }

    class Meta:
        model = RecallBatch
        fields = []

    def describe(self):
        return super().describe().replace(f"of {NOT_NAMED}", "whose company is not named in the notice")

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
    q = SearchFilter(label="Text")
    company = CodesFilter(queryset=visible(Company))
    region = CodesFilter(
        short=True,
        queryset=lambda request: Region.objects.all(),
        to_field_name="code",
        upper=True,
        method="with_batch_in",
    )
    state = ChoicesFilter(choices=IncidentState)
    grade = ChoicesFilter(choices=Grade, method="with_every_incident", label="Grades that count")
    currency = CurrencyFilter()

    phrases = {
        "state": "that are {}",
        "company": "of {}",
        "region": "with recalls in {}",
        "grade": "by figures graded {}",
        "q": "matching “{}”",
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
    q = SearchFilter(label="Text")
    kind = ChoicesFilter(choices=SourceKind)
    language = django_filters.CharFilter(lookup_expr="iexact", max_length=8)
    published_after = DayFilter(field_name="published_on", lookup_expr="endswith__gt", label="Published from")
    published_before = DayFilter(
        field_name="published_on", lookup_expr="startswith__lte", label="Published until"
    )

    phrases = {
        "kind": "of the kind {}",
        "language": "in the language {}",
        "published_after": "published from {} on",
        "published_before": "published until {}",
        "q": "matching “{}”",
    }

    class Meta:
        model = Source
        fields = []
