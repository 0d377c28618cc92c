"""What the contagion view can be narrowed to."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evidence.figures import Grade
from listing.filters import ChoicesFilter, CodesFilter, DayFilter, FilterSet
from recalls.filters import CurrencyFilter
from recalls.models import Region
from recalls.parts import PartKind
from suppliers.choices import Basis, Standing
from suppliers.models import CellSource, Company, ProductModel


class ContagionFilterSet(FilterSet):
    company = CodesFilter(
        queryset=lambda request: Company.objects.visible(),
        field_name="product_model__company",
        label=_("Brand"),
    )
    model = CodesFilter(
        queryset=lambda request: ProductModel.objects.visible(),
        field_name="product_model",
        label=_("Product model"),
    )
    region = CodesFilter(
        short=True,
        queryset=lambda request: Region.objects.all(),
        field_name="region_pk",
        to_field_name="code",
        upper=True,
        label=_("Region"),
    )
    standing = ChoicesFilter(choices=Standing, distinct=False, label=_("Known or alleged"))
    grade = ChoicesFilter(choices=Grade, distinct=False, label=_("Grade of the link and the units"))
    basis = ChoicesFilter(choices=Basis, distinct=False, label=_("Link rests on"))
    units = ChoicesFilter(
        choices=PartKind, field_name="part_kind", distinct=False, label=_("What the units rest on")
    )
    announced_after = DayFilter(field_name="announced_on", lookup_expr="gte", label=_("Announced from"))
    announced_before = DayFilter(field_name="announced_on", lookup_expr="lte", label=_("Announced until"))

    currency = CurrencyFilter()

    phrases = {
        "company": pgettext_lazy("company", "in models of {}"),
        "model": pgettext_lazy("model", "in {}"),
        "region": _("recalled in {}"),
        "standing": _("by links that are {}"),
        "grade": _("by links graded {}, with units of these grades"),
        "basis": pgettext_lazy("basis", "by {}"),
        "units": _("with units: {}"),
        "announced_after": _("announced from {} on"),
        "announced_before": _("announced until {}"),
    }

    class Meta:
        model = CellSource
        fields = []
