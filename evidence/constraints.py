"""Checks that the database holds and whose sentence stands at the field it is about."""

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _


class FieldCheck(CheckConstraint):
    """A CHECK whose violation is reported at `field` of the form instead of above it."""

    def __init__(self, *, field, **kwargs):
        self.field = field
        super().__init__(**kwargs)

    def validate(self, *args, **kwargs):
        try:
            super().validate(*args, **kwargs)
        except ValidationError as error:
            raise ValidationError({self.field: error.messages}) from error

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def __eq__(self, other):
        return isinstance(other, FieldCheck) and super().__eq__(other) and self.field == other.field

    __hash__ = None


def one_of(name, field, choices, empty=False):
    """CHECK that a text is one of its choices, since Django's choices do not reach the database."""
    values = [*choices.values, ""] if empty else choices.values
    return FieldCheck(
        field=field,
        name=name,
        condition=Q(**{f"{field}__in": values}),
        violation_error_message=_("Choose one of the list."),
    )


def in_order(name, first, last, sentence):
    """CHECK that `last` is not below `first` where both are known."""
    return FieldCheck(
        field=last,
        name=name,
        condition=Q(**{f"{last}__gte": F(first)})
        | Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True}),
        violation_error_message=sentence,
    )


def not_negative(name, field):
    return FieldCheck(
        field=field,
        name=name,
        condition=Q(**{f"{field}__gte": 0}) | Q(**{f"{field}__isnull": True}),
        violation_error_message=_("A number below zero can't be right here."),
    )


def slug_shaped(name):
    """CHECK that `slug` can stand in an address: what Django's own field only asks of forms."""
    return FieldCheck(
        field="slug",
        name=name,
        condition=Q(slug__regex=r"^[-a-zA-Z0-9_]+$"),
        violation_error_message=_("A short name has letters, digits, hyphens and underscores only."),
    )


def window_in_order(name, start, end, sentence):
    """CHECK that a window of two partial dates can be true: its last possible day is not before its first."""
    return FieldCheck(
        field=end,
        name=name,
        condition=Q(**{f"{end}__endswith__gt": F(f"{start}__startswith")})
        | Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True}),
        violation_error_message=sentence,
    )
