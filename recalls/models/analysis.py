"""Somebody's published sum over named batches."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.constraints import one_of
from evidence.figures import Currency, Grade, Precision, currency_check, figure_checks, graded_check
from recalls.models.batch import RecallBatch
from recalls.models.incident import Incident
from recalls.querysets import AnalysisQuerySet


class Analysis(models.Model):
    """A published sum over named batches; as a filter it shows just these."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text=_("Its name in addresses: published-table.")
    )
    title = models.CharField(max_length=200, help_text=_("What it is called."))
    incident = models.ForeignKey(
        Incident, models.PROTECT, related_name="analyses", help_text=_("The incident it is about.")
    )
    author = models.CharField(
        max_length=120, blank=True, help_text=_("Who made the sum; empty where not stated.")
    )
    batches = models.ManyToManyField(RecallBatch, through="AnalysisBatch", related_name="analyses")
    amount_low = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, blank=True, help_text=_("The sum, or its low end.")
    )
    amount_high = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, blank=True, help_text=_("High end of the sum.")
    )
    amount_precision = models.CharField(
        max_length=12, choices=Precision, default=Precision.UNKNOWN, help_text=_("How precise the sum is.")
    )
    amount_currency = models.CharField(
        max_length=3, choices=Currency, blank=True, help_text=_("Its currency.")
    )
    amount_grade = models.CharField(
        max_length=10, choices=Grade, blank=True, help_text=_("How well the sum is established.")
    )
    note = models.TextField(blank=True, help_text=_("What a reader must know about it."))

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name_plural = _("analyses")
        constraints = [
            *figure_checks("recalls_analysis_amount", "amount"),
            one_of("recalls_analysis_amount_currency_listed", "amount_currency", Currency, empty=True),
            currency_check(
                "recalls_analysis_amount_has_currency", "amount_currency", "amount_low", "amount_high"
            ),
            one_of("recalls_analysis_amount_grade_listed", "amount_grade", Grade, empty=True),
            graded_check("recalls_analysis_amount_graded", "amount_grade", "amount_low", "amount_high"),
        ]

    def __str__(self):
        return self.title


class AnalysisBatch(models.Model):
    """A batch that an analysis sums or names as left out."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="parts")
    batch = models.ForeignKey(RecallBatch, models.PROTECT, related_name="analysis_parts")
    is_included = models.BooleanField(
        _("included"), default=True, help_text=_("Unticked: named as left out.")
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["analysis", "batch"],
                name="recalls_analysisbatch_batch_once",
                violation_error_message=_("This batch is in this analysis already."),
            ),
        ]

    def __str__(self):
        form = (
            gettext("%(batch)s in %(sum)s") if self.is_included else gettext("%(batch)s left out of %(sum)s")
        )
        return form % {"batch": self.batch, "sum": self.analysis}
