"""What full refunds would cost: the sales value of recalled units in one currency. Not a booked loss."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, CharField, Count, F, FilteredRelation, Q, Value, When
from django.db.models.functions import Least, Round

from evidence.figures import Currency, Grade, Precision
from recalls.choices import ExposureBasis
from recalls.totals import counted_and_inside, sums_of, total_of

DEFAULT_CURRENCY = Currency.USD
COUNTS = {
    "published": ExposureBasis.PUBLISHED,
    "estimated": ExposureBasis.ESTIMATED,
    "without_figure": ExposureBasis.NO_FIGURE,
    "without_rate": ExposureBasis.NO_RATE,
}


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

    currencies = ("CNY", "EUR", "GBP", "JPY", "USD")  # one click away; the address takes all that are quoted


def with_exposure(batches, currency):
    """Annotate batches with their exposure in a currency.

    `exposure_low`, `exposure_high`, `exposure_precision`, `exposure_grade`: the published sales amount where
    there is one, else units × unit price (low × low to high × high), in `exposure_currency`; NULL where an end
    is open, where there is no figure or no rate. `exposure_basis`: which of these, an `ExposureBasis`.
    `exposure_from_currency`: the currency of that figure. `exposure_rate`: units of `currency` for one of it,
    crossed through the euro at the reference rates of the day of announcement; 1 in the same currency.
    `exposure_rate_fixed_on`: the day these were fixed; NULL where none was needed.
    `estimate_low`, `estimate_high`: units × unit price, also where an amount is published; `estimate_rate`.
    """
    annotated = _with_rates(batches, currency).annotate(
        exposure_currency=Value(currency),
        estimate_low=_converted(F("units_low") * F("price_low"), "estimate_rate"),
        estimate_high=_converted(F("units_high") * F("price_high"), "estimate_rate"),
        exposure_from_currency=_of_figure("amount_currency", "price_currency", ""),
        exposure_rate=_of_figure("amount_rate", "estimate_rate", None),
    )
    annotated = annotated.annotate(
        exposure_low=_of_figure(_converted("amount_low", "amount_rate"), "estimate_low", None),
        exposure_high=_of_figure(_converted("amount_high", "amount_rate"), "estimate_high", None),
        exposure_basis=_basis(),
        exposure_rate_fixed_on=_fixed_on(currency),
    )
    return annotated.annotate(exposure_precision=_precision(currency), exposure_grade=_grade())


def exposure(batches, currency):
    """The `Exposure` of a queryset of recall batches in a currency, in one query."""
    marked = with_exposure(batches.order_by().with_inside(), currency)
    counted, inside = counted_and_inside(
        marked,
        **{name: Count("pk", filter=Q(exposure_basis=basis)) for name, basis in COUNTS.items()},
        **sums_of("exposure"),
    )
    total = total_of("exposure", counted)
    return Exposure(
        currency=currency,
        low=total.low,
        high=total.high,
        precision=total.precision,
        grade=total.grade,
        inside=inside,
        **{name: counted[name] for name in COUNTS},
    )


def _with_rates(batches, currency):
    """Join the rates of the day of the amount's, the price's and the wanted currency, where there are."""
    joined = batches.annotate(
        amount_rates=_rates_of(F("amount_currency")),
        price_rates=_rates_of(F("price_currency")),
        wanted_rates=_rates_of(currency),
    )
    return joined.annotate(amount_rate=_rate("amount", currency), estimate_rate=_rate("price", currency))


def _rates_of(currency):
    return FilteredRelation("rates_of_day", condition=Q(rates_of_day__currency=currency))


def _rate(figure, currency):
    same = When(**{f"{figure}_currency": currency}, then=Value(Decimal(1)))
    return Case(same, default=F("wanted_rates__per_euro") / F(f"{figure}_rates__per_euro"))


def _converted(amount, rate):
    amount = F(amount) if isinstance(amount, str) else amount
    return Round(amount * F(rate), precision=2)


def _of_figure(of_amount, of_estimate, otherwise):
    """One expression for batches with a published amount, one for those with only units and price."""
    amount = Q(amount_low__isnull=False) | Q(amount_high__isnull=False)
    low_estimate = Q(units_low__isnull=False, price_low__isnull=False)
    high_estimate = Q(units_high__isnull=False, price_high__isnull=False)
    return Case(
        When(amount, then=of_amount),
        When(low_estimate | high_estimate, then=of_estimate),
        default=Value(otherwise),
    )


def _basis():
    published, estimated = Value(ExposureBasis.PUBLISHED), Value(ExposureBasis.ESTIMATED)
    return Case(
        When(exposure_from_currency="", then=Value(ExposureBasis.NO_FIGURE)),
        When(exposure_rate__isnull=True, then=Value(ExposureBasis.NO_RATE)),
        default=_of_figure(published, estimated, None),
        output_field=CharField(),
    )


def _fixed_on(currency):
    """The earlier of two days, should the bank have fixed but one of the two rates on the later."""
    crossed = Q(exposure_rate__isnull=False) & ~Q(exposure_from_currency=currency)
    amount = Least("amount_rates__fixed_on", "wanted_rates__fixed_on")
    price = Least("price_rates__fixed_on", "wanted_rates__fixed_on")
    return Case(When(crossed, then=_of_figure(amount, price, None)))


def _precision(currency):
    """An exact amount stays exact in its own currency only."""
    exact = Q(amount_precision=Precision.EXACT, amount_currency=currency)
    return Case(
        When(exposure_low__isnull=True, exposure_high__isnull=True, then=Value(Precision.UNKNOWN)),
        When(exposure_low__isnull=True, then=Value(Precision.AT_MOST)),
        When(exposure_high__isnull=True, then=Value(Precision.AT_LEAST)),
        When(exposure_low__lt=F("exposure_high"), then=Value(Precision.RANGE)),
        When(exact, then=Value(Precision.EXACT)),
        default=Value(Precision.APPROXIMATE),
        output_field=CharField(),
    )


def _grade():
    return Case(
        When(exposure_basis=ExposureBasis.PUBLISHED, then="amount_grade"),
        When(exposure_basis=ExposureBasis.ESTIMATED, then=Value(Grade.INFERRED)),
        default=Value(""),
        output_field=CharField(),
    )
