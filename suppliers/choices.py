"""The closed lists of supplier records, each also a CHECK in the database."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    TEARDOWN = "teardown", _("teardown")
    COMPANY_STATEMENT = "company statement", _("company statement")
    REGULATOR = "regulator", _("regulator's notice")
    FILING = "filing", _("filing")
    PRESS = "press report", _("press report")


class Standing(models.TextChoices):
    """Whether a link is known, worked out from other facts, or merely said by somebody; follows from its grade."""

    KNOWN = "known", _("known")
    INFERRED = "inferred", _("inferred")
    ALLEGED = "alleged", _("alleged")


class AgreementState(models.TextChoices):
    PLANNED = "planned", _("planned")
    IN_FORCE = "in force", _("in force")
    ENDED = "ended", _("ended")
    NOT_STATED = "not stated", _("not stated")


class CertificateState(models.TextChoices):
    VALID = "valid", _("valid")
    SUSPENDED = "suspended", _("suspended")
    REVOKED = "revoked", _("revoked")
    SUSPENDED_OR_REVOKED = "suspended or revoked", _("suspended or revoked")


class ClaimKind(models.TextChoices):
    CAUSE = "cause", _("cause")
    MARKET_POSITION = "market position", _("market position")
    RELATION_ENDED = "relation ended", _("relation ended")
    SCALE = "scale", _("scale")
    OTHER = "other", _("other")


class Answer(models.TextChoices):
    """What the party that a claim names said to it."""

    NOT_STATED = "not stated", _("not stated")
    NOT_ASKED = "not asked", _("not asked")
    NO_COMMENT = "no comment", _("no comment")
    DENIED = "denied", _("denied")
    ADMITTED = "admitted", _("admitted")
