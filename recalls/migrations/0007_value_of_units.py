"""The value of the recalled units, kept by the database with each batch: exposure is converted from it."""

import django.db.models.expressions
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0006_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="recallbatch",
            name="value_basis",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            ("amount_low__isnull", False), ("amount_high__isnull", False), _connector="OR"
                        ),
                        then=models.Value("published amount"),
                    ),
                    models.When(
                        models.Q(
                            models.Q(("units_low__isnull", False), ("price_low__isnull", False)),
                            models.Q(("units_high__isnull", False), ("price_high__isnull", False)),
                            _connector="OR",
                        ),
                        then=models.Value("units × price"),
                    ),
                    default=models.Value("no figure"),
                    output_field=models.CharField(max_length=20),
                ),
                help_text="Published amount, units × price, or no figure.",
                output_field=models.CharField(max_length=20),
            ),
        ),
        migrations.AddField(
            model_name="recallbatch",
            name="value_currency",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            ("amount_low__isnull", False), ("amount_high__isnull", False), _connector="OR"
                        ),
                        then=models.F("amount_currency"),
                    ),
                    models.When(
                        models.Q(
                            models.Q(("units_low__isnull", False), ("price_low__isnull", False)),
                            models.Q(("units_high__isnull", False), ("price_high__isnull", False)),
                            _connector="OR",
                        ),
                        then=models.F("price_currency"),
                    ),
                    default=models.Value(""),
                    output_field=models.CharField(max_length=20),
                ),
                help_text="The currency of the value: the amount's or the price's.",
                output_field=models.CharField(max_length=20),
            ),
        ),
        migrations.AddField(
            model_name="recallbatch",
            name="value_grade",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            ("amount_low__isnull", False), ("amount_high__isnull", False), _connector="OR"
                        ),
                        then=models.F("amount_grade"),
                    ),
                    models.When(
                        models.Q(
                            models.Q(("units_low__isnull", False), ("price_low__isnull", False)),
                            models.Q(("units_high__isnull", False), ("price_high__isnull", False)),
                            _connector="OR",
                        ),
                        then=models.Value("inferred"),
                    ),
                    default=models.Value(""),
                    output_field=models.CharField(max_length=20),
                ),
                help_text="How well the value is established; inferred where it is units × price.",
                output_field=models.CharField(max_length=20),
            ),
        ),
        migrations.AddField(
            model_name="recallbatch",
            name="value_high",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            ("amount_low__isnull", False), ("amount_high__isnull", False), _connector="OR"
                        ),
                        then=models.F("amount_high"),
                    ),
                    models.When(
                        models.Q(
                            models.Q(("units_low__isnull", False), ("price_low__isnull", False)),
                            models.Q(("units_high__isnull", False), ("price_high__isnull", False)),
                            _connector="OR",
                        ),
                        then=django.db.models.expressions.CombinedExpression(
                            models.F("units_high"), "*", models.F("price_high")
                        ),
                    ),
                    default=models.Value(None),
                    output_field=models.DecimalField(decimal_places=2, max_digits=40, null=True),
                ),
                help_text="High end of the value of the recalled units; empty when open.",
                output_field=models.DecimalField(decimal_places=2, max_digits=40, null=True),
            ),
        ),
        migrations.AddField(
            model_name="recallbatch",
            name="value_low",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            ("amount_low__isnull", False), ("amount_high__isnull", False), _connector="OR"
                        ),
                        then=models.F("amount_low"),
                    ),
                    models.When(
                        models.Q(
                            models.Q(("units_low__isnull", False), ("price_low__isnull", False)),
                            models.Q(("units_high__isnull", False), ("price_high__isnull", False)),
                            _connector="OR",
                        ),
                        then=django.db.models.expressions.CombinedExpression(
                            models.F("units_low"), "*", models.F("price_low")
                        ),
                    ),
                    default=models.Value(None),
                    output_field=models.DecimalField(decimal_places=2, max_digits=40, null=True),
                ),
                help_text="Value of the recalled units, or its low end: the amount, else units × price.",
                output_field=models.DecimalField(decimal_places=2, max_digits=40, null=True),
            ),
        ),
        migrations.AddField(
            model_name="recallbatch",
            name="value_precision",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            ("amount_low__isnull", False), ("amount_high__isnull", False), _connector="OR"
                        ),
                        then=models.F("amount_precision"),
                    ),
                    models.When(
                        models.Q(
                            models.Q(("units_low__isnull", False), ("price_low__isnull", False)),
                            models.Q(("units_high__isnull", False), ("price_high__isnull", False)),
                            _connector="OR",
                        ),
                        then=models.Case(
                            models.When(
                                django.db.models.lookups.IsNull(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("units_low"), "*", models.F("price_low")
                                    ),
                                    True,
                                ),
                                then=models.Value("at_most"),
                            ),
                            models.When(
                                django.db.models.lookups.IsNull(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("units_high"), "*", models.F("price_high")
                                    ),
                                    True,
                                ),
                                then=models.Value("at_least"),
                            ),
                            models.When(
                                django.db.models.lookups.LessThan(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("units_low"), "*", models.F("price_low")
                                    ),
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("units_high"), "*", models.F("price_high")
                                    ),
                                ),
                                then=models.Value("range"),
                            ),
                            default=models.Value("approximate"),
                            output_field=models.CharField(),
                        ),
                    ),
                    default=models.Value("unknown"),
                    output_field=models.CharField(max_length=20),
                ),
                help_text="How precise the value is.",
                output_field=models.CharField(max_length=20),
            ),
        ),
    ]
