"""Product models and the battery cells that may be in them."""

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evidence.constraints import slug_shaped
from listing.search import search_index, search_text
from suppliers.models.company import Company
from suppliers.models.mergeable import Mergeable
from suppliers.querysets import BatteryCellQuerySet, ProductModelQuerySet


class ProductCategory(models.Model):
    """A kind of product, such as power bank or speaker."""

    slug = models.SlugField(unique=True, help_text=_("Its name in addresses, such as power-bank."))
    name = models.CharField(max_length=80, unique=True, help_text=_("The name in the singular."))

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("product categories")

    def __str__(self):
        return self.name


class ProductModel(Mergeable):
    """A model as its brand owner numbers it."""

    slug = models.SlugField(max_length=120, unique=True, help_text=_("Its name in addresses, such as a1263."))
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="product_models", help_text=_("The brand owner, who sells it.")
    )
    model_number = models.CharField(max_length=100, help_text=_("The number as printed on the product."))
    name = models.CharField(max_length=200, blank=True, help_text=_("The name it is sold under."))
    category = models.ForeignKey(
        ProductCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="product_models",
        help_text=_("What kind of product it is; empty where not stated."),
    )
    capacity_mah = models.PositiveIntegerField(
        _("capacity"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Rated capacity in mAh; empty where not stated."),
    )
    search_text = search_text("model_number", "name")

    objects = ProductModelQuerySet.as_manager()

    class Meta(Mergeable.Meta):
        ordering = ["model_number", "pk"]
        constraints = [
            *Mergeable.Meta.constraints,
            slug_shaped("suppliers_productmodel_slug_shaped"),
            models.UniqueConstraint(
                fields=["company", "model_number"],
                name="suppliers_productmodel_number_once",
                violation_error_message=_("This company has a model with this number already."),
            ),
            models.CheckConstraint(
                name="suppliers_productmodel_has_number",
                condition=~models.Q(model_number=""),
                violation_error_message=_("A product model needs its number."),
            ),
        ]
        indexes = [search_index("suppliers_model_search")]

    def __str__(self):
        return f"{self.model_number} {self.name}".strip()

    def get_absolute_url(self):
        return reverse("suppliers:productmodel_detail", args=[self.slug])


class BatteryCell(models.Model):
    """A cell type that a supplier makes."""

    supplier = models.ForeignKey(
        Company, models.PROTECT, related_name="battery_cells", help_text=_("The company that makes it.")
    )
    designation = models.CharField(max_length=100, help_text=_("The type as its maker writes it."))
    chemistry = models.CharField(max_length=60, blank=True, help_text=_("Such as lithium-ion."))

    objects = BatteryCellQuerySet.as_manager()

    class Meta:
        ordering = ["supplier", "designation"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "designation"],
                name="suppliers_batterycell_designation_once",
                violation_error_message=_("This supplier has a cell of this designation already."),
            ),
        ]

    def __str__(self):
        return f"{self.supplier} {self.designation}"
