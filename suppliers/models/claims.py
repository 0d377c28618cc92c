"""What is said about suppliers: whose cells are where, who owns, buys, certifies, blames. Each may be a draft."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, not_negative, one_of, window_in_order
from evidence.figures import Grade, Precision, figure_checks
from evidence.models import Publishable
from evidence.partial_dates import PartialDateField
from suppliers.choices import AgreementState, Basis, CertificateState, ClaimKind
from suppliers.models.answer import Answered
from suppliers.models.company import Company
from suppliers.models.product import BatteryCell, ProductModel
from suppliers.querysets import CellSourceQuerySet, ClaimQuerySet, SaidQuerySet

GRADE_HELP = _("How well this is established, by the source behind it.")


class CellSource(Publishable, Answered):
    """“This product model uses this supplier's cells”, with what that rests on."""

    product_model = models.ForeignKey(ProductModel, models.PROTECT, related_name="cell_sources")
    supplier = models.ForeignKey(Company, models.PROTECT, related_name="cell_sources")
    cell = models.ForeignKey(
        BatteryCell,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cell_sources",
        help_text=_("The cell type, where it is known; one of the supplier's own."),
    )
    basis = models.CharField(max_length=20, choices=Basis, help_text=_("What the link rests on."))
    grade = models.CharField(max_length=10, choices=Grade, help_text=GRADE_HELP)

    objects = CellSourceQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["supplier", "product_model", "pk"]
        constraints = [
            one_of("suppliers_cellsource_basis_listed", "basis", Basis),
            one_of("suppliers_cellsource_grade_listed", "grade", Grade),
            *Answered.Meta.constraints,
            models.UniqueConstraint(
                fields=["product_model", "supplier", "cell", "basis"],
                nulls_distinct=False,
                name="suppliers_cellsource_link_once",
                violation_error_message=_("This link with this basis exists already: add a citation to it."),
            ),
        ]

    def __str__(self):
        names = {"model": self.product_model.model_number, "supplier": self.supplier}
        return gettext("%(model)s uses cells of %(supplier)s") % names

    def clean(self):
        if self.cell_id and self.cell.supplier_id != self.supplier_id:
            raise ValidationError({"cell": gettext("This cell is made by another supplier.")})


class Ownership(Publishable):
    """One company holds a share in another."""

    owner = models.ForeignKey(Company, models.PROTECT, related_name="holdings")
    owned = models.ForeignKey(Company, models.PROTECT, related_name="owners")
    share_pct = models.DecimalField(
        _("share"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Share in percent; empty where not stated."),
    )
    grade = models.CharField(max_length=10, choices=Grade, help_text=GRADE_HELP)

    objects = ClaimQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["owned", "owner", "pk"]
        verbose_name_plural = _("ownership")
        constraints = [
            one_of("suppliers_ownership_grade_listed", "grade", Grade),
            models.UniqueConstraint(fields=["owner", "owned"], name="suppliers_ownership_pair_once"),
            FieldCheck(
                field="owned",
                name="suppliers_ownership_of_another",
                condition=~Q(owner=F("owned")),
                violation_error_message=_("A company does not own itself."),
            ),
            FieldCheck(
                field="share_pct",
                name="suppliers_ownership_share_is_percentage",
                condition=Q(share_pct__isnull=True) | Q(share_pct__gte=0, share_pct__lte=100),
                violation_error_message=_("A share lies between 0 and 100 percent."),
            ),
        ]

    def __str__(self):
        return gettext("%(owner)s holds a share in %(owned)s") % {"owner": self.owner, "owned": self.owned}


class SupplyAgreement(Publishable):
    """A buyer's purchase of cells from a supplier."""

    supplier = models.ForeignKey(Company, models.PROTECT, related_name="sales_agreements")
    buyer = models.ForeignKey(Company, models.PROTECT, related_name="purchase_agreements")
    replaces = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text=_("The supplier whose place this one takes."),
    )
    state = models.CharField(
        max_length=12,
        choices=AgreementState,
        default=AgreementState.NOT_STATED,
        help_text=_("Where it stands."),
    )
    terms = models.CharField(max_length=200, blank=True, help_text=_("Its terms in the source's words."))
    scope = models.CharField(max_length=200, blank=True, help_text=_("What is bought."))
    cells_low = models.BigIntegerField(null=True, blank=True, help_text=_("Number of cells, or its low end."))
    cells_high = models.BigIntegerField(
        null=True, blank=True, help_text=_("High end of the number of cells.")
    )
    cells_precision = models.CharField(
        max_length=12, choices=Precision, default=Precision.UNKNOWN, help_text=_("How precise the number is.")
    )
    announced_on = PartialDateField(null=True, blank=True, help_text=_("When it was announced."))
    started_on = PartialDateField(null=True, blank=True, help_text=_("From when."))
    ended_on = PartialDateField(null=True, blank=True, help_text=_("Until when."))
    grade = models.CharField(max_length=10, choices=Grade, help_text=GRADE_HELP)
    note = models.TextField(blank=True, help_text=_("What a reader must know about it."))

    objects = ClaimQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["supplier", "buyer", "pk"]
        constraints = [
            one_of("suppliers_supplyagreement_state_listed", "state", AgreementState),
            one_of("suppliers_supplyagreement_grade_listed", "grade", Grade),
            *figure_checks("suppliers_supplyagreement_cells", "cells"),
            FieldCheck(
                field="buyer",
                name="suppliers_supplyagreement_with_another",
                condition=~Q(supplier=F("buyer")),
                violation_error_message=_("A company does not buy from itself."),
            ),
            FieldCheck(
                field="replaces",
                name="suppliers_supplyagreement_replaces_another",
                condition=Q(replaces__isnull=True) | ~Q(supplier=F("replaces")),
                violation_error_message=_("A supplier does not replace itself."),
            ),
            window_in_order(
                "suppliers_supplyagreement_window_in_order",
                "started_on",
                "ended_on",
                _("It ends before it starts."),
            ),
        ]

    def __str__(self):
        return gettext("%(buyer)s buys cells from %(supplier)s") % {
            "buyer": self.buyer,
            "supplier": self.supplier,
        }


class Certificate(Publishable):
    """A supplier's certification under a scheme, and what became of it."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="certificates")
    scheme = models.CharField(max_length=60, help_text=_("The scheme, such as 3C or CQC."))
    count = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("How many certificates; empty where not stated.")
    )
    state = models.CharField(max_length=24, choices=CertificateState, help_text=_("What became of them."))
    changed_on = PartialDateField(null=True, blank=True, help_text=_("When they came into that state."))
    grade = models.CharField(max_length=10, choices=Grade, help_text=GRADE_HELP)

    objects = ClaimQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["company", "changed_on", "pk"]
        constraints = [
            one_of("suppliers_certificate_state_listed", "state", CertificateState),
            one_of("suppliers_certificate_grade_listed", "grade", Grade),
            not_negative("suppliers_certificate_count_not_negative", "count"),
        ]

    def __str__(self):
        return f"{self.company}: {self.scheme} {self.get_state_display()}"


class Claim(Publishable, Answered):
    """Something said about a company: what, by whom, when, and what was answered."""

    about = models.ForeignKey(Company, models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=20, choices=ClaimKind, help_text=_("What the claim is about."))
    text = models.TextField(help_text=_("What is said, in words that leave it a claim."))
    cells_low = models.BigIntegerField(
        null=True, blank=True, help_text=_("Number of cells claimed, or its low end.")
    )
    cells_high = models.BigIntegerField(
        null=True, blank=True, help_text=_("High end of the number of cells.")
    )
    cells_precision = models.CharField(
        max_length=12, choices=Precision, default=Precision.UNKNOWN, help_text=_("How precise the number is.")
    )
    said_by = models.CharField(max_length=200, help_text=_("Who says so."))
    said_by_company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_made",
        help_text=_("The company that says so, where it is one."),
    )
    said_on = PartialDateField(null=True, blank=True, help_text=_("When it was said."))
    grade = models.CharField(max_length=10, choices=Grade, help_text=GRADE_HELP)

    objects = SaidQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["about", "said_on", "pk"]
        constraints = [
            one_of("suppliers_claim_kind_listed", "kind", ClaimKind),
            one_of("suppliers_claim_grade_listed", "grade", Grade),
            *Answered.Meta.constraints,
            *figure_checks("suppliers_claim_cells", "cells"),
        ]

    def __str__(self):
        return f"{self.about}: {self.text}"
