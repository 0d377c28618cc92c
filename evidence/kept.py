"""Columns that triggers keep: Django reads them and never writes them."""

from django.db import models


class KeptTextField(models.TextField):
    """A text that only the database sets, as it does for a generated column: here from other tables too."""

    generated = True
    db_returning = True
    expression = models.Value(None)  # Django works it out to check constraints, of which none reads it

    def __init__(self, **kwargs):
        super().__init__(**{"null": True, "editable": False, **kwargs})

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, {**kwargs, "null": True}
