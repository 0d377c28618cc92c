"""The closed lists of recall records, each also a CHECK in the database."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    RECALL = "recall", pgettext_lazy("kind of batch", "recall")
    WARNING = "warning", pgettext_lazy("kind of batch", "warning")


class Basis(models.TextChoices):
    VOLUNTARY = "voluntary", _("voluntary")
    ORDERED = "ordered", _("ordered")
    NOT_STATED = "not stated", _("not stated")


class Hazard(models.TextChoices):
    BURN = "burn", pgettext_lazy("hazard", "burn")
    CHEMICAL = "chemical", pgettext_lazy("hazard", "chemical")
    CHOKING = "choking", pgettext_lazy("hazard", "choking")
    CRASH = "crash", pgettext_lazy("hazard", "crash")
    DROWNING = "drowning", pgettext_lazy("hazard", "drowning")
    ELECTRIC_SHOCK = "electric shock", pgettext_lazy("hazard", "electric shock")
    ENTRAPMENT = "entrapment", pgettext_lazy("hazard", "entrapment")
    EXPLOSION = "explosion", pgettext_lazy("hazard", "explosion")
    FALL = "fall", pgettext_lazy("hazard", "fall")
    FIRE = "fire", pgettext_lazy("hazard", "fire")
    IMPACT = "impact", pgettext_lazy("hazard", "impact")
    INGESTION = "ingestion", pgettext_lazy("hazard", "ingestion")
    LACERATION = "laceration", pgettext_lazy("hazard", "laceration")
    POISONING = "poisoning", pgettext_lazy("hazard", "poisoning")
    STRANGULATION = "strangulation", pgettext_lazy("hazard", "strangulation")
    SUFFOCATION = "suffocation", pgettext_lazy("hazard", "suffocation")
    TIP_OVER = "tip-over", pgettext_lazy("hazard", "tip-over")
    OTHER = "other", pgettext_lazy("hazard", "other")


class Remedy(models.TextChoices):
    """CPSC's remedy options, and the voucher that companies add to them."""

    REFUND = "refund", pgettext_lazy("remedy", "refund")
    REPAIR = "repair", pgettext_lazy("remedy", "repair")
    REPLACE = "replace", pgettext_lazy("remedy", "replace")
    DISPOSE = "dispose", pgettext_lazy("remedy", "dispose")
    NEW_INSTRUCTIONS = "new instructions", pgettext_lazy("remedy", "new instructions")
    INSPECT = "inspect", pgettext_lazy("remedy", "inspect")
    LABEL = "label", pgettext_lazy("remedy", "label")
    NONE = "no remedy available", pgettext_lazy("remedy", "no remedy available")
    VOUCHER = "voucher", pgettext_lazy("remedy", "voucher")


class Role(models.TextChoices):
    MANUFACTURER = "manufacturer", _("manufacturer")
    IMPORTER = "importer", _("importer")
    DISTRIBUTOR = "distributor", _("distributor")
    RETAILER = "retailer", _("retailer")


class ImpactKind(models.TextChoices):
    CHANNEL = "channel", _("channel")
    CONSUMER = "consumer", _("consumer")
    COMMUNICATION = "communication", _("communication")
    REGULATION = "regulation", _("regulation")
    FINANCE = "finance", _("finance")


class EventKind(models.TextChoices):
    DISCOVERY = "discovery", pgettext_lazy("kind of event", "discovery")
    INCIDENT = "incident", pgettext_lazy("kind of event", "incident")
    REGULATOR = "regulator", pgettext_lazy("kind of event", "regulator")
    SUPPLY = "supply", pgettext_lazy("kind of event", "supply")
    PROGRESS = "progress", pgettext_lazy("kind of event", "progress")
    COMPANY = "company", pgettext_lazy("kind of event", "company")


class StepState(models.TextChoices):
    """How far a measure or a phase of recovery has come, as its source says."""

    PLANNED = "planned", _("planned")
    UNDER_WAY = "under way", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")
    NOT_STATED = "not stated", _("not stated")


class IncidentState(models.TextChoices):
    OPEN = "open", pgettext_lazy("incident", "open")
    CLOSED = "closed", pgettext_lazy("incident", "closed")


class ExposureBasis(models.TextChoices):
    """What the exposure of a batch rests on, or why it has none; computed, never stored."""

    PUBLISHED = "published amount", _("published amount")
    ESTIMATED = "units × price", _("units × price")
    NO_FIGURE = "no figure", _("no figure")
    NO_RATE = "no rate", _("no rate")
