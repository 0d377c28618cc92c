"""How measures and recovery phases stand."""

from django.db import migrations, models

import evidence.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0007_value_of_units"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "planned"),
                    ("under way", "under way"),
                    ("done", "done"),
                    ("dropped", "dropped"),
                    ("not stated", "not stated"),
                ],
                default="not stated",
                help_text="How far it has come, as its source says; never guessed from a date.",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="recoveryphase",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "planned"),
                    ("under way", "under way"),
                    ("done", "done"),
                    ("dropped", "dropped"),
                    ("not stated", "not stated"),
                ],
                default="not stated",
                help_text="How far it has come, as its source says; never guessed from a date.",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("state__in", ["planned", "under way", "done", "dropped", "not stated"])),
                field="state",
                name="recalls_measure_state_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoveryphase",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("state__in", ["planned", "under way", "done", "dropped", "not stated"])),
                field="state",
                name="recalls_recoveryphase_state_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
    ]
