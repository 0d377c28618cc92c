"""Sources are listed in the order of an index."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0005_data_version"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="source",
            options={"ordering": ["publisher", django.db.models.functions.text.Left("title", 200), "pk"]},
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                models.F("publisher"),
                django.db.models.functions.text.Left("title", 200),
                models.F("id"),
                name="evidence_source_in_order",
            ),
        ),
    ]
