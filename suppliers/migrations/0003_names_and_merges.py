"""Names compared by a key that the database makes, and records merged into others, one level deep."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import evidence.constraints
from suppliers.triggers import merged_one_level, names_no_merged_company, names_no_merged_model

# Signs and marks go, before NFKC makes letters of them. A dot after a single letter goes too, so that L.L.C. is LLC;
# other punctuation is a space, so that Co.,Ltd. is Co., Ltd. A btree entry holds less than 2,704 bytes.
NAME_KEY = r"""
CREATE FUNCTION suppliers_name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(coalesce(
    nullif(btrim(regexp_replace(
        regexp_replace(
            replace(replace(lower(normalize(
                regexp_replace(name,
                    '[™®©℠''‘’ʼ`´′＇\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]', '', 'g'),
                NFKC)), 'ß', 'ss'), 'ς', 'σ'),
            '(?<!\w)(\w)\.', '\1', 'g'),
        '[\s.,"“”„«»、。‐‒–—―−-]+', ' ', 'g')), ''),
    nullif(btrim(name), '')
), 500);
"""

ONE_LEVEL = """
CREATE FUNCTION suppliers_merged_one_level() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    merged_into bigint;
    further bigint;
    holds boolean;
BEGIN
    EXECUTE format('SELECT merged_into_id FROM %I WHERE id = $1', TG_TABLE_NAME) INTO merged_into USING NEW.id;
    IF merged_into IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT merged_into_id FROM %I WHERE id = $1 FOR SHARE', TG_TABLE_NAME)
        INTO further USING merged_into;
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE merged_into_id = $1)', TG_TABLE_NAME)
        INTO holds USING NEW.id;
    IF further IS NOT NULL OR holds THEN
        RAISE EXCEPTION 'Merging is one level deep: what is merged into another holds none itself.'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
"""

COMPANY_LINKS = {
    "companyalias": ["company_id"],
    "productmodel": ["company_id"],
    "batterycell": ["supplier_id"],
    "cellsource": ["supplier_id"],
    "ownership": ["owner_id", "owned_id"],
    "supplyagreement": ["supplier_id", "buyer_id", "replaces_id"],
    "certificate": ["company_id"],
    "claim": ["about_id", "said_by_company_id", "answer_by_id"],
    "citation": ["company_id"],
}
MODEL_LINKS = ["cellsource", "citation"]


class Migration(migrations.Migration):
    dependencies = [
        ("suppliers", "0002_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(NAME_KEY, "DROP FUNCTION suppliers_name_key(text)"),
        migrations.RunSQL(ONE_LEVEL, "DROP FUNCTION suppliers_merged_one_level()"),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("merged_at", models.DateTimeField(auto_now_add=True, help_text="When it was done.")),
                (
                    "undone_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was undone; empty otherwise.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["-merged_at", "-pk"],
                "default_permissions": ("view", "delete"),
            },
        ),
        migrations.CreateModel(
            name="MovedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "move",
                    models.CharField(
                        choices=[("moved", "moved"), ("set aside", "set aside"), ("added", "added")],
                        default="moved",
                        help_text="What became of it.",
                        max_length=10,
                    ),
                ),
                ("table", models.CharField(help_text="The table it is a row of.", max_length=63)),
                (
                    "column",
                    models.CharField(help_text="The column that named the merged record.", max_length=63),
                ),
                ("row_pk", models.BigIntegerField(help_text="The row's key.")),
                (
                    "twin_pk",
                    models.BigIntegerField(
                        help_text="The key of the same row that was there already.", null=True
                    ),
                ),
                (
                    "row",
                    models.JSONField(
                        help_text="The whole row that was set aside, to be put back.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.AlterModelOptions(
            name="company",
            options={
                "default_permissions": ("add", "change", "delete", "view", "merge"),
                "ordering": ["name", "pk"],
                "verbose_name_plural": "companies",
            },
        ),
        migrations.AlterModelOptions(
            name="productmodel",
            options={
                "default_permissions": ("add", "change", "delete", "view", "merge"),
                "ordering": ["model_number", "pk"],
            },
        ),
        migrations.AddField(
            model_name="company",
            name="is_reviewed",
            field=models.BooleanField(
                default=True,
                help_text="Staff have looked at it. A company that an import made by a name it did not know is not.",
                verbose_name="reviewed",
            ),
        ),
        migrations.AddField(
            model_name="company",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The record that stands for this one since the two were merged.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_records",
                to="suppliers.company",
            ),
        ),
        migrations.AddField(
            model_name="productmodel",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The record that stands for this one since the two were merged.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_records",
                to="suppliers.productmodel",
            ),
        ),
        migrations.AlterField(
            model_name="companyalias",
            name="language",
            field=models.CharField(
                blank=True,
                help_text="Language of the name, as an ISO 639-1 code; empty where it is not known.",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="productmodel",
            name="category",
            field=models.ForeignKey(
                blank=True,
                help_text="What kind of product it is; empty where not stated.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="product_models",
                to="suppliers.productcategory",
            ),
        ),
        migrations.AddConstraint(
            model_name="company",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                field="merged_into",
                name="suppliers_company_merged_into_another",
                violation_error_message="A record is not merged into itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productmodel",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                field="merged_into",
                name="suppliers_productmodel_merged_into_another",
                violation_error_message="A record is not merged into itself.",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="kept_company",
            field=models.ForeignKey(
                blank=True,
                help_text="The company that stands for both.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="suppliers.company",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="kept_model",
            field=models.ForeignKey(
                blank=True,
                help_text="The product model that stands for both.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="suppliers.productmodel",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="merged_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who did it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="merged_company",
            field=models.ForeignKey(
                blank=True,
                help_text="The company that was merged into it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="suppliers.company",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="merged_model",
            field=models.ForeignKey(
                blank=True,
                help_text="The product model that was merged into it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="suppliers.productmodel",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                help_text="The merge of two companies that merged these models of the same number.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="suppliers.merge",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who undid it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="movedrow",
            name="merge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="moved_rows", to="suppliers.merge"
            ),
        ),
        migrations.AddField(
            model_name="company",
            name="legal_name_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("legal_name", function="suppliers_name_key"),
                help_text="The name as it is compared with others.",
                output_field=models.TextField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="company",
            name="name_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("name", function="suppliers_name_key"),
                help_text="The name as it is compared with others.",
                output_field=models.TextField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="companyalias",
            name="name_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("name", function="suppliers_name_key"),
                help_text="The name as it is compared with others.",
                output_field=models.TextField(null=True),
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kept_company__isnull", False),
                        ("kept_model__isnull", True),
                        ("merged_company__isnull", False),
                        ("merged_model__isnull", True),
                    ),
                    models.Q(
                        ("kept_company__isnull", True),
                        ("kept_model__isnull", False),
                        ("merged_company__isnull", True),
                        ("merged_model__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="suppliers_merge_of_one_kind",
                violation_error_message="Two companies or two product models are merged, never one with the other.",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kept_company__isnull", True),
                    models.Q(("kept_company", models.F("merged_company")), _negated=True),
                    _connector="OR",
                ),
                name="suppliers_merge_of_two_company",
                violation_error_message="A record is not merged into itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kept_model__isnull", True),
                    models.Q(("kept_model", models.F("merged_model")), _negated=True),
                    _connector="OR",
                ),
                name="suppliers_merge_of_two_model",
                violation_error_message="A record is not merged into itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)),
                fields=("merged_company",),
                name="suppliers_merge_of_company_once",
                violation_error_message="It is merged already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)),
                fields=("merged_model",),
                name="suppliers_merge_of_model_once",
                violation_error_message="It is merged already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="movedrow",
            constraint=evidence.constraints.FieldCheck(
                condition=models.Q(("move__in", ["moved", "set aside", "added"])),
                field="move",
                name="suppliers_movedrow_move_listed",
                violation_error_message="Choose one of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="movedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("move", "set aside"), ("row__isnull", False), ("twin_pk__isnull", False)),
                    models.Q(
                        models.Q(("move", "set aside"), _negated=True),
                        ("row__isnull", True),
                        ("twin_pk__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="suppliers_movedrow_set_aside_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(fields=["name_key"], name="suppliers_company_by_name"),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(fields=["legal_name_key"], name="suppliers_company_by_legal"),
        ),
        migrations.AddIndex(
            model_name="companyalias",
            index=models.Index(fields=["name_key"], name="suppliers_alias_by_name"),
        ),
        migrations.AddIndex(
            model_name="movedrow",
            index=models.Index(fields=["table", "row_pk"], name="suppliers_movedrow_of_row"),
        ),
        merged_one_level("suppliers_company"),
        merged_one_level("suppliers_productmodel"),
        *(
            names_no_merged_company(f"suppliers_{table}", column)
            for table, columns in COMPANY_LINKS.items()
            for column in columns
        ),
        *(names_no_merged_model(f"suppliers_{table}") for table in MODEL_LINKS),
    ]
