"""The values that sources state and we do not use, of both apps' citations, as one view to list them from."""

from django.db import migrations, models

SHARED = ["figure", "stance", "stated_low", "stated_high", "stated_currency", '"where"', "note"]
SUBJECTS = {
    "recalls": {
        "batch": "recalls.recallbatch",
        "incident": "recalls.incident",
        "root_cause": "recalls.rootcause",
        "contributing_factor": "recalls.contributingfactor",
        "impact": "recalls.impact",
        "measure": "recalls.measure",
        "recovery_phase": "recalls.recoveryphase",
        "financial_indicator": "recalls.financialindicator",
        "event": "recalls.event",
        "analysis": "recalls.analysis",
    },
    "suppliers": {
        "company": "suppliers.company",
        "product_model": "suppliers.productmodel",
        "battery_cell": "suppliers.batterycell",
        "cell_source": "suppliers.cellsource",
        "ownership": "suppliers.ownership",
        "supply_agreement": "suppliers.supplyagreement",
        "certificate": "suppliers.certificate",
        "claim": "suppliers.claim",
    },
}


def rows_of(app):
    """SELECT the conflicting citations of an app, with the links of the other app empty."""
    links = [
        f"{name}_id" if owner == app else f"NULL::bigint AS {name}_id"
        for owner, subjects in SUBJECTS.items()
        for name in subjects
    ]
    columns = ", ".join([f"'{app}-' || id AS key", "source_id", *SHARED, *links])
    return f"SELECT {columns} FROM {app}_citation WHERE stance <> 'supports'"


def link(model):
    return models.ForeignKey(model, on_delete=models.DO_NOTHING, null=True, related_name="+")


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0003_exchange_rates"),
        ("suppliers", "0002_rules"),
        ("evidence", "0002_rules"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE VIEW recalls_conflict AS {rows_of('recalls')} UNION ALL {rows_of('suppliers')}",
            "DROP VIEW recalls_conflict",
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "source",
                    models.ForeignKey("evidence.source", on_delete=models.DO_NOTHING, related_name="+"),
                ),
                ("figure", models.CharField(max_length=20)),
                ("stance", models.CharField(max_length=12)),
                ("stated_low", models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ("stated_high", models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ("stated_currency", models.CharField(max_length=3)),
                ("where", models.CharField(max_length=200)),
                ("note", models.TextField()),
                *((name, link(model)) for subjects in SUBJECTS.values() for name, model in subjects.items()),
            ],
            options={
                "db_table": "recalls_conflict",
                "ordering": ["stance", "key"],
                "managed": False,
                "default_permissions": (),
            },
        ),
    ]
