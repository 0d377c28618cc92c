"""Dates known only to the month or the year, stored as the first and last day they can mean."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from psycopg2.extras import DateRange

FORMS = _("Write a date as 2025, 2025-H1, 2025-06, 2025-06-12 or “2025-01 to 2025-09”.")
# Postgres ends the year 9999 in the year 10000, which Python can't read back.
WHOLE = re.compile(r"([12]\d{3})(?:-(?:H([12])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)
SPAN = re.compile(r"\s+to\s+")


@dataclass(frozen=True, order=True)
class PartialDate:
    """The first and the last day that a partly known date can mean, both included."""

    first: date
    last: date

    @classmethod
    def parse(cls, text):
        """Read `2025`, `2025-H1`, `2025-06`, `2025-06-12` or two of them joined by “to”; ValueError otherwise."""
        ends = [_period(part) for part in SPAN.split(text.strip())]
        if len(ends) > 2 or ends[0][0] > ends[-1][1]:
            raise ValueError(FORMS)
        return cls(ends[0][0], ends[-1][1])

    def __str__(self):
        for name in _names(self.first):
            if _period(name) == (self.first, self.last):
                return name
        if self.first.day == 1 and _month_end(self.last) == self.last:
            return f"{self.first:%Y-%m} to {self.last:%Y-%m}"
        return f"{self.first} to {self.last}"


def _names(day):
    half = 1 if day.month <= 6 else 2
    return day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}-H{half}"


def _month_end(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _period(text):
    """First and last day of one written period."""
    match = WHOLE.fullmatch(text)
    if not match:
        raise ValueError(FORMS)
    year, half, month, day = (int(part) if part else None for part in match.groups())
    if half:
        return date(year, 6 * half - 5, 1), _month_end(date(year, 6 * half, 1))
    first = date(year, month or 1, day or 1)
    if day:
        return first, first
    return first, _month_end(first) if month else date(year, 12, 31)


class PartialDateFormField(forms.CharField):
    """A text box that takes a date as precisely as it is known."""

    def prepare_value(self, value):
        return "" if value is None else str(value)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(FORMS, code="invalid") from error

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != (data or "").strip()


class PartialDateField(DateRangeField):
    """A `PartialDate` in one date range: overlap finds it, its lower end sorts it."""

    is_partial_date = True

    def from_db_value(self, value, expression, connection):
        return _from_range(value)

    def to_python(self, value):
        if isinstance(value, str):
            try:
                return PartialDate.parse(value) if value else None
            except ValueError as error:
                raise ValidationError(FORMS, code="invalid") from error
        return value if isinstance(value, PartialDate) else _from_range(super().to_python(value))

    def get_prep_value(self, value):
        if isinstance(value, str):
            value = self.to_python(value)
        if isinstance(value, PartialDate):
            return DateRange(value.first, value.last, "[]")
        return super().get_prep_value(value)

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs):
        return models.Field.formfield(
            self, **{"form_class": PartialDateFormField, "help_text": self.help_text or FORMS, **kwargs}
        )


def _from_range(value):
    if value is None or isinstance(value, PartialDate):
        return value
    return PartialDate(value.lower, value.upper - timedelta(days=1))


class PartialDateText(models.Func):
    """The same words as `str(PartialDate)`, made by the database for lists and files."""

    function = "evidence_partial_date_text"
    output_field = models.TextField()

    @property
    def plain(self):
        """The date itself."""
        return self.source_expressions[0]
