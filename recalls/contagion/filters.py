"""What the contagion view can be narrowed to."""

from evidence.figures import Grade
from listing.filters import ChoicesFilter, CodesFilter, DayFilter, FilterSet
from recalls.filters import CurrencyFilter
from recalls.models import Region
from recalls.parts import PartKind
from suppliers.choices import Basis, Standing
from suppliers.models import CellSource, Company, ProductModel


class ContagionFilterSet(FilterSet):
    company = CodesFilter(
        queryset=lambda request: Company.objects.visible(), field_name="product_model__company", label="Brand"
    )
    model = CodesFilter(
        queryset=lambda request: ProductModel.objects.visible(),
        field_name="product_model",
        label="Product model",
    )
    region = CodesFilter(
        short=True,
        queryset=lambda request: Region.objects.all(),
        field_name="region_pk",
        to_field_name="code",
        upper=True,
    )
    standing = ChoicesFilter(choices=Standing, distinct=False, label="Known or alleged")
    grade = ChoicesFilter(choices=Grade, distinct=False, label="Grade of the link and the units")
    basis = ChoicesFilter(choices=Basis, distinct=False, label="Link rests on")
    units = ChoicesFilter(
        choices=PartKind, field_name="part_kind", distinct=False, label="What the units rest on"
    )
    announced_after = DayFilter(field_name="announced_on", lookup_expr="gte", label="Announced from")
    announced_before = DayFilter(field_name="announced_on", lookup_expr="lte", label="Announced until")

    currency = CurrencyFilter()

    phrases = {
        "company": "in models of {}",
        "model": "in {}",
        "region": "recalled in {}",
        "standing": "by links that are {}",
        "grade": "by links graded {}, with units of these grades",
        "basis": "by {}",
        "units": "with units: {}",
        "announced_after": "announced from {} on",
        "announced_before": "announced until {}",
    }

    class Meta:
        model = CellSource
        fields = []
