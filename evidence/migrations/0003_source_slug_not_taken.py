"""No source takes the address of the list of conflicts."""

from django.db import migrations, models

import evidence.constraints


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_rules")]

    operations = [
        migrations.AddConstraint(
            model_name="source",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("slug__iexact", "conflicts"), _negated=True),
                field="slug",
                name="evidence_source_slug_not_taken",
                violation_error_message="/sources/conflicts/ is the list of conflicts: choose another name.",
            ),
        ),
    ]
