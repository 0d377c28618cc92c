"""What a recall batch offers, and which other companies have a part in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.constraints import one_of
from recalls.choices import Remedy, Role
from recalls.models.batch import RecallBatch
from recalls.querysets import BatchPartQuerySet
from suppliers.models import Company


class BatchRemedy(models.Model):
    """One remedy that a batch offers."""

    batch = models.ForeignKey(RecallBatch, models.CASCADE, related_name="remedies", db_index=False)
    kind = models.CharField(max_length=20, choices=Remedy, help_text=_("What is offered."))
    note = models.TextField(blank=True, help_text=_("Its terms."))

    objects = BatchPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("remedies")
        constraints = [
            one_of("recalls_batchremedy_kind_listed", "kind", Remedy),
            models.UniqueConstraint(
                fields=["batch", "kind"],
                name="recalls_batchremedy_kind_once",
                violation_error_message=_("This batch has this remedy already."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class BatchCompany(models.Model):
    """A company's part in a batch beside the brand owner's."""

    batch = models.ForeignKey(RecallBatch, models.CASCADE, related_name="companies", db_index=False)
    company = models.ForeignKey(Company, models.PROTECT, related_name="batch_roles")
    role = models.CharField(max_length=14, choices=Role, help_text=_("What the company does here."))

    objects = BatchPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("companies by role")
        constraints = [
            one_of("recalls_batchcompany_role_listed", "role", Role),
            models.UniqueConstraint(
                fields=["batch", "company", "role"],
                name="recalls_batchcompany_role_once",
                violation_error_message=_("This company has this role already."),
            ),
        ]

    def __str__(self):
        return f"{self.company} ({self.get_role_display()})"
