"""Pairs of batches that may be one recall; no batch takes the address of the list of revisions."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import evidence.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0009_many_published"),
        ("suppliers", "0002_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DuplicateProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "model_numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        help_text="Product models that are in both.",
                        size=None,
                    ),
                ),
                ("days_apart", models.PositiveIntegerField(help_text="Days between the two announcements.")),
                (
                    "is_named",
                    models.BooleanField(
                        default=False,
                        help_text="One notice names the address of the other as its own.",
                        verbose_name="named as joint",
                    ),
                ),
                (
                    "is_same_company",
                    models.BooleanField(
                        help_text="Both are of the same company.", verbose_name="same company"
                    ),
                ),
                (
                    "is_same_region",
                    models.BooleanField(
                        help_text="Both are for the same region, so the same units may be in both.",
                        verbose_name="same region",
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for staff"),
                            ("linked", "linked"),
                            ("dismissed", "not the same"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("joint", "one joint announcement"),
                            ("counted", "one is counted in the other"),
                        ],
                        help_text="How they were linked; empty if not.",
                        max_length=7,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "moved_batches",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Batches that the link put into another joint announcement.",
                        size=None,
                    ),
                ),
            ],
            options={
                "verbose_name": "possible duplicate",
                "ordering": ["-is_named", "days_apart", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                condition=models.Q(("is_published", False)), fields=["id"], name="recalls_batch_drafts"
            ),
        ),
        migrations.AddIndex(
            model_name="importedbatch",
            index=models.Index(
                condition=models.Q(("units_refused", ""), _negated=True),
                fields=["batch"],
                name="recalls_imported_refused",
            ),
        ),
        migrations.AddIndex(
            model_name="noticerecord",
            index=models.Index(fields=["number", "regulator"], name="recalls_noticerecord_versions"),
        ),
        migrations.AddConstraint(
            model_name="recallbatch",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("slug__iexact", "revisions"), _negated=True),
                field="slug",
                name="recalls_recallbatch_slug_not_taken",
                violation_error_message="/recalls/revisions/ is the list of revisions: choose another name.",
            ),
        ),
        migrations.AddField(
            model_name="duplicateproposal",
            name="counted_batch",
            field=models.ForeignKey(
                blank=True,
                help_text="The batch that the link counted in the other.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="recalls.recallbatch",
            ),
        ),
        migrations.AddField(
            model_name="duplicateproposal",
            name="counted_holder",
            field=models.ForeignKey(
                blank=True,
                help_text="The batch it was counted in.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="recalls.recallbatch",
            ),
        ),
        migrations.AddField(
            model_name="duplicateproposal",
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
            model_name="duplicateproposal",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="duplicates_after",
                to="recalls.recallbatch",
            ),
        ),
        migrations.AddField(
            model_name="duplicateproposal",
            name="moved_from",
            field=models.ForeignKey(
                blank=True,
                help_text="Where they were before; empty for none.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="recalls.jointgroup",
            ),
        ),
        migrations.AddField(
            model_name="duplicateproposal",
            name="moved_to",
            field=models.ForeignKey(
                blank=True,
                help_text="Where the link put them.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="recalls.jointgroup",
            ),
        ),
        migrations.AddField(
            model_name="duplicateproposal",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="duplicates_before",
                to="recalls.recallbatch",
            ),
        ),
        migrations.AddIndex(
            model_name="duplicateproposal",
            index=models.Index(
                condition=models.Q(("state", "proposed")),
                fields=["-is_named", "days_apart", "id"],
                name="recalls_duplicate_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicateproposal",
            constraint=models.UniqueConstraint(
                fields=("first", "second"), name="recalls_duplicateproposal_pair_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicateproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))),
                name="recalls_duplicateproposal_in_order",
                violation_error_message="The first batch of a pair is the one entered first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicateproposal",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("state__in", ["proposed", "linked", "dismissed"])),
                field="state",
                name="recalls_duplicateproposal_state_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicateproposal",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("link__in", ["joint", "counted", ""])),
                field="link",
                name="recalls_duplicateproposal_link_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicateproposal",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    models.Q(("state", "linked"), models.Q(("link", ""), _negated=True)),
                    models.Q(models.Q(("state", "linked"), _negated=True), ("link", "")),
                    _connector="OR",
                ),
                field="link",
                name="recalls_duplicateproposal_linked_somehow",
                violation_error_message="A linked pair says how it is linked.",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicateproposal",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "proposed")),
                    models.Q(models.Q(("state", "proposed"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                field="decided_at",
                name="recalls_duplicateproposal_decided",
                violation_error_message="A decision has its time.",
            ),
        ),
    ]
