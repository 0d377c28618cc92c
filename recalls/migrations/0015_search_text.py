"""Batches are searched through an index."""

import django.db.models.deletion
from django.db import migrations, models

from listing.search import search_index, search_text, without_hyphens

STATISTICS = "ALTER TABLE recalls_recallbatch ALTER COLUMN search_text SET STATISTICS {}"


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0005_search_text"),
        ("recalls", "0014_unread_quantities"),
    ]

    operations = [
        migrations.AddField(
            "recallbatch",
            "search_text",
            search_text("title", "slug", "notice_number", without_hyphens("notice_number")),
        ),
        migrations.AddIndex("recallbatch", search_index("recalls_batch_search")),
        migrations.AddIndex(
            "recalledproduct",
            models.Index(fields=["product_model", "batch"], name="recalls_line_of_model"),
        ),
        migrations.AlterField(
            "recalledproduct",
            "product_model",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recalled_products",
                to="suppliers.productmodel",
            ),
        ),
        # How often a word is found decides whether the list's order is walked or the rows found are sorted.
        migrations.RunSQL(STATISTICS.format(1000), STATISTICS.format(-1)),
    ]
