"""Companies are walked in the order of their names, for the list of batches by company."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("suppliers", "0007_data_version"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="company",
            index=models.Index(fields=["name", "id"], name="suppliers_company_in_order"),
        ),
    ]
