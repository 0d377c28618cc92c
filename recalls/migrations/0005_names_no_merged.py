"""No record of a recall names a company or a product model that has been merged into another."""

from django.db import migrations

from suppliers.triggers import names_no_merged_company, names_no_merged_model


class Migration(migrations.Migration):
    dependencies = [("recalls", "0004_conflicts"), ("suppliers", "0003_names_and_merges")]

    operations = [
        names_no_merged_company("recalls_incident"),
        names_no_merged_company("recalls_recallbatch"),
        names_no_merged_company("recalls_batchcompany"),
        names_no_merged_company("recalls_financialindicator"),
        names_no_merged_company("recalls_rootcause", "attributed_to_id"),
        names_no_merged_model("recalls_recalledproduct"),
        names_no_merged_model("recalls_rootcause_product_models", "productmodel_id"),
    ]
