"""Runs of the importers, raw records, revisions and differences; and whether staff have edited a batch."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import evidence.constraints

# What an import writes of a batch. Links, parts and publication are left out: staff may change those freely.
DIGEST = """
CREATE FUNCTION recalls_batch_digest(batch recalls_recallbatch) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT md5(ROW(
        batch.title, batch.kind, batch.announced_on, batch.company_id,
        batch.units_low, batch.units_high, batch.units_precision, batch.units_grade, batch.raw_units,
        batch.price_low, batch.price_high, batch.price_currency, batch.price_grade,
        batch.sold_from, batch.sold_until, batch.raw_sold, batch.hazards, batch.cause,
        batch.reports, batch.injuries, batch.deaths, batch.raw_harm,
        batch.damage_reports, batch.damage_low, batch.damage_high, batch.damage_precision, batch.damage_currency
    )::text)
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0005_names_no_merged"),
        ("suppliers", "0002_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Difference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("title", "title"),
                            ("kind", "kind"),
                            ("announced", "day of announcement"),
                            ("company", "company"),
                            ("units", "units"),
                            ("price", "unit price"),
                            ("sold", "sold"),
                            ("hazards", "hazards"),
                            ("cause", "cause"),
                            ("reports", "reports of failures"),
                            ("injuries", "injuries"),
                            ("deaths", "deaths"),
                            ("damage_reports", "reports of property damage"),
                            ("damage", "property damage"),
                            ("remedies", "remedies"),
                        ],
                        help_text="What differs.",
                        max_length=20,
                    ),
                ),
                ("theirs", models.TextField(blank=True, help_text="The regulator's value in words.")),
                (
                    "ours",
                    models.TextField(
                        blank=True, help_text="Our value in words, when the difference was found."
                    ),
                ),
                ("found_at", models.DateTimeField(help_text="When the difference was found.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for staff"),
                            ("theirs", "the regulator's value taken"),
                            ("ours", "our value kept"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-found_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportedBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="Of the batch as the import left it: another one means that staff edited it.",
                        max_length=32,
                    ),
                ),
                (
                    "units_refused",
                    models.TextField(blank=True, help_text="Why its quantity was not read; empty if it was."),
                ),
                (
                    "problems",
                    models.TextField(blank=True, help_text="What else of the notice was not read, and why."),
                ),
            ],
            options={
                "verbose_name_plural": "imported batches",
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "format",
                    models.CharField(help_text="The format of the file, such as cpsc-api.", max_length=30),
                ),
                (
                    "address",
                    models.CharField(blank=True, help_text="The file's name or address.", max_length=1000),
                ),
                (
                    "sha256",
                    models.CharField(
                        blank=True,
                        help_text="Hash of the file's content.",
                        max_length=64,
                        verbose_name="SHA-256",
                    ),
                ),
                ("retrieved_at", models.DateTimeField(help_text="When the file was fetched or opened.")),
                ("started_at", models.DateTimeField(help_text="When the run began.")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, help_text="When it ended, well or not.", null=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("finished", "finished"),
                            ("failed", "failed"),
                            ("interrupted", "interrupted"),
                        ],
                        default="running",
                        help_text="How the run stands.",
                        max_length=12,
                    ),
                ),
                ("error", models.TextField(blank=True, help_text="Why it failed.")),
                ("read", models.PositiveBigIntegerField(default=0, help_text="Records read.")),
                (
                    "new",
                    models.PositiveBigIntegerField(default=0, help_text="Records that made new batches."),
                ),
                (
                    "changed",
                    models.PositiveBigIntegerField(
                        default=0, help_text="Records that changed a batch, or wait to."
                    ),
                ),
                (
                    "unchanged",
                    models.PositiveBigIntegerField(default=0, help_text="Records that say what was known."),
                ),
                (
                    "refused",
                    models.PositiveBigIntegerField(default=0, help_text="Records that could not be read."),
                ),
                (
                    "unread_quantities",
                    models.PositiveBigIntegerField(
                        default=0,
                        help_text="New batches whose quantity was refused: drafts, for staff to read.",
                    ),
                ),
                (
                    "waiting",
                    models.PositiveBigIntegerField(
                        default=0, help_text="Differences from batches that staff have edited."
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="NoticeLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("expands", "expands"),
                            ("includes", "includes"),
                            ("upgrades", "upgrades"),
                            ("joint", "joint"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        help_text="Notice number; for joint recalls an address.", max_length=1000
                    ),
                ),
                (
                    "followed_at",
                    models.DateTimeField(blank=True, help_text="When the link was made.", null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoticeRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="The notice number, in the form of all formats.", max_length=40
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        help_text="The format it was read from, such as cpsc-api.", max_length=30
                    ),
                ),
                ("raw", models.TextField(help_text="The record as it came, as JSON.")),
                (
                    "sha256",
                    models.CharField(
                        help_text="Hash of the raw record.", max_length=64, verbose_name="SHA-256"
                    ),
                ),
                ("first_seen_at", models.DateTimeField(help_text="When a file with it was first retrieved.")),
                ("last_seen_at", models.DateTimeField(help_text="When a file with it was last retrieved.")),
                (
                    "is_current",
                    models.BooleanField(default=True, help_text="What the latest file of this format says."),
                ),
            ],
            options={
                "ordering": ["-first_seen_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RefusedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.PositiveBigIntegerField(help_text="Which record of the file, counted from 1."),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, help_text="Its notice number, as far as it has one.", max_length=200
                    ),
                ),
                ("reason", models.TextField(help_text="Why it was refused.")),
                ("raw", models.TextField(help_text="The record as it came.")),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("title", "title"),
                            ("kind", "kind"),
                            ("announced", "day of announcement"),
                            ("company", "company"),
                            ("units", "units"),
                            ("price", "unit price"),
                            ("sold", "sold"),
                            ("hazards", "hazards"),
                            ("cause", "cause"),
                            ("reports", "reports of failures"),
                            ("injuries", "injuries"),
                            ("deaths", "deaths"),
                            ("damage_reports", "reports of property damage"),
                            ("damage", "property damage"),
                            ("remedies", "remedies"),
                        ],
                        help_text="What was changed.",
                        max_length=20,
                    ),
                ),
                (
                    "old_text",
                    models.TextField(
                        blank=True, help_text="The old value in words; empty where it was not stated."
                    ),
                ),
                (
                    "new_text",
                    models.TextField(
                        blank=True, help_text="The new value in words; empty where it is not stated."
                    ),
                ),
                (
                    "old_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="The old figure, or its low end.",
                        max_digits=20,
                        null=True,
                    ),
                ),
                (
                    "old_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="High end of the old figure; empty when open.",
                        max_digits=20,
                        null=True,
                    ),
                ),
                (
                    "old_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exact"),
                            ("approximate", "approximate"),
                            ("at_least", "at least"),
                            ("at_most", "at most"),
                            ("range", "range"),
                            ("unknown", "not stated"),
                        ],
                        help_text="How precise the old figure was; empty for what is no figure.",
                        max_length=12,
                    ),
                ),
                (
                    "new_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="The new figure, or its low end.",
                        max_digits=20,
                        null=True,
                    ),
                ),
                (
                    "new_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="High end of the new figure; empty when open.",
                        max_digits=20,
                        null=True,
                    ),
                ),
                (
                    "new_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exact"),
                            ("approximate", "approximate"),
                            ("at_least", "at least"),
                            ("at_most", "at most"),
                            ("range", "range"),
                            ("unknown", "not stated"),
                        ],
                        help_text="How precise the new figure is; empty for what is no figure.",
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ["-new_record__first_seen_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="recallbatch",
            name="raw_harm",
            field=models.TextField(
                blank=True,
                help_text="The text that reports, injuries and damage were read from.",
                verbose_name="harm as published",
            ),
        ),
        migrations.AddField(
            model_name="recallbatch",
            name="raw_sold",
            field=models.TextField(
                blank=True,
                help_text="The text that price and sold window were read from.",
                verbose_name="sales as published",
            ),
        ),
        migrations.AddField(
            model_name="recallbatch",
            name="upgrades",
            field=models.ForeignKey(
                blank=True,
                help_text="The warning that this recall follows up.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="upgraded_by",
                to="recalls.recallbatch",
            ),
        ),
        migrations.AddConstraint(
            model_name="recallbatch",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    ("upgrades__isnull", True),
                    models.Q(("upgrades", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                field="upgrades",
                name="recalls_recallbatch_upgrades_another",
                violation_error_message="A batch does not follow up itself.",
            ),
        ),
        migrations.AddField(
            model_name="difference",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="differences",
                to="recalls.recallbatch",
            ),
        ),
        migrations.AddField(
            model_name="difference",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="importedbatch",
            name="batch",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="imported", to="recalls.recallbatch"
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="regulator",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose notices they are; empty for staff's own spreadsheets.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="import_runs",
                to="recalls.regulator",
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="who",
            field=models.ForeignKey(
                blank=True,
                help_text="Who started it; empty for a command.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="noticelink",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notice_links",
                to="recalls.recallbatch",
            ),
        ),
        migrations.AddField(
            model_name="noticerecord",
            name="regulator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notice_records",
                to="recalls.regulator",
            ),
        ),
        migrations.AddField(
            model_name="noticerecord",
            name="run",
            field=models.ForeignKey(
                help_text="The first to read it.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="recalls.importrun",
            ),
        ),
        migrations.AddField(
            model_name="importedbatch",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="recalls.noticerecord"
            ),
        ),
        migrations.AddField(
            model_name="difference",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="differences",
                to="recalls.noticerecord",
            ),
        ),
        migrations.AddField(
            model_name="refusedrow",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="refused_rows",
                to="recalls.importrun",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="recalls.recallbatch",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="new_record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revisions",
                to="recalls.noticerecord",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="old_record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="recalls.noticerecord"
            ),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(fields=["regulator", "-started_at"], name="recalls_importrun_latest"),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("state__in", ["running", "finished", "failed", "interrupted"])),
                field="state",
                name="recalls_importrun_state_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    (
                        "read",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("new"), "+", models.F("changed")
                                ),
                                "+",
                                models.F("unchanged"),
                            ),
                            "+",
                            models.F("refused"),
                        ),
                    )
                ),
                field="read",
                name="recalls_importrun_every_record_counted",
                violation_error_message="Read is the sum of new, changed, unchanged and refused.",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("state", "running")),
                    models.Q(models.Q(("state", "running"), _negated=True), ("finished_at__isnull", False)),
                    _connector="OR",
                ),
                field="finished_at",
                name="recalls_importrun_ends_once",
                violation_error_message="A run has an end unless it is running.",
            ),
        ),
        migrations.AddIndex(
            model_name="noticelink",
            index=models.Index(
                condition=models.Q(("followed_at__isnull", True)),
                fields=["target"],
                name="recalls_noticelink_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticelink",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("kind__in", ["expands", "includes", "upgrades", "joint"])),
                field="kind",
                name="recalls_noticelink_kind_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticelink",
            constraint=models.UniqueConstraint(
                fields=("batch", "kind", "target"), name="recalls_noticelink_once"
            ),
        ),
        migrations.AddIndex(
            model_name="noticerecord",
            index=models.Index(
                condition=models.Q(("is_current", True)), fields=["sha256"], name="recalls_noticerecord_hash"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticerecord",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("regulator", "number", "format"),
                name="recalls_noticerecord_one_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    (
                        "field__in",
                        [
                            "title",
                            "kind",
                            "announced",
                            "company",
                            "units",
                            "price",
                            "sold",
                            "hazards",
                            "cause",
                            "reports",
                            "injuries",
                            "deaths",
                            "damage_reports",
                            "damage",
                            "remedies",
                        ],
                    )
                ),
                field="field",
                name="recalls_difference_field_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("state__in", ["waiting", "theirs", "ours"])),
                field="state",
                name="recalls_difference_state_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "waiting")),
                    models.Q(models.Q(("state", "waiting"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                field="decided_at",
                name="recalls_difference_decided",
                violation_error_message="A decision has its time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("batch", "field"),
                name="recalls_difference_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedrow",
            constraint=models.UniqueConstraint(
                fields=("run", "position"), name="recalls_refusedrow_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedrow",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("position__gte", 0), ("position__isnull", True), _connector="OR"),
                field="position",
                name="recalls_refusedrow_position_not_negative",
                violation_error_message="A number below zero can't be right here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    (
                        "field__in",
                        [
                            "title",
                            "kind",
                            "announced",
                            "company",
                            "units",
                            "price",
                            "sold",
                            "hazards",
                            "cause",
                            "reports",
                            "injuries",
                            "deaths",
                            "damage_reports",
                            "damage",
                            "remedies",
                        ],
                    )
                ),
                field="field",
                name="recalls_revision_field_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    (
                        "old_precision__in",
                        ["exact", "approximate", "at_least", "at_most", "range", "unknown", ""],
                    )
                ),
                field="old_precision",
                name="recalls_revision_old_precision_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    (
                        "new_precision__in",
                        ["exact", "approximate", "at_least", "at_most", "range", "unknown", ""],
                    )
                ),
                field="new_precision",
                name="recalls_revision_new_precision_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                fields=("batch", "field", "new_record"), name="recalls_revision_once"
            ),
        ),
        migrations.RunSQL(DIGEST, "DROP FUNCTION recalls_batch_digest(recalls_recallbatch)"),
    ]
