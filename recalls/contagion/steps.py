"""The steps of one set of links, each as a table of its own."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property

from recalls.contagion.reach import Reach, counts_of, reach_by, reach_of
from recalls.contagion.sums import TOTAL, sums_by_step
from recalls.models import RecalledProduct
from recalls.parts import with_parts
from recalls.region_names import region_name
from suppliers.names import name_shown

MANY = 100  # groups of one step on the page; all of them are in the file


@dataclass(frozen=True)
class Group:
    """A product model, brand or region, and the reach of the links through it."""

    name: str
    url: str
    reach: Reach


class Steps:
    """The `contagion` rows of one standing, and what they come to."""

    def __init__(self, standing, rows, currency, grades=()):
        self.standing, self.rows, self.currency = standing, rows, currency
        counts = counts_of(rows)
        self.sums = sums_by_step(rows, currency, grades) if counts["recalled"] else {}
        self.reach = reach_of(counts, self.sums, TOTAL)

    @cached_property
    def models(self):
        names = ["product_model__model_number", "product_model__slug"]
        return self._groups("model", "product_model", names, _page("suppliers:productmodel_detail"))

    @cached_property
    def brands(self):
        brand = "product_model__company"
        names = [f"{brand}__name", f"{brand}__slug"]
        return self._groups("brand", brand, names, _page("suppliers:company_detail"))

    @cached_property
    def regions(self):
        address = f"?currency={self.currency}&region={{}}".format
        return self._groups("region", "region_pk", ["region_name", "region_code"], address)

    @cached_property
    def up_to(self):
        """Recalled products whose batch states only the units of all its models."""
        lines = RecalledProduct.objects.filter(pk__in=self.sums.get(TOTAL, {}).get("up_to_lines") or [])
        lines = with_parts(lines).select_related("batch__region", "product_model")
        return lines.prefetch_related("batch__citations__source").order_by("-batch__announced_on", "pk")

    def _groups(self, step, key, names, url):
        groups = reach_by(self.rows, self.sums, step, key, names, MANY)
        return [Group(_called(step, group, names), url(group[names[1]]), reach) for group, reach in groups]


def _called(step, group, names):
    name, code = (group[column] for column in names)
    return region_name(code, name) if step == "region" else name_shown(name)


def _page(name):
    return lambda slug: reverse(name, args=[slug])
