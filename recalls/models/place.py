"""Where units were sold, and the authorities that announce recalls there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, one_of
from evidence.figures import Currency
from recalls.region_names import region_name

ELSEWHERE = "ZZ"


class Region(models.Model):
    """A country, the EU as one market, or elsewhere (ZZ: units sold in places the notice does not name)."""

    code = models.CharField(
        max_length=2, unique=True, help_text=_("ISO 3166-1 alpha-2 code, EU, or ZZ for elsewhere, not named.")
    )
    name = models.CharField(max_length=80, unique=True, help_text=_("The name in English."))
    currency = models.CharField(
        max_length=3,
        choices=Currency,
        blank=True,
        help_text=_("The currency that prices there are usually in."),
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            one_of("recalls_region_currency_listed", "currency", Currency, empty=True),
            FieldCheck(
                field="code",
                name="recalls_region_code_alpha_2",
                condition=Q(code__regex=r"^[A-Z]{2}$"),
                violation_error_message=_("Two capital letters, as in ISO 3166-1: CN."),
            ),
        ]

    def __str__(self):
        return region_name(self.code, self.name)


class Regulator(models.Model):
    """An authority that announces recalls."""

    slug = models.SlugField(unique=True, help_text=_("Its name in addresses, such as cpsc."))
    abbreviation = models.CharField(max_length=40, unique=True, help_text=_("The short name, such as CPSC."))
    name = models.CharField(max_length=200, help_text=_("The full name."))
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="regulators", help_text=_("Where it has its say.")
    )

    class Meta:
        ordering = ["abbreviation"]

    def __str__(self):
        return self.abbreviation
