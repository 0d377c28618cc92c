"""Views of lists that staff save under a name; those shown to everybody change pages."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import evidence.constraints
from evidence.triggers import changes_data_version


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0025_many_rows_at_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(help_text="What the view is called.", max_length=80)),
                (
                    "address",
                    models.CharField(
                        help_text="The list and its query: /recalls/?region=JP. The page's number is left out.",
                        max_length=1500,
                    ),
                ),
                (
                    "is_shown",
                    models.BooleanField(
                        default=False,
                        help_text="Whether the public list offers the view by its name.",
                        verbose_name="shown to everybody",
                    ),
                ),
                ("saved_at", models.DateTimeField(auto_now_add=True, help_text="When it was saved first.")),
                (
                    "saved_by",
                    models.ForeignKey(
                        editable=False,
                        help_text="Who saved it first; its history knows who changed it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "default_permissions": ("view", "add", "change", "delete", "publish"),
                "constraints": [
                    evidence.constraints.FieldCheck(
                        condition=models.Q(("address__regex", "^/([a-z0-9][a-z0-9_-]*/)+(\\?[!-~]*)?$")),
                        field="address",
                        name="recalls_savedview_address_of_this_site",
                        violation_error_message="This is no address of a list of this site: it reads like /recalls/?region=JP.",
                    ),
                    evidence.constraints.FieldCheck(
                        condition=models.Q(("name__regex", "\\S")),
                        field="name",
                        name="recalls_savedview_named",
                        violation_error_message="A view needs a name.",
                    ),
                    models.UniqueConstraint(
                        models.Func(
                            models.F("address"),
                            models.Value("?"),
                            models.Value(1),
                            function="split_part",
                            output_field=models.TextField(),
                        ),
                        django.db.models.functions.text.Lower("name"),
                        name="recalls_savedview_once_a_list",
                        violation_error_message="This list has a view of this name already.",
                    ),
                ],
            },
        ),
        changes_data_version("recalls_savedview"),
    ]
