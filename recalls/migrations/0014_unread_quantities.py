"""What a run counts as a quantity that was not read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0013_slug_shaped"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importrun",
            name="unread_quantities",
            field=models.PositiveBigIntegerField(
                default=0,
                help_text="New or changed batches whose quantity was refused: drafts, for staff to read.",
            ),
        ),
    ]
