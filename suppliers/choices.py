"""The closed lists of supplier records, each also a CHECK in the database."""

from django.db import models


class Basis(models.TextChoices):
    TEARDOWN = "teardown", "teardown"
    COMPANY_STATEMENT = "company statement", "company statement"
    REGULATOR = "regulator", "regulator's notice"
    FILING = "filing", "filing"
    PRESS = "press report", "press report"


class Standing(models.TextChoices):
    """Whether a link is known, worked out from other facts, or merely said by somebody; follows from its grade."""

    KNOWN = "known", "known"
    INFERRED = "inferred", "inferred"
    ALLEGED = "alleged", "alleged"


class AgreementState(models.TextChoices):
    PLANNED = "planned", "planned"
    IN_FORCE = "in force", "in force"
    ENDED = "ended", "ended"
    NOT_STATED = "not stated", "not stated"


class CertificateState(models.TextChoices):
    VALID = "valid", "valid"
    SUSPENDED = "suspended", "suspended"
    REVOKED = "revoked", "revoked"
    SUSPENDED_OR_REVOKED = "suspended or revoked", "suspended or revoked"


class ClaimKind(models.TextChoices):
    CAUSE = "cause", "cause"
    MARKET_POSITION = "market position", "market position"
    RELATION_ENDED = "relation ended", "relation ended"
    SCALE = "scale", "scale"
    OTHER = "other", "other"


class Answer(models.TextChoices):
    """What the party that a claim names said to it."""

    NOT_STATED = "not stated", "not stated"
    NOT_ASKED = "not asked", "not asked"
    NO_COMMENT = "no comment", "no comment"
    DENIED = "denied", "denied"
    ADMITTED = "admitted", "admitted"
