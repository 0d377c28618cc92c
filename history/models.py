"""What was changed, by whom, from where and why. Only triggers of the database write here."""

import json
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExactDecoder(json.JSONDecoder):
    """Reads money as it is stored, not as the nearest binary fraction."""

    def __init__(self, **options):
        super().__init__(**options, parse_float=Decimal)


class Origin(models.TextChoices):
    PAGE = "page", _("a page of the admin")
    COMMAND = "command", _("a command")
    IMPORT = "import", _("an import")
    SQL = "sql", _("plain SQL")


class Change(models.Model):
    """One transaction that changed records, as far as one person did it for one reason."""

    at = models.DateTimeField(help_text=_("When the transaction began."))
    transaction = models.BigIntegerField(help_text=_("Its number in Postgres."))
    user_key = models.BigIntegerField(
        null=True, help_text=_("The account that was signed in; empty for none.")
    )
    name = models.TextField(
        help_text=_("Who: the account's name then, or that of the system or the database.")
    )
    origin = models.CharField(max_length=10, choices=Origin, help_text=_("From where it came."))
    place = models.TextField(blank=True, help_text=_("Which page, command or program."))
    role = models.TextField(help_text=_("The role of the database that was signed in."))
    why = models.TextField(blank=True, help_text=_("The reason given."))

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["transaction"], name="history_change_of")]

    def __str__(self):
        return f"{self.name}, {self.at:%Y-%m-%d %H:%M} UTC"


class Operation(models.TextChoices):
    INSERT = "insert", _("entered")
    UPDATE = "update", _("changed")
    DELETE = "delete", _("deleted")


class Version(models.Model):
    """One row of one table that was entered, changed or deleted, with what stood there before.

    What it became is what the next version of the row says stood there, or the row itself: a new row is thus
    never copied, and an import of many costs little.
    """

    change = models.ForeignKey(
        Change,
        models.DO_NOTHING,
        related_name="versions",
        db_constraint=False,
        help_text=_("By whom and why."),
    )
    table = models.CharField(max_length=63, help_text=_("The table."))
    row_id = models.BigIntegerField(help_text=_("The row's primary key."))
    operation = models.CharField(max_length=6, choices=Operation, help_text=_("What was done to it."))
    old = models.JSONField(
        null=True, decoder=ExactDecoder, help_text=_("The row before; empty for a new one.")
    )

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["table", "row_id"], name="history_version_of")]

    def __str__(self):
        return f"{self.table} {self.row_id} {self.get_operation_display()}"
