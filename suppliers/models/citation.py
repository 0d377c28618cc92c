from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.constraints import one_of
from evidence.indexes import link_indexes
from evidence.models import Citation as AbstractCitation
from evidence.models import one_subject
from evidence.querysets import CitationQuerySet
from suppliers.models.claims import CellSource, Certificate, Claim, Ownership, SupplyAgreement
from suppliers.models.company import Company
from suppliers.models.product import BatteryCell, ProductModel

SUBJECTS = [
    "company",
    "product_model",
    "battery_cell",
    "cell_source",
    "ownership",
    "supply_agreement",
    "certificate",
    "claim",
]


class Figure(models.TextChoices):
    """The figures of supplier records that a citation can be about."""

    CELLS = "cells", _("cells")
    SHARE = "share", _("share")
    COUNT = "count", _("number of certificates")
    CAPACITY = "capacity", _("capacity")


def _subject(model):
    return models.ForeignKey(
        model, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False
    )


class Citation(AbstractCitation):
    """A citation of a supplier, a product model, a cell, or what is claimed of them."""

    figure = models.CharField(
        max_length=20, choices=Figure, blank=True, help_text=_("The figure it is about; empty for the whole.")
    )
    company = _subject(Company)
    product_model = _subject(ProductModel)
    battery_cell = _subject(BatteryCell)
    cell_source = _subject(CellSource)
    ownership = _subject(Ownership)
    supply_agreement = _subject(SupplyAgreement)
    certificate = _subject(Certificate)
    claim = _subject(Claim)

    objects = CitationQuerySet.as_manager()

    class Meta(AbstractCitation.Meta):
        constraints = [
            *AbstractCitation.Meta.constraints,
            one_of("suppliers_citation_figure_listed", "figure", Figure, empty=True),
            one_subject("suppliers_citation_one_subject", *SUBJECTS),
        ]
        indexes = link_indexes("suppliers_cite", SUBJECTS)
