"""What stands behind a total: the batches in it, those without a figure, those left out."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recalls.choices import ExposureBasis
from recalls.totals import unstated

FIRST = 20
FEW = 20_000  # batches that are all looked at sooner than the first of each portion are found
LEFT_OUT = _("Left out of every sum")


@dataclass(frozen=True)
class Portion:
    """Batches of a set that a total treats alike: how many they are, and the first of them."""

    title: str
    count: int
    batches: list

    @property
    def is_left_out(self):
        return self.title == LEFT_OUT

    @property
    def more(self):
        return self.count - len(self.batches)


def portions(batches, totals, exposure):
    """The `Portion`s of a set by its `Totals` and its `Exposure`: one query for each that has batches, one for all.

    Of a few batches it is one query for all of them, which finds the set but once.
    """
    named = [portion for portion in _named(totals, exposure) if portion[1]]
    firsts = _of_few if totals.batches <= FEW else _of_many
    keys = firsts(batches.with_inside(), [condition for _, _, condition in named], exposure.currency)
    shown = batches.model.objects.select_related("region", "counted_in__region")
    shown = shown.in_bulk({key for found in keys for key in found})
    titles = ((title, count) for title, count, _ in named)
    return [Portion(*of, [shown[key] for key in found]) for of, found in zip(titles, keys, strict=True)]


def _of_few(batches, conditions, currency):
    """The first keys that fulfil each condition, by what holds of every batch."""
    holds = {f"portion_{n}": ExpressionWrapper(q, BooleanField()) for n, q in enumerate(conditions)}
    rows = list(batches.with_exposure(currency).annotate(**holds).values_list("pk", *holds))
    return [[row[0] for row in rows if row[n]][:FIRST] for n in range(1, len(conditions) + 1)]


def _of_many(batches, conditions, currency):
    """The same, by walking the order until there are enough for each."""
    return [list(_among(batches, condition, currency)[:FIRST]) for condition in conditions]


def _among(batches, condition, currency):
    """Primary keys only: the expressions behind an exposure are long, and here they only choose."""
    if "exposure_basis" in str(condition):
        batches = batches.with_exposure(currency)
    return batches.filter(condition).values_list("pk", flat=True)


def _named(totals, exposure):
    counted = Q(is_inside=False)
    return [
        (gettext("Units: in the sum"), totals.units.batches, counted & ~unstated("units")),
        (gettext("Units: not stated"), totals.without_units, counted & unstated("units")),
        (gettext("Sales amount: in a sum"), totals.with_amount, counted & ~unstated("amount")),
        (gettext("Sales amount: none published"), totals.without_amount, counted & unstated("amount")),
        (
            gettext("Exposure: by the published amount"),
            exposure.published,
            counted & _by(ExposureBasis.PUBLISHED),
        ),
        (
            gettext("Exposure: by units × price, our estimate"),
            exposure.estimated,
            counted & _by(ExposureBasis.ESTIMATED),
        ),
        (gettext("Exposure: no figure"), exposure.without_figure, counted & _by(ExposureBasis.NO_FIGURE)),
        (gettext("Exposure: no exchange rate"), exposure.without_rate, counted & _by(ExposureBasis.NO_RATE)),
        (LEFT_OUT, totals.inside, Q(is_inside=True)),
    ]


def _by(basis):
    return Q(exposure_basis=basis)
