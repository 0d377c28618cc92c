"""Batches sort by exposure from an index."""

from django.db import migrations, models
from django.db.models.functions import Coalesce


def _index(currency):
    key = Coalesce(f"exposure_{currency}_low", f"exposure_{currency}_high")
    index = models.Index(key, "id", name=f"recalls_batch_by_{currency}")
    return migrations.AddIndex(model_name="recallbatch", index=index)


class Migration(migrations.Migration):
    dependencies = [("recalls", "0015_kept_exposure")]

    operations = [_index(currency) for currency in ("cny", "eur", "gbp", "jpy", "usd")]
