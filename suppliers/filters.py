"""What the lists of suppliers, cell sources and product models can be narrowed to."""

from functools import cache

import django_filters
from django.db.models import OuterRef

from evidence.figures import Grade
from listing.conditions import Exists
from listing.filters import ChoicesFilter, CodesFilter, FilterSet, SearchFilter
from suppliers.choices import Basis
from suppliers.models import CellSource, Company, ProductCategory, ProductModel


@cache
def _visible_companies():
    """Put together once, and asked anew for every request."""
    return Company.objects.visible()


def visible_companies(request):
    return _visible_companies().all()


class SupplierFilterSet(FilterSet):
    q = SearchFilter(label="Text")
    country = django_filters.CharFilter(lookup_expr="iexact", max_length=2)

    phrases = {"country": "seated in {}", "q": "matching “{}”"}

    class Meta:
        model = Company
        fields = []


class CellSourceFilterSet(FilterSet):
    q = SearchFilter(label="Text")
    supplier = CodesFilter(queryset=visible_companies)
    company = CodesFilter(
        queryset=visible_companies, field_name="product_model__company", label="Brand owner"
    )
    basis = ChoicesFilter(choices=Basis)
    grade = ChoicesFilter(choices=Grade)

    phrases = {
        "supplier": "of {}",
        "company": "in models of {}",
        "basis": "by {}",
        "grade": "graded {}",
        "q": "matching “{}”",
    }

    class Meta:
        model = CellSource
        fields = []


class ProductModelFilterSet(FilterSet):
    q = SearchFilter(label="Text")
    company = CodesFilter(queryset=visible_companies, label="Brand owner")
    category = CodesFilter(short=True, queryset=lambda request: ProductCategory.objects.all())
    supplier = CodesFilter(queryset=visible_companies, method="with_cells_of", label="Cells of supplier")

    phrases = {
        "category": "of the category {}",
        "company": "of {}",
        "supplier": "said to use cells of {}",
        "q": "matching “{}”",
    }

    class Meta:
        model = ProductModel
        fields = []

    def with_cells_of(self, queryset, name, value):
        links = CellSource.objects.visible().filter(product_model=OuterRef("pk"), supplier__in=value)
        return queryset.filter(Exists(links)) if value else queryset
