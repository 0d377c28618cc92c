"""What is claimed and published has a citation; a cell source names a cell of its own supplier."""

from django.db import migrations

from evidence.triggers import published_has_citation, same_parent

CLAIMS = ["cell_source", "ownership", "supply_agreement", "certificate", "claim"]


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0001_initial"), ("evidence", "0002_rules")]

    operations = [
        *(
            published_has_citation(f"suppliers_{claim.replace('_', '')}", "suppliers_citation", f"{claim}_id")
            for claim in CLAIMS
        ),
        same_parent("suppliers_cellsource", "cell_id", "suppliers_batterycell", "supplier_id"),
    ]
