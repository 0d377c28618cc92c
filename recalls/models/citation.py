from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.constraints import one_of
from evidence.indexes import link_indexes
from evidence.models import Citation as AbstractCitation
from evidence.models import one_subject
from evidence.querysets import CitationQuerySet
from recalls.models.analysis import Analysis
from recalls.models.batch import RecallBatch
from recalls.models.incident import Incident, RootCause
from recalls.models.response import (
    ContributingFactor,
    Event,
    FinancialIndicator,
    Impact,
    Measure,
    RecoveryPhase,
)

SUBJECTS = [
    "batch",
    "incident",
    "root_cause",
    "contributing_factor",
    "impact",
    "measure",
    "recovery_phase",
    "financial_indicator",
    "event",
    "analysis",
]


class Figure(models.TextChoices):
    """The figures of recall records that a citation can be about."""

    UNITS = "units", _("units")
    AMOUNT = "amount", _("sales amount")
    PRICE = "price", _("unit price")
    REPORTS = "reports", _("reports")
    INJURIES = "injuries", _("injuries")
    DEATHS = "deaths", _("deaths")
    DAMAGE = "damage", _("property damage")
    VALUE = "value", _("value")


def _subject(model):
    return models.ForeignKey(
        model, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False
    )


class Citation(AbstractCitation):
    """A citation of a batch, an incident or one of their parts."""

    figure = models.CharField(
        max_length=20, choices=Figure, blank=True, help_text=_("The figure it is about; empty for the whole.")
    )
    batch = _subject(RecallBatch)
    incident = _subject(Incident)
    root_cause = _subject(RootCause)
    contributing_factor = _subject(ContributingFactor)
    impact = _subject(Impact)
    measure = _subject(Measure)
    recovery_phase = _subject(RecoveryPhase)
    financial_indicator = _subject(FinancialIndicator)
    event = _subject(Event)
    analysis = _subject(Analysis)

    objects = CitationQuerySet.as_manager()

    class Meta(AbstractCitation.Meta):
        constraints = [
            *AbstractCitation.Meta.constraints,
            one_of("recalls_citation_figure_listed", "figure", Figure, empty=True),
            one_subject("recalls_citation_one_subject", *SUBJECTS),
        ]
        indexes = link_indexes("recalls_cite", SUBJECTS)
