"""What a published figure is: low and high, how precise it is, and how well it is established."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evidence.constraints import FieldCheck, in_order, not_negative, one_of


class Grade(models.TextChoices):
    """How well a fact is established, from the strongest to the weakest."""

    OFFICIAL = "official", pgettext_lazy("grade", "official")
    COMPANY = "company", pgettext_lazy("grade", "company")
    REPORTED = "reported", pgettext_lazy("grade", "reported")
    ESTIMATED = "estimated", pgettext_lazy("grade", "estimated")
    ALLEGED = "alleged", pgettext_lazy("grade", "alleged")
    INFERRED = "inferred", pgettext_lazy("grade", "inferred")


class Precision(models.TextChoices):
    EXACT = "exact", _("exact")
    APPROXIMATE = "approximate", _("approximate")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    RANGE = "range", _("range")
    UNKNOWN = "unknown", _("not stated")


class Currency(models.TextChoices):
    """ISO 4217 codes of the markets whose regulators publish recalls."""

    AUD = "AUD", "AUD"
    BRL = "BRL", "BRL"
    CAD = "CAD", "CAD"
    CHF = "CHF", "CHF"
    CNY = "CNY", "CNY"
    CZK = "CZK", "CZK"
    DKK = "DKK", "DKK"
    EUR = "EUR", "EUR"
    GBP = "GBP", "GBP"
    HKD = "HKD", "HKD"
    HUF = "HUF", "HUF"
    IDR = "IDR", "IDR"
    ILS = "ILS", "ILS"
    INR = "INR", "INR"
    ISK = "ISK", "ISK"
    JPY = "JPY", "JPY"
    KRW = "KRW", "KRW"
    MXN = "MXN", "MXN"
    MYR = "MYR", "MYR"
    NOK = "NOK", "NOK"
    NZD = "NZD", "NZD"
    PHP = "PHP", "PHP"
    PLN = "PLN", "PLN"
    RON = "RON", "RON"
    SEK = "SEK", "SEK"
    SGD = "SGD", "SGD"
    THB = "THB", "THB"
    TRY = "TRY", "TRY"
    TWD = "TWD", "TWD"
    USD = "USD", "USD"
    VND = "VND", "VND"
    ZAR = "ZAR", "ZAR"


def figure_checks(prefix, figure):
    """CHECKs for the columns `<figure>_low`, `_high` and `_precision`; `prefix` begins their names."""
    low, high, precision = f"{figure}_low", f"{figure}_high", f"{figure}_precision"
    return [
        one_of(f"{prefix}_precision_listed", precision, Precision),
        not_negative(f"{prefix}_low_not_negative", low),
        not_negative(f"{prefix}_high_not_negative", high),
        in_order(f"{prefix}_high_not_below_low", low, high, _("The high figure is below the low one.")),
        _fits(f"{prefix}_fits_precision", low, high, precision),
    ]


def _fits(name, low, high, precision):
    has_low, has_high = Q(**{f"{low}__isnull": False}), Q(**{f"{high}__isnull": False})
    one_number = has_low & has_high & Q(**{low: F(high)})
    shapes = {
        Precision.EXACT: one_number,
        Precision.APPROXIMATE: one_number,
        Precision.AT_LEAST: has_low & ~has_high,
        Precision.AT_MOST: ~has_low & has_high,
        Precision.RANGE: has_low & has_high & Q(**{f"{low}__lt": F(high)}),
        Precision.UNKNOWN: ~has_low & ~has_high,
    }
    condition = Q()
    for value, shape in shapes.items():
        condition |= Q(**{precision: value}) & shape
    return FieldCheck(
        field=precision,
        name=name,
        condition=condition,
        violation_error_message=(
            _(
                "The precision does not fit the figures: exact and approximate take one number (low and high alike), "
                "“at least” only a low, “at most” only a high, a range two different ones, “not stated” none."
            )
        ),
    )


def currency_check(name, currency, *amounts):
    """CHECK that an amount has its currency and a currency its amount."""
    return _paired(name, currency, amounts, _("An amount needs its currency, and a currency an amount."))


def graded_check(name, grade, *figures):
    """CHECK that a figure has its grade and a grade its figure."""
    return _paired(name, grade, figures, _("A figure needs its grade, and a grade a figure."))


def _paired(name, text, figures, sentence):
    any_figure = Q()
    for figure in figures:
        any_figure |= Q(**{f"{figure}__isnull": False})
    return FieldCheck(
        field=text,
        name=name,
        condition=(any_figure & ~Q(**{text: ""})) | (~any_figure & Q(**{text: ""})),
        violation_error_message=sentence,
    )
