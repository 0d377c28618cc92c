"""The European Central Bank's euro reference rates, by calendar day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, one_of
from evidence.figures import Currency
from recalls.models.batch import RecallBatch


class BatchesOfTheDay(models.ForeignObject):
    """The batches announced on a rate's day: a join for queries, with neither a column nor a constraint.

    It leads from a batch to all rates of its day as `rates_of_day`, of which a `FilteredRelation` takes one
    by its currency. `ForeignObject` is the class below `ForeignKey`: Django shows its use, but may change it.
    """

    def __init__(self, **kwargs):
        super().__init__(
            RecallBatch,
            on_delete=models.DO_NOTHING,
            from_fields=["day"],
            to_fields=["announced_on"],
            related_name="rates_of_day",
            **kwargs,
        )

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, private_only=True)

    def _check_unique_target(self):
        return []  # several batches are announced on one day


class ExchangeRate(models.Model):
    """What one euro cost in a currency on a calendar day; the euro itself is 1.

    The bank fixes rates on working days; the days between two fixings at most a week apart have the earlier
    one's. A day without a row has no rate: before the first fixing, after the last, or while the bank had
    suspended the currency.
    """

    currency = models.CharField(max_length=3, choices=Currency, help_text=_("ISO 4217 code of the currency."))
    day = models.DateField(help_text=_("The calendar day it is the rate of."))
    per_euro = models.DecimalField(
        max_digits=18, decimal_places=8, help_text=_("Units of the currency that one euro cost.")
    )
    fixed_on = models.DateField(
        help_text=_("The day the bank fixed it: on weekends and holidays an earlier one.")
    )
    batches = BatchesOfTheDay()

    class Meta:
        ordering = ["day", "currency", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "day"],
                name="recalls_exchangerate_day_once",
                violation_error_message=_("This currency has a rate for this day already."),
            ),
            one_of("recalls_exchangerate_currency_listed", "currency", Currency),
            FieldCheck(
                field="per_euro",
                name="recalls_exchangerate_above_zero",
                condition=Q(per_euro__gt=0),
                violation_error_message=_("A rate is above zero."),
            ),
            FieldCheck(
                field="fixed_on",
                name="recalls_exchangerate_fixed_before",
                condition=Q(fixed_on__lte=F("day")),
                violation_error_message=_("A rate is not fixed after its day."),
            ),
        ]

    def __str__(self):
        return f"{self.per_euro.normalize():f} {self.currency} per euro on {self.day}"
