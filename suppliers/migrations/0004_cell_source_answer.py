"""What the party named by a cell source answered."""

import django.db.models.deletion
from django.db import migrations, models

import evidence.constraints
from suppliers.triggers import names_no_merged_company


class Migration(migrations.Migration):
    dependencies = [
        ("suppliers", "0003_names_and_merges"),
    ]

    operations = [
        migrations.AddField(
            model_name="cellsource",
            name="answer",
            field=models.CharField(
                choices=[
                    ("not stated", "not stated"),
                    ("not asked", "not asked"),
                    ("no comment", "no comment"),
                    ("denied", "denied"),
                    ("admitted", "admitted"),
                ],
                default="not stated",
                help_text="What the party named answered.",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="cellsource",
            name="answer_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who answered.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s_answers",
                to="suppliers.company",
            ),
        ),
        migrations.AddField(
            model_name="cellsource",
            name="answer_text",
            field=models.TextField(blank=True, help_text="The answer in the source's words."),
        ),
        migrations.AlterField(
            model_name="claim",
            name="answer_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who answered.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s_answers",
                to="suppliers.company",
            ),
        ),
        migrations.AddConstraint(
            model_name="cellsource",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    ("answer__in", ["not stated", "not asked", "no comment", "denied", "admitted"])
                ),
                field="answer",
                name="suppliers_cellsource_answer_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="cellsource",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    ("answer__in", ["not stated", "not asked"]), ("answer_by__isnull", False), _connector="OR"
                ),
                field="answer_by",
                name="suppliers_cellsource_answer_has_author",
                violation_error_message="Name the company that answered.",
            ),
        ),
        names_no_merged_company("suppliers_cellsource", "answer_by_id"),
    ]
