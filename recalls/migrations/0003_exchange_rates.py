"""The euro reference rates by calendar day."""

from django.db import migrations, models

import evidence.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("recalls", "0002_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[
                            ("AUD", "AUD"),
                            ("BRL", "BRL"),
                            ("CAD", "CAD"),
                            ("CHF", "CHF"),
                            ("CNY", "CNY"),
                            ("CZK", "CZK"),
                            ("DKK", "DKK"),
                            ("EUR", "EUR"),
                            ("GBP", "GBP"),
                            ("HKD", "HKD"),
                            ("HUF", "HUF"),
                            ("IDR", "IDR"),
                            ("ILS", "ILS"),
                            ("INR", "INR"),
                            ("ISK", "ISK"),
                            ("JPY", "JPY"),
                            ("KRW", "KRW"),
                            ("MXN", "MXN"),
                            ("MYR", "MYR"),
                            ("NOK", "NOK"),
                            ("NZD", "NZD"),
                            ("PHP", "PHP"),
                            ("PLN", "PLN"),
                            ("RON", "RON"),
                            ("SEK", "SEK"),
                            ("SGD", "SGD"),
                            ("THB", "THB"),
                            ("TRY", "TRY"),
                            ("TWD", "TWD"),
                            ("USD", "USD"),
                            ("VND", "VND"),
                            ("ZAR", "ZAR"),
                        ],
                        help_text="ISO 4217 code of the currency.",
                        max_length=3,
                    ),
                ),
                ("day", models.DateField(help_text="The calendar day it is the rate of.")),
                (
                    "per_euro",
                    models.DecimalField(
                        decimal_places=8, help_text="Units of the currency that one euro cost.", max_digits=18
                    ),
                ),
                (
                    "fixed_on",
                    models.DateField(
                        help_text="The day the bank fixed it: on weekends and holidays an earlier one."
                    ),
                ),
            ],
            options={
                "ordering": ["day", "currency", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("currency", "day"),
                        name="recalls_exchangerate_day_once",
                        violation_error_message="This currency has a rate for this day already.",
                    ),
                    evidence.constraints.FieldCheck(
                        condition=models.Q(
                            (
                                "currency__in",
                                [
                                    "AUD",
                                    "BRL",
                                    "CAD",
                                    "CHF",
                                    "CNY",
                                    "CZK",
                                    "DKK",
                                    "EUR",
                                    "GBP",
                                    "HKD",
                                    "HUF",
                                    "IDR",
                                    "ILS",
                                    "INR",
                                    "ISK",
                                    "JPY",
                                    "KRW",
                                    "MXN",
                                    "MYR",
                                    "NOK",
                                    "NZD",
                                    "PHP",
                                    "PLN",
                                    "RON",
                                    "SEK",
                                    "SGD",
                                    "THB",
                                    "TRY",
                                    "TWD",
                                    "USD",
                                    "VND",
                                    "ZAR",
                                ],
                            )
                        ),
                        field="currency",
                        name="recalls_exchangerate_currency_listed",
                        violation_error_message="Choose one of the list.",
                    ),
                    evidence.constraints.FieldCheck(
                        condition=models.Q(("per_euro__gt", 0)),
                        field="per_euro",
                        name="recalls_exchangerate_above_zero",
                        violation_error_message="A rate is above zero.",
                    ),
                    evidence.constraints.FieldCheck(
                        condition=models.Q(("fixed_on__lte", models.F("day"))),
                        field="fixed_on",
                        name="recalls_exchangerate_fixed_before",
                        violation_error_message="A rate is not fixed after its day.",
                    ),
                ],
            },
        ),
    ]
