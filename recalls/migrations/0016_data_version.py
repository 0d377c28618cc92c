"""What changes pages about recalls gives the data a new version; spreadsheets on their way in do not."""

from django.db import migrations

from evidence.triggers import changes_data_version

TABLES = (
    "analysis",
    "analysisbatch",
    "batchcompany",
    "batchremedy",
    "citation",
    "contributingfactor",
    "difference",
    "duplicateproposal",
    "event",
    "exchangerate",
    "financialindicator",
    "impact",
    "importedbatch",
    "importrun",
    "incident",
    "jointgroup",
    "measure",
    "noticelink",
    "noticerecord",
    "progress",
    "recallbatch",
    "recalledproduct",
    "recoveryphase",
    "refusedrow",
    "region",
    "regulator",
    "revision",
    "rootcause",
    "rootcause_product_models",
)


class Migration(migrations.Migration):
    dependencies = [("recalls", "0015_every_hash_indexed"), ("evidence", "0005_data_version")]

    operations = [changes_data_version(f"recalls_{name}") for name in TABLES]
