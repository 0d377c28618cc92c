"""Runs of the importers: what file, when, and what became of every row in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, not_negative, one_of
from recalls.import_querysets import ImportRunQuerySet
from recalls.models.place import Regulator


class RunState(models.TextChoices):
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")
    FAILED = "failed", _("failed")
    INTERRUPTED = "interrupted", _("interrupted")


OUTCOMES = ["new", "changed", "unchanged", "refused"]


class ImportRun(models.Model):
    """One import: every record read is new, changed, unchanged or refused, also while it is running."""

    format = models.CharField(max_length=30, help_text=_("The format of the file, such as cpsc-api."))
    regulator = models.ForeignKey(
        Regulator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_runs",
        help_text=_("Whose notices they are; empty for staff's own spreadsheets."),
    )
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who started it; empty for a command."),
    )
    address = models.CharField(max_length=1000, blank=True, help_text=_("The file's name or address."))
    sha256 = models.CharField(
        "SHA-256", max_length=64, blank=True, help_text=_("Hash of the file's content.")
    )
    retrieved_at = models.DateTimeField(help_text=_("When the file was fetched or opened."))
    started_at = models.DateTimeField(help_text=_("When the run began."))
    finished_at = models.DateTimeField(null=True, blank=True, help_text=_("When it ended, well or not."))
    state = models.CharField(
        max_length=12, choices=RunState, default=RunState.RUNNING, help_text=_("How the run stands.")
    )
    error = models.TextField(blank=True, help_text=_("Why it failed."))
    read = models.PositiveBigIntegerField(default=0, help_text=_("Records read."))
    new = models.PositiveBigIntegerField(default=0, help_text=_("Records that made new batches."))
    changed = models.PositiveBigIntegerField(
        default=0, help_text=_("Records that changed a batch, or wait to.")
    )
    unchanged = models.PositiveBigIntegerField(default=0, help_text=_("Records that say what was known."))
    refused = models.PositiveBigIntegerField(default=0, help_text=_("Records that could not be read."))
    unread_quantities = models.PositiveBigIntegerField(
        default=0,
        help_text=_("New or changed batches whose quantity was refused: drafts, for staff to read."),
    )
    waiting = models.PositiveBigIntegerField(
        default=0, help_text=_("Differences from batches that staff have edited.")
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            one_of("recalls_importrun_state_listed", "state", RunState),
            FieldCheck(
                field="read",
                name="recalls_importrun_every_record_counted",
                condition=Q(read=F("new") + F("changed") + F("unchanged") + F("refused")),
                violation_error_message=_("Read is the sum of new, changed, unchanged and refused."),
            ),
            FieldCheck(
                field="finished_at",
                name="recalls_importrun_ends_once",
                condition=Q(state=RunState.RUNNING, finished_at__isnull=True)
                | (~Q(state=RunState.RUNNING) & Q(finished_at__isnull=False)),
                violation_error_message=_("A run has an end unless it is running."),
            ),
        ]
        indexes = [models.Index(fields=["regulator", "-started_at"], name="recalls_importrun_latest")]

    def __str__(self):
        return f"{self.format}, {self.started_at:%Y-%m-%d %H:%M} UTC"


class RefusedRow(models.Model):
    """A record of a run that could not be read, as it came, with the reason."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="refused_rows")
    position = models.PositiveBigIntegerField(help_text=_("Which record of the file, counted from 1."))
    number = models.CharField(
        max_length=200, blank=True, help_text=_("Its notice number, as far as it has one.")
    )
    reason = models.TextField(help_text=_("Why it was refused."))
    raw = models.TextField(help_text=_("The record as it came."))

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="recalls_refusedrow_position_once"),
            not_negative("recalls_refusedrow_position_not_negative", "position"),
        ]

    def __str__(self):
        return f"{self.position}: {self.reason}"
