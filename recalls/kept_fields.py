"""A column that a trigger keeps: Django reads it and never writes it."""

from django.db import models

CURRENCIES = ("CNY", "EUR", "GBP", "JPY", "USD")  # in which each batch's exposure is kept
ENDS = ("low", "high")


class KeptDecimalField(models.DecimalField):
    """A number that only the database sets, as it does for a generated column: here from other tables too."""

    generated = True
    db_returning = True
    expression = models.Value(None)  # Django works it out to check constraints, of which none reads it

    def __init__(self, **kwargs):
        super().__init__(**{"null": True, "editable": False, "max_digits": 50, "decimal_places": 2, **kwargs})

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, {**kwargs, "null": True}


def kept_exposure(currency, end):
    """The name of the column that keeps an end of the exposure in one of the `CURRENCIES`."""
    return f"exposure_{currency.lower()}_{end}"
