"""Companies, their names and product models are searched through an index."""

from django.db import migrations

import listing.search


def searched(model, index, *fields):
    return [
        migrations.AddField(model, "search_text", listing.search.search_text(*fields)),
        migrations.AddIndex(model, listing.search.search_index(index)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0007_search_text"),
        ("suppliers", "0008_companies_in_order"),
    ]

    operations = [
        *searched("company", "suppliers_company_search", "name", "legal_name", "slug"),
        *searched("companyalias", "suppliers_alias_search", "name"),
        *searched("productmodel", "suppliers_model_search", "model_number", "name"),
    ]
