"""Companies and the names they go by in each script."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, slug_shaped
from listing.search import search_index, search_text
from suppliers.models.mergeable import Mergeable
from suppliers.names import key_of, name_shown
from suppliers.querysets import CompanyQuerySet

ALPHA_2 = RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as in ISO 3166-1: CN."))


class Company(Mergeable):
    """Any firm. Its part (brand owner, cell maker, investor, retailer) comes from its relations."""

    slug = models.SlugField(max_length=80, unique=True, help_text=_("Its name in addresses, such as apex."))
    name = models.CharField(max_length=200, help_text=_("The name it is best known by."))
    legal_name = models.CharField(
        max_length=200, blank=True, help_text=_("The registered name, where it is another.")
    )
    country = models.CharField(
        max_length=2, blank=True, validators=[ALPHA_2], help_text=_("Seat, as an ISO 3166-1 alpha-2 code.")
    )
    ticker = models.CharField(
        max_length=20, blank=True, help_text=_("Stock-exchange code, such as 300866.SZ.")
    )
    note = models.TextField(blank=True, help_text=_("What a reader must know about it."))
    is_reviewed = models.BooleanField(
        _("reviewed"),
        default=True,
        help_text=_(
            "Staff have looked at it. A company that an import made by a name it did not know is not."
        ),
    )
    name_key = key_of("name")
    legal_name_key = key_of("legal_name")
    search_text = search_text("name", "legal_name", "slug")

    objects = CompanyQuerySet.as_manager()

    class Meta(Mergeable.Meta):
        ordering = ["name", "pk"]
        verbose_name_plural = _("companies")
        constraints = [
            *Mergeable.Meta.constraints,
            slug_shaped("suppliers_company_slug_shaped"),
            FieldCheck(
                field="country",
                name="suppliers_company_country_alpha_2",
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
                violation_error_message=ALPHA_2.message,
            ),
            FieldCheck(
                field="name",
                name="suppliers_company_has_name",
                condition=~Q(name=""),
                violation_error_message=_("A company needs a name."),
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="suppliers_company_in_order"),
            models.Index(fields=["name_key"], name="suppliers_company_by_name"),
            models.Index(fields=["legal_name_key"], name="suppliers_company_by_legal"),
            search_index("suppliers_company_search"),
        ]

    def __str__(self):
        return name_shown(self.name)

    def get_absolute_url(self):
        return reverse("suppliers:company_detail", args=[self.slug])


class CompanyAlias(models.Model):
    """Another name of a company, in the script and language it is used in."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, help_text=_("The name as written, in any script."))
    language = models.CharField(
        max_length=8,
        blank=True,
        help_text=_("Language of the name, as an ISO 639-1 code; empty where it is not known."),
    )
    name_key = key_of("name")
    search_text = search_text("name")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("company aliases")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"],
                name="suppliers_companyalias_name_once",
                violation_error_message=_("This company has this alias already."),
            ),
        ]
        indexes = [
            models.Index(fields=["name_key"], name="suppliers_alias_by_name"),
            search_index("suppliers_alias_search"),
        ]

    def __str__(self):
        return self.name
