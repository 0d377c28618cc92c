"""What followed from an incident: factors, impacts, measures, recovery, money and dated events."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, one_of
from evidence.figures import Currency, Precision
from evidence.partial_dates import PartialDateField
from recalls.choices import EventKind, ImpactKind, StepState
from recalls.models.incident import IncidentPart
from suppliers.models import Company


class Step(IncidentPart):
    """Something to be done, with how far it has come."""

    state = models.CharField(
        max_length=12,
        choices=StepState,
        default=StepState.NOT_STATED,
        help_text=_("How far it has come, as its source says; never guessed from a date."),
    )

    class Meta(IncidentPart.Meta):
        abstract = True
        constraints = [
            *IncidentPart.Meta.constraints,
            one_of("recalls_%(class)s_state_listed", "state", StepState),
        ]


class ContributingFactor(IncidentPart):
    """A weakness that let the cause do its harm."""

    category = models.CharField(max_length=60, help_text=_("Such as supplier management."))


class Impact(IncidentPart):
    """What the incident did to sales channels, consumers, or the company's standing."""

    kind = models.CharField(max_length=20, choices=ImpactKind, help_text=_("Whom or what it hit."))
    place = models.CharField(max_length=200, help_text=_("Where: a retailer, a platform, a country."))
    happened_on = PartialDateField(null=True, blank=True, help_text=_("When, as far as known."))

    class Meta(IncidentPart.Meta):
        constraints = [
            *IncidentPart.Meta.constraints,
            one_of("recalls_impact_kind_listed", "kind", ImpactKind),
        ]


class Measure(Step):
    """What the company did about it."""

    category = models.CharField(max_length=60, help_text=_("Such as supply chain."))
    happened_on = PartialDateField(null=True, blank=True, help_text=_("When, as far as known."))


class RecoveryPhase(Step):
    """A phase of the way back, as its author sees it: `text` is the outcome aimed at."""

    order = models.PositiveSmallIntegerField(help_text=_("Its place in the sequence, from 1."))
    name = models.CharField(max_length=60, help_text=_("Such as contain."))
    horizon = models.CharField(
        max_length=60, blank=True, help_text=_("The time it is given; empty where not stated.")
    )
    tasks = ArrayField(models.TextField(), help_text=_("What is to be done, one task a line."))
    challenge = models.TextField(blank=True, help_text=_("What stands in the way."))

    class Meta(Step.Meta):
        ordering = ["incident", "order", "pk"]
        constraints = [
            *Step.Meta.constraints,
            models.UniqueConstraint(
                fields=["incident", "order"],
                name="recalls_recoveryphase_order_once",
                violation_error_message=_("This incident has a phase with this number already."),
            ),
        ]


class Event(IncidentPart):
    """Something dated that happened in the course of an incident."""

    kind = models.CharField(max_length=20, choices=EventKind, help_text=_("What kind of event it is."))
    happened_on = PartialDateField(help_text=_("When, as precisely as it is known."))

    class Meta(IncidentPart.Meta):
        ordering = ["incident", "happened_on", "pk"]
        constraints = [
            *IncidentPart.Meta.constraints,
            one_of("recalls_event_kind_listed", "kind", EventKind),
        ]


class FinancialIndicator(IncidentPart):
    """A figure from a company's books, or an outside estimate; `text` names the metric. Never added to exposure."""

    company = models.ForeignKey(
        Company, models.PROTECT, related_name="financial_indicators", help_text=_("Whose figure it is.")
    )
    period = PartialDateField(null=True, blank=True, help_text=_("The period it covers: 2025-H1."))
    value = models.DecimalField(
        max_digits=20, decimal_places=2, help_text=_("The figure; may be below zero.")
    )
    currency = models.CharField(
        max_length=3, choices=Currency, blank=True, help_text=_("Its currency; empty for a percentage.")
    )
    precision = models.CharField(
        max_length=12, choices=Precision, default=Precision.EXACT, help_text=_("How precise the figure is.")
    )
    change_on_year_pct = models.DecimalField(
        _("change on the year"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Change on the same period a year before, in percent."),
    )

    class Meta(IncidentPart.Meta):
        constraints = [
            *IncidentPart.Meta.constraints,
            one_of("recalls_financialindicator_currency_listed", "currency", Currency, empty=True),
            FieldCheck(
                field="precision",
                name="recalls_financialindicator_precision_listed",
                condition=Q(precision__in=["exact", "approximate", "at_least", "at_most"]),
                violation_error_message=_("One figure is exact, approximate, at least or at most."),
            ),
        ]
