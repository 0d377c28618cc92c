"""What full refunds would cost: the sales value of recalled units in one currency. Not a booked loss.

The value in its own currency is kept with each batch by the database (`recalls.value`); here it is only multiplied
by the rate of the day. That takes two joins, to the rates of the value's and of the wanted currency. In the usual
currencies the product is kept as well (the migration `kept_exposure`), by the same arithmetic to the cent.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, CharField, Count, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Least, Round

from evidence.figures import Currency, Precision
from recalls.choices import ExposureBasis
from recalls.kept_fields import CURRENCIES, kept_exposure
from recalls.totals import merged, rows_of_sums, sums_of, total_of, totals_of

DEFAULT_CURRENCY = Currency.USD
COUNTS = {
    "published": ExposureBasis.PUBLISHED,
    "estimated": ExposureBasis.ESTIMATED,
    "without_figure": ExposureBasis.NO_FIGURE,
    "without_rate": ExposureBasis.NO_RATE,
}

HAS_RATES = Q(wanted_rates__per_euro__isnull=False, own_rates__per_euro__isnull=False)
CROSSED = F("wanted_rates__per_euro") / F("own_rates__per_euro")
# Should the bank have fixed but one of the two rates on the later day.
EARLIER_FIXING = Least("own_rates__fixed_on", "wanted_rates__fixed_on")


@dataclass(frozen=True)
class Exposure:
    """The sales value of a set of batches under full refund, from low to high, each unit counted once.

    `low` and `high` are in `currency`; `high` is None where a part is open, both where no part has a figure.
    `precision` is that of the least precise part and `grade` that of the weakest. The counts are of batches:
    `published` and `estimated` (units × price) are in the sum; `without_figure`, `without_rate` and `inside`
    (counted in another batch of the set) are not.
    """

    currency: str
    low: Decimal | None
    high: Decimal | None
    precision: str
    grade: str
    published: int
    estimated: int
    without_figure: int
    without_rate: int
    inside: int

    currencies = CURRENCIES


def with_exposure(batches, currency):
    """Annotate batches with their exposure in a currency.

    `exposure_low`, `exposure_high`, `exposure_precision`, `exposure_grade`: the published sales amount where
    there is one, else units × unit price (low × low to high × high), in `exposure_currency`; NULL where an end
    is open, where there is no figure or no rate. `exposure_basis`: which of these, an `ExposureBasis`.
    `exposure_from_currency`: the currency of that figure. `exposure_rate`: units of `currency` for one of it,
    crossed through the euro at the reference rates of the day of announcement; 1 in the same currency.
    `exposure_rate_fixed_on`: the day these were fixed; NULL where none was needed.
    `estimate_low`, `estimate_high`: units × unit price, also where an amount is published; `estimate_rate`. They
    add no join, so a query that doesn't name them doesn't pay for them.
    """
    return with_rates(with_exposure_figures(batches, currency), currency, "value").annotate(
        estimate_rate=_estimate_rate(batches.model, currency),
        estimate_low=_rounded(F("units_low") * F("price_low") * F("estimate_rate")),
        estimate_high=_rounded(F("units_high") * F("price_high") * F("estimate_rate")),
    )


def with_exposure_figures(batches, currency):
    """Annotate batches with `exposure_low` to `exposure_basis` of `with_exposure` alone.

    In the usual currencies these are kept with each batch, and no rate is looked up; not those of figures that a
    caller has masked.
    """
    if currency in CURRENCIES and "value_low" not in batches.query.annotations:
        return _with_kept(batches, currency)
    return with_conversion(batches, currency, "value")


def with_conversion(rows, currency, value, batch=""):
    """Annotate rows with a value of theirs in another currency, at the rates of their batch's day.

    Reads `<value>_low`, `_high`, `_precision`, `_grade`, `_currency` and `_basis`, columns or annotations; adds
    `exposure_low` to `exposure_rate_fixed_on` as `with_exposure` describes them. `batch` is the path to the batch,
    such as `batch__`.
    """
    rows = with_rates(rows, currency, value, batch)
    rate, has_rate = F("exposure_rate"), Q(**{f"{value}_currency": currency}) | HAS_RATES
    figures = {f"exposure_{end}": _rounded(F(f"{value}_{end}") * rate) for end in ("low", "high")}
    return _with_figures(rows, currency, value, figures, has_rate)


def with_rates(rows, currency, value, batch=""):
    """Annotate rows with the rate of a value of theirs and its day; does nothing the second time."""
    if "exposure_rate" in rows.query.annotations:
        return rows
    own = f"{value}_currency"
    is_same = Q(**{own: currency})
    rows = rows.annotate(wanted_rates=_rates_of_day(batch, currency), own_rates=_rates_of_day(batch, F(own)))
    return rows.annotate(
        exposure_rate=Case(When(is_same, then=Value(Decimal(1))), default=CROSSED),
        exposure_rate_fixed_on=Case(When(~is_same & HAS_RATES, then=EARLIER_FIXING)),
    )


def _with_kept(batches, currency):
    low, high = (kept_exposure(currency, end) for end in ("low", "high"))
    has_rate = Q(**{f"{low}__isnull": False}) | Q(**{f"{high}__isnull": False})
    return _with_figures(
        batches, currency, "value", {"exposure_low": F(low), "exposure_high": F(high)}, has_rate
    )


def _with_figures(rows, currency, value, figures, has_rate):
    """`has_rate`: a value that is stated is known in this currency."""
    return rows.annotate(
        **figures,
        exposure_precision=_precision(f"{value}_precision", Q(**{f"{value}_currency": currency}), has_rate),
        exposure_currency=Value(currency),
        exposure_grade=Case(When(has_rate, then=f"{value}_grade"), default=Value("")),
        exposure_basis=_basis(value, has_rate),
        exposure_from_currency=F(f"{value}_currency"),
    )


def exposure(batches, currency):
    """The `Exposure` of a queryset of recall batches in a currency, in one query."""
    batches = with_exposure_figures(batches.order_by(), currency)
    return exposure_of(rows_of_sums(batches, **exposure_sums()), currency)


def totals_and_exposure(batches, currency):
    """The `Totals` and the `Exposure` of a queryset of recall batches, in one query."""
    batches = with_exposure_figures(batches.order_by(), currency)
    rows = rows_of_sums(batches, **sums_of("units"), **sums_of("amount"), **exposure_sums())
    return totals_of(rows), exposure_of(rows, currency)


def exposure_sums():
    """The aggregates that `exposure_of` reads."""
    counts = {name: Count("pk", filter=Q(exposure_basis=basis)) for name, basis in COUNTS.items()}
    return {**counts, **sums_of("exposure")}


def exposure_of(rows, currency):
    """The `Exposure` of `rows_of_sums` of `exposure_sums`."""
    whole = merged(row for row in rows if not row["is_inside"])
    total = total_of("exposure", whole)
    return Exposure(
        currency=currency,
        low=total.low,
        high=total.high,
        precision=total.precision,
        grade=total.grade,
        inside=sum(row["batches"] for row in rows if row["is_inside"]),
        **{name: whole[name] for name in COUNTS},
    )


def _rates_of_day(batch, currency):
    relation = f"{batch}rates_of_day"
    return FilteredRelation(relation, condition=Q(**{f"{relation}__currency": currency}))


def _estimate_rate(batch_model, currency):
    """That of the exposure where the price is in its currency; only else another rate is looked up."""
    rates = batch_model._meta.get_field("rates_of_day").related_model.objects
    of_price = rates.filter(day=OuterRef("announced_on"), currency=OuterRef("price_currency")).order_by()
    return Case(
        When(price_currency="", then=None),
        When(price_currency=currency, then=Value(Decimal(1))),
        When(price_currency=F("value_currency"), then=F("exposure_rate")),
        default=F("wanted_rates__per_euro") / Subquery(of_price.values("per_euro")),
    )


def _rounded(amount):
    return Round(amount, precision=2)


def _basis(value, has_rate):
    has_none = ~has_rate & ~Q(**{f"{value}_currency": ""})
    return Case(When(has_none, then=Value(ExposureBasis.NO_RATE)), default=F(f"{value}_basis"))


def _precision(precision, is_same, has_rate):
    """An exact amount stays exact in its own currency only."""
    crossed = Case(When(**{precision: Precision.EXACT}, then=Value(Precision.APPROXIMATE)), default=precision)
    return Case(
        When(is_same, then=precision),
        When(has_rate, then=crossed),
        default=Value(Precision.UNKNOWN),
        output_field=CharField(),
    )
