"""The closed lists of recall records, each also a CHECK in the database."""

from django.db import models


class Kind(models.TextChoices):
    RECALL = "recall", "recall"
    WARNING = "warning", "warning"


class Basis(models.TextChoices):
    VOLUNTARY = "voluntary", "voluntary"
    ORDERED = "ordered", "ordered"
    NOT_STATED = "not stated", "not stated"


class Hazard(models.TextChoices):
    BURN = "burn", "burn"
    CHEMICAL = "chemical", "chemical"
    CHOKING = "choking", "choking"
    CRASH = "crash", "crash"
    DROWNING = "drowning", "drowning"
    ELECTRIC_SHOCK = "electric shock", "electric shock"
    ENTRAPMENT = "entrapment", "entrapment"
    EXPLOSION = "explosion", "explosion"
    FALL = "fall", "fall"
    FIRE = "fire", "fire"
    IMPACT = "impact", "impact"
    INGESTION = "ingestion", "ingestion"
    LACERATION = "laceration", "laceration"
    POISONING = "poisoning", "poisoning"
    STRANGULATION = "strangulation", "strangulation"
    SUFFOCATION = "suffocation", "suffocation"
    TIP_OVER = "tip-over", "tip-over"
    OTHER = "other", "other"


class Remedy(models.TextChoices):
    """CPSC's remedy options, and the voucher that companies add to them."""

    REFUND = "refund", "refund"
    REPAIR = "repair", "repair"
    REPLACE = "replace", "replace"
    DISPOSE = "dispose", "dispose"
    NEW_INSTRUCTIONS = "new instructions", "new instructions"
    INSPECT = "inspect", "inspect"
    LABEL = "label", "label"
    NONE = "no remedy available", "no remedy available"
    VOUCHER = "voucher", "voucher"


class Role(models.TextChoices):
    MANUFACTURER = "manufacturer", "manufacturer"
    IMPORTER = "importer", "importer"
    DISTRIBUTOR = "distributor", "distributor"
    RETAILER = "retailer", "retailer"


class ImpactKind(models.TextChoices):
    CHANNEL = "channel", "channel"
    CONSUMER = "consumer", "consumer"
    COMMUNICATION = "communication", "communication"
    REGULATION = "regulation", "regulation"
    FINANCE = "finance", "finance"


class EventKind(models.TextChoices):
    DISCOVERY = "discovery", "discovery"
    INCIDENT = "incident", "incident"
    REGULATOR = "regulator", "regulator"
    SUPPLY = "supply", "supply"
    PROGRESS = "progress", "progress"
    COMPANY = "company", "company"


class StepState(models.TextChoices):
    """How far a measure or a phase of recovery has come, as its source says."""

    PLANNED = "planned", "planned"
    UNDER_WAY = "under way", "under way"
    DONE = "done", "done"
    DROPPED = "dropped", "dropped"
    NOT_STATED = "not stated", "not stated"


class IncidentState(models.TextChoices):
    OPEN = "open", "open"
    CLOSED = "closed", "closed"


class ExposureBasis(models.TextChoices):
    """What the exposure of a batch rests on, or why it has none; computed, never stored."""

    PUBLISHED = "published amount", "published amount"
    ESTIMATED = "units × price", "units × price"
    NO_FIGURE = "no figure", "no figure"
    NO_RATE = "no rate", "no rate"
