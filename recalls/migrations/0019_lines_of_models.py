"""Lines are counted by model, and amounts filtered, from an index alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0018_list_order_indexes"),
        ("suppliers", "0007_data_version"),
    ]

    operations = [
        migrations.AlterField(
            model_name="recalledproduct",
            name="product_model",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recalled_products",
                to="suppliers.productmodel",
            ),
        ),
        migrations.AddIndex(
            model_name="recallbatch",
            index=models.Index(
                condition=models.Q(
                    ("is_published", True), models.Q(("amount_precision", "unknown"), _negated=True)
                ),
                fields=["announced_on", "id"],
                include=("amount_low", "amount_high"),
                name="recalls_batch_with_amount",
            ),
        ),
        migrations.AddIndex(
            model_name="recalledproduct",
            index=models.Index(fields=["product_model", "batch"], name="recalls_line_model"),
        ),
    ]
