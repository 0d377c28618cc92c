"""The few batches that are counted in another are summed from an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0022_summary"),
        ("suppliers", "0006_slug_shaped"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="recallbatch",
            name="recalls_batch_counted_in",
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                condition=models.Q(("counted_in__isnull", False)),
                fields=["counted_in"],
                include=(
                    "is_published",
                    "announced_on",
                    "region",
                    "regulator",
                    "hazards",
                    "units_low",
                    "units_high",
                    "units_precision",
                    "units_grade",
                    "value_low",
                    "value_high",
                    "value_precision",
                    "value_grade",
                    "value_currency",
                    "value_basis",
                    "exposure_cny_low",
                    "exposure_cny_high",
                    "exposure_eur_low",
                    "exposure_eur_high",
                    "exposure_gbp_low",
                    "exposure_gbp_high",
                    "exposure_jpy_low",
                    "exposure_jpy_high",
                    "exposure_usd_low",
                    "exposure_usd_high",
                ),
                name="recalls_batch_inside",
            ),
        ),
    ]
