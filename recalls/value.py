"""The value of a batch's recalled units in the currency in which it is stated: what exposure is converted from."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.lookups import IsNull, LessThan

from evidence.figures import Grade, Precision
from recalls.choices import ExposureBasis

PARTS = ("low", "high", "precision", "currency", "grade", "basis")


def value_of_units(part, counts=lambda figure: Q()):
    """SQL for one of the `PARTS` of the value: a function of nothing but the batch's own columns.

    The published sales amount where an end of it is stated; else units × unit price, our estimate, where an end
    of both is; else no figure. A figure is unknown unless the `Q` of `counts(figure)` holds.
    """
    published, estimated, otherwise = _expressions()[part]
    is_published = counts("amount") & (_is_stated("amount_low") | _is_stated("amount_high"))
    is_estimated = counts("units") & counts("price") & (_meet("low") | _meet("high"))
    return Case(
        When(is_published, then=published),
        When(is_estimated, then=estimated),
        default=Value(otherwise),
        output_field=value_field(part),
    )


def value_field(part):
    """What holds a part; the widest product of units and price has 38 digits."""
    if part in ("low", "high"):
        return models.DecimalField(max_digits=40, decimal_places=2, null=True)
    return models.CharField(max_length=20)


def _expressions():
    """Each part where the amount is published, where units × price stand in for it, and without a figure."""
    published, estimated = Value(ExposureBasis.PUBLISHED), Value(ExposureBasis.ESTIMATED)
    return {
        "low": (F("amount_low"), _product("low"), None),
        "high": (F("amount_high"), _product("high"), None),
        "precision": (
            F("amount_precision"),
            precision_of(_product("low"), _product("high")),
            Precision.UNKNOWN,
        ),
        "currency": (F("amount_currency"), F("price_currency"), ""),
        "grade": (F("amount_grade"), Value(Grade.INFERRED), ""),
        "basis": (published, estimated, ExposureBasis.NO_FIGURE),
    }


def _product(end):
    return F(f"units_{end}") * F(f"price_{end}")


def precision_of(low, high):
    """The precision of a product: one number is as good as what it is multiplied from, never exact."""
    return Case(
        When(IsNull(low, True), then=Value(Precision.AT_MOST)),
        When(IsNull(high, True), then=Value(Precision.AT_LEAST)),
        When(LessThan(low, high), then=Value(Precision.RANGE)),
        default=Value(Precision.APPROXIMATE),
        output_field=models.CharField(),
    )


def _meet(end):
    """Both factors of this end are stated."""
    return _is_stated(f"units_{end}") & _is_stated(f"price_{end}")


def _is_stated(column):
    return Q(**{f"{column}__isnull": False})
