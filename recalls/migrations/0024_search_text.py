"""Batches are searched through an index."""

from django.db import migrations

from listing.search import search_index, search_text, without_hyphens

STATISTICS = "ALTER TABLE recalls_recallbatch ALTER COLUMN search_text SET STATISTICS {}"


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0007_search_text"),
        ("recalls", "0023_batches_inside_another"),
    ]

    operations = [
        migrations.AddField(
            "recallbatch",
            "search_text",
            search_text("title", "slug", "notice_number", without_hyphens("notice_number")),
        ),
        migrations.AddIndex("recallbatch", search_index("recalls_batch_search")),
        # How often a word is found decides whether the list's order is walked or the rows found are sorted.
        migrations.RunSQL(STATISTICS.format(1000), STATISTICS.format(-1)),
    ]
