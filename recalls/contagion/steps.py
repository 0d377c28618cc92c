"""The steps of one set of links, each as a table of its own."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property

from recalls.contagion.reach import Reach, lines_of, reach, reach_by
from recalls.parts import PartKind

MANY = 100  # groups or lines of one step on the page; all of them are in the file


@dataclass(frozen=True)
class Group:
    """A product model, brand or region, and the reach of the links through it."""

    name: str
    url: str
    reach: Reach


class Steps:
    """The `contagion` rows of one standing, and what they come to."""

    def __init__(self, standing, rows, currency, grades=()):
        self.standing, self.rows, self.currency, self.grades = standing, rows, currency, grades
        self.reach = reach(rows, currency, grades)

    @cached_property
    def models(self):
        names = ["product_model__model_number", "product_model__slug"]
        return self._groups("product_model", "product_model", names, _page("suppliers:productmodel_detail"))

    @cached_property
    def brands(self):
        brand = "product_model__company"
        return self._groups(
            brand, brand, [f"{brand}__name", f"{brand}__slug"], _page("suppliers:company_detail")
        )

    @cached_property
    def regions(self):
        return self._groups("region_pk", "batch__region", ["region_name", "region_code"], "?region={}".format)

    @cached_property
    def up_to(self):
        """Recalled products whose batch states only the units of all its models."""
        lines = lines_of(self.rows, grades=self.grades).filter(part_kind=PartKind.UP_TO, is_inside=False)
        lines = lines.select_related("batch__region", "product_model")
        return lines.prefetch_related("batch__citations__source").order_by("-batch__announced_on", "pk")[
            :MANY
        ]

    def _groups(self, key, line_key, names, url):
        groups = reach_by(self.rows, key, line_key, names, MANY, self.grades)
        return [Group(group[names[0]], url(group[names[1]]), reach) for group, reach in groups]


def _page(name):
    return lambda slug: reverse(name, args=[slug])
