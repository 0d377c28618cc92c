"""Spreadsheets that staff upload, with their rows and what the preview found of each."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import evidence.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0010_duplicates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SpreadsheetUpload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file_name",
                    models.CharField(help_text="The file's name.", max_length=200, verbose_name="file"),
                ),
                (
                    "sha256",
                    models.CharField(
                        help_text="Hash of the file's content.", max_length=64, verbose_name="SHA-256"
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        help_text="What the file was read as, such as CSV, UTF-8.", max_length=40
                    ),
                ),
                ("uploaded_at", models.DateTimeField(help_text="When it was uploaded.")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), help_text="Its header line.", size=None
                    ),
                ),
                (
                    "row_count",
                    models.PositiveIntegerField(default=0, help_text="Rows in it, without the header."),
                ),
                (
                    "compared_to",
                    models.PositiveIntegerField(default=0, help_text="The last row that was looked at."),
                ),
                (
                    "applied_to",
                    models.PositiveIntegerField(default=0, help_text="The last row that was imported."),
                ),
                (
                    "is_whole",
                    models.BooleanField(default=False, help_text="Whether all rows are imported or none."),
                ),
                (
                    "run",
                    models.OneToOneField(
                        help_text="The import made of it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="upload",
                        to="recalls.importrun",
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        help_text="Who uploaded it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "spreadsheet",
                "ordering": ["-uploaded_at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SpreadsheetRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(help_text="Its row in the file; the header is row 1."),
                ),
                (
                    "cells",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), help_text="Its cells as texts.", size=None
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "not looked at yet"),
                            ("new", "new"),
                            ("changed", "changed"),
                            ("unchanged", "unchanged"),
                            ("refused", "refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "slug",
                    models.TextField(blank=True, help_text="The batch's short name, made for a new one."),
                ),
                (
                    "identity",
                    models.CharField(
                        blank=True, help_text="What else tells its batch from others.", max_length=64
                    ),
                ),
                (
                    "digest",
                    models.CharField(blank=True, help_text="Of the batch before and after.", max_length=64),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        help_text="The batch it is of, if known.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="recalls.recallbatch",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="recalls.spreadsheetupload",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["upload", "outcome", "position"], name="recalls_sheetrow_outcome"),
                    models.Index(fields=["upload", "slug"], name="recalls_sheetrow_slug"),
                    models.Index(fields=["upload", "identity"], name="recalls_sheetrow_identity"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("upload", "position"), name="recalls_spreadsheetrow_position_once"
                    ),
                    evidence.constraints.FieldCheck(
                        condition=models.Q(
                            ("outcome__in", ["waiting", "new", "changed", "unchanged", "refused"])
                        ),
                        field="outcome",
                        name="recalls_spreadsheetrow_outcome_listed",
                        violation_error_message="Choose one of the list.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpreadsheetCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(help_text="The row.")),
                (
                    "column",
                    models.TextField(
                        blank=True, help_text="The column; empty for what is about the whole row."
                    ),
                ),
                ("old", models.TextField(blank=True, help_text="What the batch says.")),
                ("new", models.TextField(blank=True, help_text="What the cell says.")),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Why it is refused; empty where it is not."),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="recalls.spreadsheetupload",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["upload", "position"], name="recalls_sheetcell_row")],
            },
        ),
    ]
