"""Batches sort by exposure from an index."""

from django.db import migrations, models
from django.db.models.functions import Coalesce


def _index(currency):
    ends = [f"exposure_{currency}_{end}" for end in ("low", "high")]
    index = models.Index(
        Coalesce(*ends),
        "id",
        include=ends,
        condition=models.Q(is_published=True),
        name=f"recalls_batch_by_{currency}",
    )
    return migrations.AddIndex(model_name="recallbatch", index=index)


class Migration(migrations.Migration):
    dependencies = [("recalls", "0020_kept_exposure")]

    operations = [_index(currency) for currency in ("cny", "eur", "gbp", "jpy", "usd")]
