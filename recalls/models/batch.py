"""Recall batches: one recall announced for one region, the unit of every table."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from evidence.figures import Currency, Grade, Precision
from evidence.kept import KeptDecimalField, KeptTextField
from evidence.models import Publishable
from evidence.partial_dates import PartialDateField
from listing.search import search_text, without_hyphens
from recalls.choices import Basis, Hazard, Kind
from recalls.models.batch_indexes import INDEXES
from recalls.models.batch_rules import RULES
from recalls.models.incident import Incident
from recalls.models.joint_group import JointGroup
from recalls.models.place import Region, Regulator
from recalls.querysets import RecallBatchQuerySet
from recalls.value import value_field, value_of_units
from suppliers.models import Company


def _number(help_text, **kwargs):
    return models.BigIntegerField(null=True, blank=True, help_text=help_text, **kwargs)


def _money(help_text):
    return models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True, help_text=help_text)


def _precision():
    return models.CharField(
        max_length=12, choices=Precision, default=Precision.UNKNOWN, help_text=_("How precise the figure is.")
    )


def _grade(what):
    return models.CharField(
        max_length=10,
        choices=Grade,
        blank=True,
        help_text=format_lazy(_("How well {what} is established. Empty without a figure."), what=what),
    )


def _currency(what):
    return models.CharField(
        max_length=3,
        choices=Currency,
        blank=True,
        help_text=format_lazy(_("The currency in which {what} was published."), what=what),
    )


def _generated(part, help_text):
    """A column that the database keeps, so that no query has to work it out again."""
    return models.GeneratedField(
        expression=value_of_units(part),
        output_field=value_field(part),
        db_persist=True,
        help_text=help_text,
    )


def _kept(currency, end):
    """A column that a trigger keeps, as it takes the exchange rates as well."""
    what = (
        _("Exposure in {currency}; empty where open, without a figure or a rate.")
        if end == "low"
        else _("High end of the exposure in {currency}; empty where open, without a figure or a rate.")
    )
    return KeptDecimalField(help_text=format_lazy(what, currency=currency))


class RecallBatch(Publishable):
    """One recall announced for one region: how many, worth what, why, and what is offered."""

    slug = models.SlugField(
        max_length=120, unique=True, help_text=_("Its name in addresses, such as us-a1263.")
    )
    title = models.TextField(help_text=_("What is recalled, as the notice names it."))
    kind = models.CharField(
        max_length=10, choices=Kind, default=Kind.RECALL, help_text=_("A warning is not a recall.")
    )
    basis = models.CharField(
        max_length=12,
        choices=Basis,
        default=Basis.NOT_STATED,
        help_text=_("Whether the company was ordered to."),
    )
    incident = models.ForeignKey(
        Incident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="batches",
        db_index=False,
        help_text=_("The crisis it is part of, if any."),
    )
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        related_name="batches",
        db_index=False,
        help_text=_("The brand owner that recalls."),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="batches",
        db_index=False,
        help_text=_("Where the units were sold."),
    )
    regulator = models.ForeignKey(
        Regulator,
        models.PROTECT,
        related_name="batches",
        db_index=False,
        help_text=_("The authority that announced it."),
    )
    notice_number = models.CharField(
        max_length=40, blank=True, help_text=_("The regulator's number of the notice, such as 25-338.")
    )
    announced_on = models.DateField(help_text=_("The day the regulator announced it."))

    units_low = _number(_("Units recalled, or the low end."))
    units_high = _number(_("High end of the units recalled; empty when open."))
    units_precision = _precision()
    units_grade = _grade(_("the number of units"))
    raw_units = models.TextField(
        _("units as published"), blank=True, help_text=_("The text the figure was read from.")
    )

    amount_low = _money(_("Sales amount of the recalled units, or its low end."))
    amount_high = _money(_("High end of the sales amount; empty when open."))
    amount_precision = _precision()
    amount_currency = _currency(_("the amount"))
    amount_grade = _grade(_("the amount"))

    price_low = _money(_("Price of one unit, or its low end."))
    price_high = _money(_("High end of the unit price."))
    price_currency = _currency(_("the price"))
    price_grade = _grade(_("the price"))

    value_low = _generated(
        "low", _("Value of the recalled units, or its low end: the amount, else units × price.")
    )
    value_high = _generated("high", _("High end of the value of the recalled units; empty when open."))
    value_precision = _generated("precision", _("How precise the value is."))
    value_currency = _generated("currency", _("The currency of the value: the amount's or the price's."))
    value_grade = _generated(
        "grade", _("How well the value is established; inferred where it is units × price.")
    )
    value_basis = _generated("basis", _("Published amount, units × price, or no figure."))

    exposure_cny_low = _kept("CNY", "low")
    exposure_cny_high = _kept("CNY", "high")
    exposure_eur_low = _kept("EUR", "low")
    exposure_eur_high = _kept("EUR", "high")
    exposure_gbp_low = _kept("GBP", "low")
    exposure_gbp_high = _kept("GBP", "high")
    exposure_jpy_low = _kept("JPY", "low")
    exposure_jpy_high = _kept("JPY", "high")
    exposure_usd_low = _kept("USD", "low")
    exposure_usd_high = _kept("USD", "high")

    sold_from = PartialDateField(null=True, blank=True, help_text=_("Sold from, as far as known."))
    sold_until = PartialDateField(null=True, blank=True, help_text=_("Sold until, as far as known."))
    raw_sold = models.TextField(
        _("sales as published"),
        blank=True,
        help_text=_("The text that price and sold window were read from."),
    )
    made_from = PartialDateField(null=True, blank=True, help_text=_("Made from, as far as known."))
    made_until = PartialDateField(null=True, blank=True, help_text=_("Made until, as far as known."))

    hazards = ArrayField(
        models.CharField(max_length=20, choices=Hazard),
        default=list,
        blank=True,
        help_text=_("What can happen."),
    )
    cause = models.TextField(blank=True, help_text=_("The cause given for this batch."))
    reports = _number(_("Reports of failures; empty where not stated."))
    injuries = _number(_("Injuries reported; empty where not stated."))
    deaths = _number(_("Deaths reported; empty where not stated."))
    damage_reports = _number(_("Reports of property damage; empty where not stated."))
    damage_low = _money(_("Property damage reported, or its low end."))
    damage_high = _money(_("High end of the property damage; empty when open."))
    damage_precision = _precision()
    damage_currency = _currency(_("the damage"))
    raw_harm = models.TextField(
        _("harm as published"),
        blank=True,
        help_text=_("The text that reports, injuries and damage were read from."),
    )

    joint_group = models.ForeignKey(
        JointGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="batches",
        db_index=False,
        help_text=_("The batches of other regions it was announced with."),
    )
    expands = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expanded_by",
        db_index=False,
        help_text=_("An earlier batch that this one widens. Changes no total."),
    )
    upgrades = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="upgraded_by",
        db_index=False,
        help_text=_("The warning that this recall follows up."),
    )
    counted_in = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="counted_batches",
        db_index=False,
        help_text=_(
            "The batch whose figure already includes these units; a total that holds both counts them once."
        ),
    )
    note = models.TextField(blank=True, help_text=_("What a reader must know about it."))
    search_text = search_text("title", "slug", "notice_number", without_hyphens("notice_number"))

    models_text = KeptTextField(help_text=_("Numbers of its models, as the list shows them."))
    remedies_text = KeptTextField(help_text=_("Kinds of its remedies, as the list shows them."))

    objects = RecallBatchQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-announced_on", "-pk"]
        verbose_name_plural = _("recall batches")
        constraints = RULES
        indexes = INDEXES

    def __str__(self):
        return f"{self.title} ({self.region.code}, {self.announced_on})"

    def get_absolute_url(self):
        return reverse("recalls:recallbatch_detail", args=[self.slug])
