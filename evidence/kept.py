"""Columns that triggers keep: Django reads them and never writes them."""

from django.db import models


class _Kept:
    """What only the database sets, as it does for a generated column: here from other tables too."""

    generated = True
    db_returning = True
    expression = models.Value(None)  # Django works it out to check constraints, of which none reads it

    def __init__(self, **kwargs):
        super().__init__(**{"null": True, "editable": False, **kwargs})

    @property
    def output_field(self):
        return self

    def deconstruct(self):
        """In migrations an ordinary column."""
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, {**kwargs, "null": True}


class KeptTextField(_Kept, models.TextField):
    """A text."""


class KeptDecimalField(_Kept, models.DecimalField):
    """A sum of money."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_digits": 50, "decimal_places": 2, **kwargs})
