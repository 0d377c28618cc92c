"""The lines of a batch: its recalled products, and how its recall proceeds."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, in_order, not_negative, one_of, window_in_order
from evidence.figures import Currency, Grade, Precision, currency_check, figure_checks, graded_check
from evidence.models import Source
from evidence.partial_dates import PartialDateField
from recalls.models.batch import RecallBatch
from recalls.querysets import BatchPartQuerySet
from suppliers.models import ProductModel


class RecalledProduct(models.Model):
    """A line of a batch: a product model with its own quantity, where it is stated."""

    batch = models.ForeignKey(RecallBatch, models.CASCADE, related_name="products", db_index=False)
    product_model = models.ForeignKey(
        ProductModel, models.PROTECT, related_name="recalled_products", db_index=False
    )
    units_low = models.BigIntegerField(
        null=True, blank=True, help_text=_("Units of this model, or the low end.")
    )
    units_high = models.BigIntegerField(
        null=True, blank=True, help_text=_("High end of the units of this model.")
    )
    units_precision = models.CharField(
        max_length=12, choices=Precision, default=Precision.UNKNOWN, help_text=_("How precise the figure is.")
    )
    units_grade = models.CharField(
        max_length=10, choices=Grade, blank=True, help_text=_("How well the number is established.")
    )
    serials = models.TextField(blank=True, help_text=_("Serial or lot numbers, as the notice gives them."))
    made_from = PartialDateField(null=True, blank=True, help_text=_("Made from, as far as known."))
    made_until = PartialDateField(null=True, blank=True, help_text=_("Made until, as far as known."))

    objects = BatchPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["product_model", "batch"], name="recalls_line_model")]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "product_model"],
                name="recalls_recalledproduct_model_once",
                violation_error_message=_("This model is in this batch already."),
            ),
            *figure_checks("recalls_recalledproduct_units", "units"),
            one_of("recalls_recalledproduct_units_grade_listed", "units_grade", Grade, empty=True),
            graded_check("recalls_recalledproduct_units_graded", "units_grade", "units_low", "units_high"),
            window_in_order(
                "recalls_recalledproduct_made_in_order",
                "made_from",
                "made_until",
                _("Made until lies before made from."),
            ),
        ]

    def __str__(self):
        return str(self.product_model)


class Progress(models.Model):
    """How far the recall of a batch, or of one product in it, had come on a day. Carries its own source."""

    batch = models.ForeignKey(RecallBatch, models.CASCADE, related_name="progress")
    recalled_product = models.ForeignKey(
        RecalledProduct,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="progress",
        help_text=_("The product it is about; empty for the whole batch."),
    )
    as_of = models.DateField(help_text=_("The day the figures are of."))
    returned = models.BigIntegerField(null=True, blank=True, help_text=_("Units returned or remedied."))
    in_scope = models.BigIntegerField(
        null=True, blank=True, help_text=_("The denominator the source gives; empty where it gives none.")
    )
    rate_pct = models.DecimalField(
        _("completion"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Completion in percent, as published."),
    )
    refunded = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, blank=True, help_text=_("Money refunded so far.")
    )
    currency = models.CharField(
        max_length=3, choices=Currency, blank=True, help_text=_("Currency of the refunds.")
    )
    grade = models.CharField(
        max_length=10, choices=Grade, help_text=_("How well this is established, by its source.")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="recalls_progress")
    note = models.TextField(blank=True, help_text=_("What a reader must know about these figures."))

    objects = BatchPartQuerySet.as_manager()

    class Meta:
        ordering = ["as_of", "pk"]
        verbose_name_plural = _("progress")
        constraints = [
            one_of("recalls_progress_grade_listed", "grade", Grade),
            one_of("recalls_progress_currency_listed", "currency", Currency, empty=True),
            not_negative("recalls_progress_returned_not_negative", "returned"),
            not_negative("recalls_progress_refunded_not_negative", "refunded"),
            currency_check("recalls_progress_refund_has_currency", "currency", "refunded"),
            in_order(
                "recalls_progress_scope_not_below_returned",
                "returned",
                "in_scope",
                _("More units are returned than are in scope."),
            ),
            FieldCheck(
                field="in_scope",
                name="recalls_progress_scope_above_zero",
                condition=Q(in_scope__isnull=True) | Q(in_scope__gt=0),
                violation_error_message=_(
                    "The denominator is above zero, or empty where the source gives none."
                ),
            ),
            FieldCheck(
                field="rate_pct",
                name="recalls_progress_rate_is_percentage",
                condition=Q(rate_pct__isnull=True) | Q(rate_pct__gte=0, rate_pct__lte=100),
                violation_error_message=_("A completion lies between 0 and 100 percent."),
            ),
            FieldCheck(
                field="returned",
                name="recalls_progress_says_something",
                condition=Q(returned__isnull=False) | Q(rate_pct__isnull=False) | Q(refunded__isnull=False),
                violation_error_message=_("State units returned, a completion or the money refunded."),
            ),
        ]

    def __str__(self):
        return gettext("%(batch)s as of %(day)s") % {"batch": self.batch, "day": self.as_of}

    def clean(self):
        if self.recalled_product_id and self.recalled_product.batch_id != self.batch_id:
            raise ValidationError({"recalled_product": gettext("This product is a line of another batch.")})
