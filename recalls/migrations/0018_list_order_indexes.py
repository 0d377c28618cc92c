"""The list of batches is read from indexes, in whatever order and for whichever company, region or regulator."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0017_texts_of_batches"),
        ("suppliers", "0007_data_version"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="recallbatch",
            name="recalls_batch_announced",
        ),
        migrations.AlterField(
            model_name="recallbatch",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                help_text="The brand owner that recalls.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="suppliers.company",
            ),
        ),
        migrations.AlterField(
            model_name="recallbatch",
            name="region",
            field=models.ForeignKey(
                db_index=False,
                help_text="Where the units were sold.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="recalls.region",
            ),
        ),
        migrations.AlterField(
            model_name="recallbatch",
            name="regulator",
            field=models.ForeignKey(
                db_index=False,
                help_text="The authority that announced it.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="recalls.regulator",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                fields=["announced_on", "id"], include=("is_published",), name="recalls_batch_announced"
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                fields=["company", "announced_on", "id"],
                include=("is_published",),
                name="recalls_batch_company",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                fields=["region", "announced_on", "id"],
                include=("is_published",),
                name="recalls_batch_region",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                fields=["regulator", "announced_on", "id"],
                include=("is_published",),
                name="recalls_batch_regulator",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                django.db.models.functions.text.Left("title", 200),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                name="recalls_batch_by_title",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                django.db.models.functions.text.Left("models_text", 100),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                name="recalls_batch_by_models",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                models.F("notice_number"),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                name="recalls_batch_by_notice_number",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                models.F("hazards"),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                name="recalls_batch_by_hazards",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                models.F("remedies_text"),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                name="recalls_batch_by_remedies_text",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                models.F("reports"),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                name="recalls_batch_by_reports",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                models.F("injuries"),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                name="recalls_batch_by_injuries",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                models.F("deaths"),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                name="recalls_batch_by_deaths",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("units_low", "units_high"),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                include=("units_low", "units_high"),
                name="recalls_batch_by_units",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("amount_low", "amount_high"),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                include=("amount_low", "amount_high"),
                name="recalls_batch_by_amount",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("price_low", "price_high"),
                models.F("id"),
                condition=models.Q(("is_published", True)),
                include=("price_low", "price_high"),
                name="recalls_batch_by_price",
            ),
        ),
    ]
