"""The values that sources state and we do not use, of both apps in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.figures import Currency
from evidence.models import Source, Stance
from recalls.conflicts import ConflictQuerySet
from recalls.models.analysis import Analysis
from recalls.models.batch import RecallBatch
from recalls.models.citation import Figure
from recalls.models.incident import Incident, RootCause
from recalls.models.response import (
    ContributingFactor,
    Event,
    FinancialIndicator,
    Impact,
    Measure,
    RecoveryPhase,
)
from suppliers.models import (
    BatteryCell,
    CellSource,
    Certificate,
    Claim,
    Company,
    Ownership,
    ProductModel,
    SupplyAgreement,
)
from suppliers.models.citation import Figure as SupplierFigure

FIGURES = [*Figure.choices, *SupplierFigure.choices]


def _link(model):
    return models.ForeignKey(model, models.DO_NOTHING, null=True, blank=True, related_name="+")


class Conflict(models.Model):
    """A citation that rounds or contradicts a figure: a row of a database view over both citation tables.

    It is of exactly one of the records that its links name. No record links back to it.
    """

    key = models.CharField(max_length=40, primary_key=True, help_text=_("The citation's table and number."))
    source = models.ForeignKey(Source, models.DO_NOTHING, related_name="+")
    figure = models.CharField(max_length=20, choices=FIGURES, help_text=_("The figure it is about."))
    stance = models.CharField(max_length=12, choices=Stance, help_text=_("Rounds or contradicts."))
    stated_low = models.DecimalField(
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The value it states, or its low end."),
    )
    stated_high = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, blank=True, help_text=_("High end; empty for “at least”.")
    )
    stated_currency = models.CharField(
        max_length=3, choices=Currency, blank=True, help_text=_("Only for money.")
    )
    where = models.CharField(max_length=200, blank=True, help_text=_("Where in the source."))
    note = models.TextField(blank=True, help_text=_("What a reader must know about this value."))

    batch = _link(RecallBatch)
    incident = _link(Incident)
    root_cause = _link(RootCause)
    contributing_factor = _link(ContributingFactor)
    impact = _link(Impact)
    measure = _link(Measure)
    recovery_phase = _link(RecoveryPhase)
    financial_indicator = _link(FinancialIndicator)
    event = _link(Event)
    analysis = _link(Analysis)
    company = _link(Company)
    product_model = _link(ProductModel)
    battery_cell = _link(BatteryCell)
    cell_source = _link(CellSource)
    ownership = _link(Ownership)
    supply_agreement = _link(SupplyAgreement)
    certificate = _link(Certificate)
    claim = _link(Claim)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "recalls_conflict"
        default_permissions = ()
        ordering = ["stance", "key"]

    def __str__(self):
        return f"{self.source.publisher} {self.stance} {self.figure}"
