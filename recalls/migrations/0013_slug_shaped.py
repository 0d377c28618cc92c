"""Short names can stand in an address."""

from django.db import migrations, models

import evidence.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0012_fewer_indexes"),
        ("suppliers", "0006_slug_shaped"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="recallbatch",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("slug__regex", "^[-a-zA-Z0-9_]+$")),
                field="slug",
                name="recalls_recallbatch_slug_shaped",
                violation_error_message="A short name has letters, digits, hyphens and underscores only.",
            ),
        ),
    ]
