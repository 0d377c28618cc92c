"""Links that most rows do not have are indexed only where they are; what a unique rule covers is not indexed twice."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0003_source_slug_not_taken"),
        ("suppliers", "0004_cell_source_answer"),
    ]

    operations = [
        migrations.AlterField(
            model_name="citation",
            name="battery_cell",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="suppliers.batterycell",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="cell_source",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="suppliers.cellsource",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="certificate",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="suppliers.certificate",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="suppliers.claim",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="company",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="suppliers.company",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="ownership",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="suppliers.ownership",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="product_model",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="suppliers.productmodel",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="supply_agreement",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="suppliers.supplyagreement",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("company__isnull", False)),
                fields=["company"],
                name="suppliers_cite_company",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("product_model__isnull", False)),
                fields=["product_model"],
                name="suppliers_cite_product_model",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("battery_cell__isnull", False)),
                fields=["battery_cell"],
                name="suppliers_cite_battery_cell",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("cell_source__isnull", False)),
                fields=["cell_source"],
                name="suppliers_cite_cell_source",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("ownership__isnull", False)),
                fields=["ownership"],
                name="suppliers_cite_ownership",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("supply_agreement__isnull", False)),
                fields=["supply_agreement"],
                name="suppliers_cite_supply_agreemen",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("certificate__isnull", False)),
                fields=["certificate"],
                name="suppliers_cite_certificate",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("claim__isnull", False)), fields=["claim"], name="suppliers_cite_claim"
            ),
        ),
    ]
