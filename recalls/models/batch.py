"""Recall batches: one recall announced for one region, the unit of every table."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from evidence.constraints import FieldCheck, in_order, not_negative, one_of, slug_shaped, window_in_order
from evidence.figures import Currency, Grade, Precision, currency_check, figure_checks, graded_check
from evidence.indexes import link_indexes
from evidence.kept import KeptTextField
from evidence.models import Publishable
from evidence.partial_dates import PartialDateField
from listing.search import search_index, search_text, without_hyphens
from recalls.choices import Basis, Hazard, Kind
from recalls.kept_fields import CURRENCIES, ENDS, KeptDecimalField, kept_exposure
from recalls.models.incident import Incident
from recalls.models.joint_group import JointGroup
from recalls.models.place import Region, Regulator
from recalls.models.sorting import by_day, published_in_order, with_amount
from recalls.querysets import RecallBatchQuerySet
from recalls.value import value_field, value_of_units
from suppliers.models import Company


def _number(help_text, **kwargs):
    return models.BigIntegerField(null=True, blank=True, help_text=help_text, **kwargs)


def _money(help_text):
    return models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True, help_text=help_text)


def _precision():
    return models.CharField(
        max_length=12, choices=Precision, default=Precision.UNKNOWN, help_text="How precise the figure is."
    )


def _grade(what):
    return models.CharField(
        max_length=10,
        choices=Grade,
        blank=True,
        help_text=f"How well {what} is established. Empty without a figure.",
    )


def _currency(what):
    return models.CharField(
        max_length=3, choices=Currency, blank=True, help_text=f"The currency in which {what} was published."
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
    what = "Exposure" if end == "low" else "High end of the exposure"
    return KeptDecimalField(help_text=f"{what} in {currency}; empty where open, without a figure or a rate.")


def _sorts_by_exposure():
    for currency in CURRENCIES:
        ends = [kept_exposure(currency, end) for end in ENDS]
        name = f"recalls_batch_by_{currency.lower()}"
        yield models.Index(Coalesce(*ends), "id", include=ends, condition=Q(is_published=True), name=name)


LINKS = ["incident", "joint_group", "expands", "upgrades"]  # most batches have none of them
# What is taken off the sums of all batches, read from the index of the few that are counted in another.
SUMMED = ["is_published", "announced_on", "region", "regulator", "hazards"]
SUMMED += [f"units_{part}" for part in ("low", "high", "precision", "grade")]
SUMMED += [f"value_{part}" for part in ("low", "high", "precision", "grade", "currency", "basis")]
SUMMED += [kept_exposure(currency, end) for currency in CURRENCIES for end in ENDS]


class RecallBatch(Publishable):
    """One recall announced for one region: how many, worth what, why, and what is offered."""

    slug = models.SlugField(max_length=120, unique=True, help_text="Its name in addresses, such as us-a1263.")
    title = models.TextField(help_text="What is recalled, as the notice names it.")
    kind = models.CharField(
        max_length=10, choices=Kind, default=Kind.RECALL, help_text="A warning is not a recall."
    )
    basis = models.CharField(
        max_length=12,
        choices=Basis,
        default=Basis.NOT_STATED,
        help_text="Whether the company was ordered to.",
    )
    incident = models.ForeignKey(
        Incident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="batches",
        db_index=False,
        help_text="The crisis it is part of, if any.",
    )
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        related_name="batches",
        db_index=False,
        help_text="The brand owner that recalls.",
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="batches",
        db_index=False,
        help_text="Where the units were sold.",
    )
    regulator = models.ForeignKey(
        Regulator,
        models.PROTECT,
        related_name="batches",
        db_index=False,
        help_text="The authority that announced it.",
    )
    notice_number = models.CharField(
        max_length=40, blank=True, help_text="The regulator's number of the notice, such as 25-338."
    )
    announced_on = models.DateField(help_text="The day the regulator announced it.")

    units_low = _number("Units recalled, or the low end.")
    units_high = _number("High end of the units recalled; empty when open.")
    units_precision = _precision()
    units_grade = _grade("the number of units")
    raw_units = models.TextField(
        "units as published", blank=True, help_text="The text the figure was read from."
    )

    amount_low = _money("Sales amount of the recalled units, or its low end.")
    amount_high = _money("High end of the sales amount; empty when open.")
    amount_precision = _precision()
    amount_currency = _currency("the amount")
    amount_grade = _grade("the amount")

    price_low = _money("Price of one unit, or its low end.")
    price_high = _money("High end of the unit price.")
    price_currency = _currency("the price")
    price_grade = _grade("the price")

    value_low = _generated(
        "low", "Value of the recalled units, or its low end: the amount, else units × price."
    )
    value_high = _generated("high", "High end of the value of the recalled units; empty when open.")
    value_precision = _generated("precision", "How precise the value is.")
    value_currency = _generated("currency", "The currency of the value: the amount's or the price's.")
    value_grade = _generated(
        "grade", "How well the value is established; inferred where it is units × price."
    )
    value_basis = _generated("basis", "Published amount, units × price, or no figure.")

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

    sold_from = PartialDateField(null=True, blank=True, help_text="Sold from, as far as known.")
    sold_until = PartialDateField(null=True, blank=True, help_text="Sold until, as far as known.")
    raw_sold = models.TextField(
        "sales as published", blank=True, help_text="The text that price and sold window were read from."
    )
    made_from = PartialDateField(null=True, blank=True, help_text="Made from, as far as known.")
    made_until = PartialDateField(null=True, blank=True, help_text="Made until, as far as known.")

    hazards = ArrayField(
        models.CharField(max_length=20, choices=Hazard),
        default=list,
        blank=True,
        help_text="What can happen.",
    )
    cause = models.TextField(blank=True, help_text="The cause given for this batch.")
    reports = _number("Reports of failures; empty where not stated.")
    injuries = _number("Injuries reported; empty where not stated.")
    deaths = _number("Deaths reported; empty where not stated.")
    damage_reports = _number("Reports of property damage; empty where not stated.")
    damage_low = _money("Property damage reported, or its low end.")
    damage_high = _money("High end of the property damage; empty when open.")
    damage_precision = _precision()
    damage_currency = _currency("the damage")
    raw_harm = models.TextField(
        "harm as published",
        blank=True,
        help_text="The text that reports, injuries and damage were read from.",
    )

    joint_group = models.ForeignKey(
        JointGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="batches",
        db_index=False,
        help_text="The batches of other regions it was announced with.",
    )
    expands = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expanded_by",
        db_index=False,
        help_text="An earlier batch that this one widens. Changes no total.",
    )
    upgrades = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="upgraded_by",
        db_index=False,
        help_text="The warning that this recall follows up.",
    )
    counted_in = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="counted_batches",
        db_index=False,
        help_text="The batch whose figure already includes these units; a total that holds both counts them once.",
    )
    note = models.TextField(blank=True, help_text="What a reader must know about it.")
    search_text = search_text("title", "slug", "notice_number", without_hyphens("notice_number"))

    models_text = KeptTextField(help_text="Numbers of its models, as the list shows them.")
    remedies_text = KeptTextField(help_text="Kinds of its remedies, as the list shows them.")

    objects = RecallBatchQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-announced_on", "-pk"]
        verbose_name_plural = "recall batches"
        constraints = [
            slug_shaped("recalls_recallbatch_slug_shaped"),
            one_of("recalls_recallbatch_kind_listed", "kind", Kind),
            one_of("recalls_recallbatch_basis_listed", "basis", Basis),
            *figure_checks("recalls_recallbatch_units", "units"),
            one_of("recalls_recallbatch_units_grade_listed", "units_grade", Grade, empty=True),
            graded_check("recalls_recallbatch_units_graded", "units_grade", "units_low", "units_high"),
            *figure_checks("recalls_recallbatch_amount", "amount"),
            one_of("recalls_recallbatch_amount_currency_listed", "amount_currency", Currency, empty=True),
            currency_check(
                "recalls_recallbatch_amount_has_currency", "amount_currency", "amount_low", "amount_high"
            ),
            one_of("recalls_recallbatch_amount_grade_listed", "amount_grade", Grade, empty=True),
            graded_check("recalls_recallbatch_amount_graded", "amount_grade", "amount_low", "amount_high"),
            not_negative("recalls_recallbatch_price_low_not_negative", "price_low"),
            not_negative("recalls_recallbatch_price_high_not_negative", "price_high"),
            in_order(
                "recalls_recallbatch_price_high_not_below_low",
                "price_low",
                "price_high",
                "The high price is below the low one.",
            ),
            one_of("recalls_recallbatch_price_currency_listed", "price_currency", Currency, empty=True),
            currency_check(
                "recalls_recallbatch_price_has_currency", "price_currency", "price_low", "price_high"
            ),
            one_of("recalls_recallbatch_price_grade_listed", "price_grade", Grade, empty=True),
            graded_check("recalls_recallbatch_price_graded", "price_grade", "price_low", "price_high"),
            *figure_checks("recalls_recallbatch_damage", "damage"),
            one_of("recalls_recallbatch_damage_currency_listed", "damage_currency", Currency, empty=True),
            currency_check(
                "recalls_recallbatch_damage_has_currency", "damage_currency", "damage_low", "damage_high"
            ),
            *(
                not_negative(f"recalls_recallbatch_{name}_not_negative", name)
                for name in ("reports", "injuries", "deaths", "damage_reports")
            ),
            window_in_order(
                "recalls_recallbatch_sold_in_order",
                "sold_from",
                "sold_until",
                "Sold until lies before sold from.",
            ),
            window_in_order(
                "recalls_recallbatch_made_in_order",
                "made_from",
                "made_until",
                "Made until lies before made from.",
            ),
            FieldCheck(
                field="hazards",
                name="recalls_recallbatch_hazards_listed",
                condition=Q(hazards__contained_by=Hazard.values),
                violation_error_message="Choose hazards of the list.",
            ),
            models.UniqueConstraint(
                fields=["regulator", "notice_number", "region"],
                condition=~Q(notice_number=""),
                name="recalls_recallbatch_notice_once",
                violation_error_message="This regulator's notice is entered for this region already.",
            ),
            FieldCheck(
                field="expands",
                name="recalls_recallbatch_expands_another",
                condition=Q(expands__isnull=True) | ~Q(expands=F("id")),
                violation_error_message="A batch does not expand itself.",
            ),
            FieldCheck(
                field="upgrades",
                name="recalls_recallbatch_upgrades_another",
                condition=Q(upgrades__isnull=True) | ~Q(upgrades=F("id")),
                violation_error_message="A batch does not follow up itself.",
            ),
            FieldCheck(
                field="slug",
                name="recalls_recallbatch_slug_not_taken",
                condition=~Q(slug__iexact="revisions"),
                violation_error_message="/recalls/revisions/ is the list of revisions: choose another name.",
            ),
            FieldCheck(
                field="counted_in",
                name="recalls_recallbatch_counted_in_another",
                condition=Q(counted_in__isnull=True) | ~Q(counted_in=F("id")),
                violation_error_message="A batch is not counted in itself.",
            ),
        ]
        indexes = [
            *by_day("recalls_batch"),
            *published_in_order("recalls_batch"),
            with_amount("recalls_batch"),
            models.Index(fields=["id"], condition=Q(is_published=False), name="recalls_batch_drafts"),
            *link_indexes("recalls_batch", LINKS),
            models.Index(
                fields=["counted_in"],
                include=SUMMED,
                condition=Q(counted_in__isnull=False),
                name="recalls_batch_inside",
            ),
            *_sorts_by_exposure(),
            search_index("recalls_batch_search"),
        ]

    def __str__(self):
        return f"{self.title} ({self.region.code}, {self.announced_on})"

    def get_absolute_url(self):
        return reverse("recalls:recallbatch_detail", args=[self.slug])
