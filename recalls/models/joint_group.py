"""Recalls that several regions announced together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JointGroup(models.Model):
    """Batches of several regions that were announced together."""

    name = models.CharField(max_length=200, unique=True, help_text=_("What was announced together."))

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
