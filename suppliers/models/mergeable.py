"""A record that can turn out to be the same as another of its kind."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck


class Mergeable(models.Model):
    """A record that another can stand for: it stays in its table, and everything that named it names the other."""

    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_records",
        help_text=_("The record that stands for this one since the two were merged."),
    )

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "merge")
        constraints = [
            FieldCheck(
                field="merged_into",
                name="%(app_label)s_%(class)s_merged_into_another",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                violation_error_message=_("A record is not merged into itself."),
            ),
        ]

    @property
    def standing(self):
        """The record that stands for this one: itself, unless it is merged."""
        return self.merged_into or self
