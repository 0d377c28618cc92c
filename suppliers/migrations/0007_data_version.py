"""What changes pages about companies, models and cells gives the data a new version."""

from django.db import migrations

from evidence.triggers import changes_data_version

TABLES = (
    "batterycell",
    "cellsource",
    "certificate",
    "citation",
    "claim",
    "company",
    "companyalias",
    "merge",
    "movedrow",
    "ownership",
    "productcategory",
    "productmodel",
    "supplyagreement",
)


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0006_slug_shaped"), ("evidence", "0005_data_version")]

    operations = [changes_data_version(f"suppliers_{name}") for name in TABLES]
