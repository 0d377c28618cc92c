"""Spreadsheets that staff upload: their rows as they came, and what the preview found of each."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.constraints import one_of
from recalls.models.batch import RecallBatch
from recalls.models.run import ImportRun
from recalls.querysets import SpreadsheetRowQuerySet, SpreadsheetUploadQuerySet


class RowOutcome(models.TextChoices):
    WAITING = "waiting", _("not looked at yet")
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    REFUSED = "refused", _("refused")


class SpreadsheetUpload(models.Model):
    """A spreadsheet of batches on its way in: stored, looked at, then imported; removed some days later."""

    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("Who uploaded it."),
    )
    file_name = models.CharField(_("file"), max_length=200, help_text=_("The file's name."))
    sha256 = models.CharField("SHA-256", max_length=64, help_text=_("Hash of the file's content."))
    format = models.CharField(max_length=40, help_text=_("What the file was read as, such as CSV, UTF-8."))
    uploaded_at = models.DateTimeField(help_text=_("When it was uploaded."))
    columns = ArrayField(models.TextField(), help_text=_("Its header line."))
    row_count = models.PositiveIntegerField(default=0, help_text=_("Rows in it, without the header."))
    compared_to = models.PositiveIntegerField(default=0, help_text=_("The last row that was looked at."))
    applied_to = models.PositiveIntegerField(default=0, help_text=_("The last row that was imported."))
    is_whole = models.BooleanField(default=False, help_text=_("Whether all rows are imported or none."))
    run = models.OneToOneField(
        ImportRun, models.SET_NULL, null=True, related_name="upload", help_text=_("The import made of it.")
    )

    objects = SpreadsheetUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("spreadsheet")
        default_permissions = ()  # who may add and change batches may upload them

    def __str__(self):
        return f"{self.file_name}, {self.uploaded_at:%Y-%m-%d %H:%M} UTC"


class SpreadsheetRow(models.Model):
    """A row of an upload, as it came, and what the preview found."""

    upload = models.ForeignKey(SpreadsheetUpload, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(help_text=_("Its row in the file; the header is row 1."))
    cells = ArrayField(models.TextField(), help_text=_("Its cells as texts."))
    outcome = models.CharField(max_length=10, choices=RowOutcome, default=RowOutcome.WAITING)
    batch = models.ForeignKey(
        RecallBatch,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("The batch it is of, if known."),
    )
    slug = models.TextField(blank=True, help_text=_("The batch's short name, made for a new one."))
    identity = models.CharField(
        max_length=64, blank=True, help_text=_("What else tells its batch from others.")
    )
    digest = models.CharField(max_length=64, blank=True, help_text=_("Of the batch before and after."))

    objects = SpreadsheetRowQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "position"], name="recalls_spreadsheetrow_position_once"
            ),
            one_of("recalls_spreadsheetrow_outcome_listed", "outcome", RowOutcome),
        ]
        indexes = [
            models.Index(fields=["upload", "outcome", "position"], name="recalls_sheetrow_outcome"),
            models.Index(fields=["upload", "slug"], name="recalls_sheetrow_slug"),
            models.Index(fields=["upload", "identity"], name="recalls_sheetrow_identity"),
        ]

    def __str__(self):
        return gettext("row %(number)s") % {"number": self.position}


class SpreadsheetCell(models.Model):
    """A cell that changes a batch, with its old and new value, or that is refused, with the reason."""

    upload = models.ForeignKey(SpreadsheetUpload, models.CASCADE, related_name="cells")
    position = models.PositiveIntegerField(help_text=_("The row."))
    column = models.TextField(blank=True, help_text=_("The column; empty for what is about the whole row."))
    old = models.TextField(blank=True, help_text=_("What the batch says."))
    new = models.TextField(blank=True, help_text=_("What the cell says."))
    reason = models.TextField(blank=True, help_text=_("Why it is refused; empty where it is not."))

    class Meta:
        ordering = ["position", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["upload", "position"], name="recalls_sheetcell_row")]

    def __str__(self):
        return f"{self.column}: {self.reason or self.new}"
