"""Part of a batch: how many units of a product model a batch holds, as far as it says so."""

from django.db import models
from django.db.models import Case, CharField, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from evidence.figures import Grade, Precision
from recalls.choices import ExposureBasis
from recalls.exposure import with_conversion
from recalls.models import RecalledProduct
from recalls.value import precision_of, value_field


class PartKind(models.TextChoices):
    """What the units of one model in a batch rest on; computed, never stored."""

    OWN = "own units", _("own units of the model")
    WHOLE = "whole batch", _("whole batch, its only model")
    UP_TO = "up to", _("up to: units of the batch that contains it")
    NOT_STATED = "not stated", _("not stated")
    NO_RECALL = "in no recall yet", _("in no recall yet")


STATED = [PartKind.OWN, PartKind.WHOLE]


def with_part_kind(rows, line=""):
    """Annotate rows that are recalled products, or that reach one by a path such as `line__`, with a `PartKind`.

    `part_kind`; and `models_in_batch`: how many models the batch has.
    """
    rows = rows.annotate(models_in_batch=_models_in_batch(f"{line}batch"))
    kinds = map(Value, (PartKind.OWN, PartKind.WHOLE, PartKind.UP_TO, PartKind.NOT_STATED))
    absent = When(Q(**{f"{line}pk__isnull": True}), then=Value(PartKind.NO_RECALL))
    return rows.annotate(part_kind=Case(absent, default=_by_kind(line, *kinds), output_field=CharField()))


def with_parts(rows, line=""):
    """Annotate the same rows with the units of the model in the batch as well.

    `part_low`, `part_high`, `part_precision`, `part_grade`: the line's own units where stated, or the whole
    batch's where it has one model; else NULL. `up_to_low`, `up_to_high`, `up_to_precision`, `up_to_grade`: where
    neither is stated, the batch's units, which the part can't exceed; never to be added. NULL where the batch's
    own number is open.
    """
    return with_part_kind(rows, line).annotate(
        part_low=_part(line, "low"),
        part_high=_part(line, "high"),
        part_precision=_part(line, "precision", Value(Precision.UNKNOWN)),
        part_grade=_part(line, "grade", Value("")),
        up_to_low=_up_to(line, "low"),
        up_to_high=_up_to(line, "high"),
        up_to_precision=_up_to(line, "precision", Value("")),
        up_to_grade=_up_to(line, "grade", Value("")),
    )


def with_part_exposure(rows, currency, line=""):
    """Annotate rows `with_part_kind` with the exposure of the model's part of the batch in a currency.

    `exposure_low` to `exposure_rate_fixed_on`, as `with_exposure` describes them: of a batch's only model the
    batch's exposure, as far as it states units; of one of several its own units × the batch's unit price, our
    estimate; else no figure.
    """
    values = {
        f"part_value_{part}": _value_of_part(line, part, *own) for part, own in _own_value(line).items()
    }
    return with_conversion(rows.annotate(**values), currency, "part_value", f"{line}batch__")


def _value_of_part(line, part, own, otherwise):
    """The batch's where it has one model, else that of the model's own units."""
    whole = Q(models_in_batch=1) & (_states_units(line) | _states_units(f"{line}batch__"))
    priced = Q(IsNull(_product(line, "low"), False)) | Q(IsNull(_product(line, "high"), False))
    return Case(
        When(whole, then=F(f"{line}batch__value_{part}")),
        When(priced, then=own),
        default=Value(otherwise),
        output_field=value_field(part),
    )


def _own_value(line):
    """Each part of units of the model × unit price, and what it is where one of them is not stated."""
    low, high = _product(line, "low"), _product(line, "high")
    return {
        "low": (low, None),
        "high": (high, None),
        "precision": (precision_of(low, high), Precision.UNKNOWN),
        "currency": (F(f"{line}batch__price_currency"), ""),
        "grade": (Value(Grade.INFERRED), ""),
        "basis": (Value(ExposureBasis.ESTIMATED), ExposureBasis.NO_FIGURE),
    }


def _states_units(path):
    return ~Q(**{f"{path}units_precision": Precision.UNKNOWN})


def _product(line, end):
    return F(f"{line}units_{end}") * F(f"{line}batch__price_{end}")


def _models_in_batch(batch):
    """A subquery, as a join would multiply the rows."""
    lines = RecalledProduct.objects.filter(batch=OuterRef(batch)).order_by().values("batch")
    return Subquery(lines.annotate(n=Count("pk")).values("n"))


def _by_kind(line, own, whole, up_to, otherwise):
    """An expression for each kind of part."""
    return Case(
        When(~Q(**{f"{line}units_precision": Precision.UNKNOWN}), then=own),
        When(~Q(**{f"{line}batch__units_precision": Precision.UNKNOWN}) & Q(models_in_batch=1), then=whole),
        When(Q(**{f"{line}batch__units_high__isnull": False}), then=up_to),
        default=otherwise,
    )


def _part(line, end, otherwise=None):
    own, whole = F(f"{line}units_{end}"), F(f"{line}batch__units_{end}")
    return _by_kind(line, own, whole, otherwise, otherwise)


def _up_to(line, end, otherwise=None):
    return _by_kind(line, otherwise, otherwise, F(f"{line}batch__units_{end}"), otherwise)
