"""Short names can stand in an address."""

from django.db import migrations, models

import evidence.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("suppliers", "0005_fewer_indexes"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="company",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("slug__regex", "^[-a-zA-Z0-9_]+$")),
                field="slug",
                name="suppliers_company_slug_shaped",
                violation_error_message="A short name has letters, digits, hyphens and underscores only.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productmodel",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("slug__regex", "^[-a-zA-Z0-9_]+$")),
                field="slug",
                name="suppliers_productmodel_slug_shaped",
                violation_error_message="A short name has letters, digits, hyphens and underscores only.",
            ),
        ),
    ]
