"""A crisis around one company, and the causes given for it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evidence.constraints import in_order, one_of
from evidence.figures import Grade
from evidence.models import Publishable
from recalls.choices import IncidentState
from recalls.querysets import IncidentPartQuerySet, IncidentQuerySet
from suppliers.models import Company, ProductModel


class Incident(Publishable):
    """A crisis around one company, made of recall batches, causes, events and measures."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text=_("Its name in addresses, such as anker-2025.")
    )
    title = models.CharField(max_length=200, help_text=_("What happened, in a few words."))
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="incidents", help_text=_("The company it is about.")
    )
    opened_on = models.DateField(help_text=_("The day its first recall was announced."))
    closed_on = models.DateField(
        null=True, blank=True, help_text=_("The day it ended; empty while it goes on.")
    )
    state = models.CharField(
        max_length=10, choices=IncidentState, default=IncidentState.OPEN, help_text=_("Whether it goes on.")
    )
    note = models.TextField(blank=True, help_text=_("What a reader must know about it."))

    objects = IncidentQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-opened_on", "pk"]
        constraints = [
            one_of("recalls_incident_state_listed", "state", IncidentState),
            in_order(
                "recalls_incident_closed_after_opened",
                "opened_on",
                "closed_on",
                _("It ends before it begins."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("recalls:incident_detail", args=[self.slug])


class IncidentPart(models.Model):
    """Something graded that belongs to an incident and shows with it."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="%(class)ss")
    text = models.TextField(help_text=_("What it is, in a sentence."))
    grade = models.CharField(
        max_length=10, choices=Grade, help_text=_("How well this is established, by the source behind it.")
    )

    objects = IncidentPartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["incident", "pk"]
        constraints = [one_of("recalls_%(class)s_grade_listed", "grade", Grade)]

    def __str__(self):
        return self.text


class RootCause(IncidentPart):
    """A cause given for an incident, for the models it concerns."""

    attributed_to = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="root_causes",
        help_text=_("The company it is put down to, where the source names one."),
    )
    product_models = models.ManyToManyField(
        ProductModel, blank=True, related_name="root_causes", help_text=_("The models it concerns.")
    )
