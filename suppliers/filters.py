"""What the lists of suppliers, cell sources and product models can be narrowed to."""

from functools import cache

import django_filters
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    q = SearchFilter(label=_("Text"))
    country = django_filters.CharFilter(lookup_expr="iexact", max_length=2, label=_("Country"))

    phrases = {"country": _("seated in {}"), "q": _("matching “{}”")}

    class Meta:
        model = Company
        fields = []


class CellSourceFilterSet(FilterSet):
    q = SearchFilter(label=_("Text"))
    supplier = CodesFilter(queryset=visible_companies, label=_("Supplier"))
    company = CodesFilter(
        queryset=visible_companies, field_name="product_model__company", label=_("Brand owner")
    )
    basis = ChoicesFilter(choices=Basis, label=_("Basis"))
    grade = ChoicesFilter(choices=Grade, label=_("Grade"))

    phrases = {
        "supplier": pgettext_lazy("supplier", "of {}"),
        "company": pgettext_lazy("company", "in models of {}"),
        "basis": pgettext_lazy("basis", "by {}"),
        "grade": pgettext_lazy("grade", "graded {}"),
        "q": _("matching “{}”"),
    }

    class Meta:
        model = CellSource
        fields = []


class ProductModelFilterSet(FilterSet):
    q = SearchFilter(label=_("Text"))
    company = CodesFilter(queryset=visible_companies, label=_("Brand owner"))
    category = CodesFilter(
        short=True, queryset=lambda request: ProductCategory.objects.all(), label=_("Category")
    )
    supplier = CodesFilter(queryset=visible_companies, method="with_cells_of", label=_("Cells of supplier"))

    phrases = {
        "category": _("of the category {}"),
        "company": pgettext_lazy("company", "of {}"),
        "supplier": _("said to use cells of {}"),
        "q": _("matching “{}”"),
    }

    class Meta:
        model = ProductModel
        fields = []

    def with_cells_of(self, queryset, name, value):
        links = CellSource.objects.visible().filter(product_model=OuterRef("pk"), supplier__in=value)
        return queryset.filter(Exists(links)) if value else queryset
