"""Short names can stand in an address."""

from django.db import migrations, models

import evidence.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0003_source_slug_not_taken"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="source",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("slug__regex", "^[-a-zA-Z0-9_]+$")),
                field="slug",
                name="evidence_source_slug_shaped",
                violation_error_message="A short name has letters, digits, hyphens and underscores only.",
            ),
        ),
    ]
