"""What regulators' files said, and when: raw records, the batches made of them, revisions, differences."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, one_of
from evidence.figures import Precision
from recalls.import_querysets import (
    DifferenceQuerySet,
    ImportedBatchQuerySet,
    NoticeLinkQuerySet,
    NoticeRecordQuerySet,
    RevisionQuerySet,
)
from recalls.models.batch import RecallBatch
from recalls.models.place import Regulator
from recalls.models.run import ImportRun


class NoticeRecord(models.Model):
    """One version of a notice as a file gave it: the raw record, kept for good."""

    regulator = models.ForeignKey(Regulator, models.PROTECT, related_name="notice_records", db_index=False)
    number = models.CharField(max_length=40, help_text=_("The notice number, in the form of all formats."))
    format = models.CharField(max_length=30, help_text=_("The format it was read from, such as cpsc-api."))
    raw = models.TextField(help_text=_("The record as it came, as JSON."))
    sha256 = models.CharField("SHA-256", max_length=64, help_text=_("Hash of the raw record."))
    run = models.ForeignKey(
        ImportRun, models.PROTECT, related_name="records", help_text=_("The first to read it.")
    )
    first_seen_at = models.DateTimeField(help_text=_("When a file with it was first retrieved."))
    last_seen_at = models.DateTimeField(help_text=_("When a file with it was last retrieved."))
    is_current = models.BooleanField(default=True, help_text=_("What the latest file of this format says."))

    objects = NoticeRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-first_seen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulator", "number", "format"],
                condition=Q(is_current=True),
                name="recalls_noticerecord_one_current",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="recalls_noticerecord_hash"),
            models.Index(fields=["number", "regulator"], name="recalls_noticerecord_versions"),
        ]

    def __str__(self):
        return f"{self.regulator} {self.number} ({self.format}, {self.first_seen_at:%Y-%m-%d})"


class ImportedBatch(models.Model):
    """A batch that an import made, with the record it rests on."""

    batch = models.OneToOneField(RecallBatch, models.CASCADE, related_name="imported")
    record = models.ForeignKey(NoticeRecord, models.PROTECT, related_name="batches")
    digest = models.CharField(
        max_length=32,
        help_text=_("Of the batch as the import left it: another one means that staff edited it."),
    )
    units_refused = models.TextField(
        blank=True, help_text=_("Why its quantity was not read; empty if it was.")
    )
    problems = models.TextField(blank=True, help_text=_("What else of the notice was not read, and why."))

    objects = ImportedBatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("imported batches")
        indexes = [
            models.Index(fields=["batch"], condition=~Q(units_refused=""), name="recalls_imported_refused")
        ]

    def __str__(self):
        return str(self.batch)


class LinkKind(models.TextChoices):
    EXPANDS = "expands", _("expands")
    INCLUDES = "includes", _("includes")
    UPGRADES = "upgrades", _("upgrades")
    JOINT = "joint", _("joint")


class NoticeLink(models.Model):
    """A notice that another one names: followed once that one is imported too, and then left to staff."""

    batch = models.ForeignKey(RecallBatch, models.CASCADE, related_name="notice_links", db_index=False)
    kind = models.CharField(max_length=10, choices=LinkKind)
    target = models.CharField(max_length=1000, help_text=_("Notice number; for joint recalls an address."))
    followed_at = models.DateTimeField(null=True, blank=True, help_text=_("When the link was made."))

    objects = NoticeLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("recalls_noticelink_kind_listed", "kind", LinkKind),
            models.UniqueConstraint(fields=["batch", "kind", "target"], name="recalls_noticelink_once"),
        ]
        indexes = [
            models.Index(
                fields=["target"], condition=Q(followed_at__isnull=True), name="recalls_noticelink_open"
            )
        ]

    def __str__(self):
        return f"{self.batch} {self.kind} {self.target}"


class ImportedField(models.TextChoices):
    """What a regulator's file says of a batch, field by field: what is compared, revised and left to staff."""

    TITLE = "title", _("title")
    KIND = "kind", _("kind")
    ANNOUNCED = "announced", _("day of announcement")
    COMPANY = "company", _("company")
    UNITS = "units", _("units")
    PRICE = "price", _("unit price")
    SOLD = "sold", _("sold")
    HAZARDS = "hazards", _("hazards")
    CAUSE = "cause", _("cause")
    REPORTS = "reports", _("reports of failures")
    INJURIES = "injuries", _("injuries")
    DEATHS = "deaths", _("deaths")
    DAMAGE_REPORTS = "damage_reports", _("reports of property damage")
    DAMAGE = "damage", _("property damage")
    REMEDIES = "remedies", _("remedies")


def _value(help_text):
    return models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True, help_text=help_text)


def _precision(help_text):
    return models.CharField(max_length=12, choices=Precision, blank=True, help_text=help_text)


class Revision(models.Model):
    """A value that a regulator changed under an old notice number."""

    batch = models.ForeignKey(RecallBatch, models.CASCADE, related_name="revisions")
    field = models.CharField(max_length=20, choices=ImportedField, help_text=_("What was changed."))
    old_text = models.TextField(
        blank=True, help_text=_("The old value in words; empty where it was not stated.")
    )
    new_text = models.TextField(
        blank=True, help_text=_("The new value in words; empty where it is not stated.")
    )
    old_low = _value(_("The old figure, or its low end."))
    old_high = _value(_("High end of the old figure; empty when open."))
    old_precision = _precision(_("How precise the old figure was; empty for what is no figure."))
    new_low = _value(_("The new figure, or its low end."))
    new_high = _value(_("High end of the new figure; empty when open."))
    new_precision = _precision(_("How precise the new figure is; empty for what is no figure."))
    old_record = models.ForeignKey(NoticeRecord, models.PROTECT, related_name="+")
    new_record = models.ForeignKey(NoticeRecord, models.PROTECT, related_name="revisions")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-new_record__first_seen_at", "-pk"]
        constraints = [
            one_of("recalls_revision_field_listed", "field", ImportedField),
            one_of("recalls_revision_old_precision_listed", "old_precision", Precision, empty=True),
            one_of("recalls_revision_new_precision_listed", "new_precision", Precision, empty=True),
            models.UniqueConstraint(fields=["batch", "field", "new_record"], name="recalls_revision_once"),
        ]

    def __str__(self):
        return f"{self.batch}: {self.get_field_display()}"


class DifferenceState(models.TextChoices):
    WAITING = "waiting", _("waits for staff")
    THEIRS = "theirs", _("the regulator's value taken")
    OURS = "ours", _("our value kept")


class Difference(models.Model):
    """A value of a regulator's file that differs from a batch that staff have edited."""

    batch = models.ForeignKey(RecallBatch, models.CASCADE, related_name="differences")
    field = models.CharField(max_length=20, choices=ImportedField, help_text=_("What differs."))
    theirs = models.TextField(blank=True, help_text=_("The regulator's value in words."))
    ours = models.TextField(blank=True, help_text=_("Our value in words, when the difference was found."))
    record = models.ForeignKey(NoticeRecord, models.PROTECT, related_name="differences")
    found_at = models.DateTimeField(help_text=_("When the difference was found."))
    state = models.CharField(max_length=8, choices=DifferenceState, default=DifferenceState.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            one_of("recalls_difference_field_listed", "field", ImportedField),
            one_of("recalls_difference_state_listed", "state", DifferenceState),
            FieldCheck(
                field="decided_at",
                name="recalls_difference_decided",
                condition=Q(state=DifferenceState.WAITING, decided_at__isnull=True)
                | (~Q(state=DifferenceState.WAITING) & Q(decided_at__isnull=False)),
                violation_error_message=_("A decision has its time."),
            ),
            models.UniqueConstraint(
                fields=["batch", "field"],
                condition=Q(state=DifferenceState.WAITING),
                name="recalls_difference_waits_once",
            ),
        ]

    def __str__(self):
        return f"{self.batch}: {self.get_field_display()}"
