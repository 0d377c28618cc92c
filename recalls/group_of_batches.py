"""A group of recall batches: what its batches come to."""

from dataclasses import dataclass, fields
from decimal import Decimal

from django.utils.translation import gettext

from listing.export import DISARMED
from listing.words import label_of
from recalls.choices import Hazard, Remedy
from recalls.grouping import ALLEGED, MERELY_ALLEGED
from recalls.region_names import region_name
from suppliers.names import name_shown

LABELS = {"hazard": Hazard, "remedy": Remedy}


@dataclass
class Group:
    """What the batches of one group come to: the columns of the statement, and the list of these batches."""

    key: str | None
    name: str | None
    batches: int
    inside: int
    units_low: int | None
    units_high: int | None
    units_precision: str
    units_grade: str | None
    without_units: int
    amounts: list
    without_amount: int
    exposure_low: Decimal | None
    exposure_high: Decimal | None
    exposure_precision: str
    exposure_grade: str | None
    exposure_published: int
    exposure_estimated: int
    without_exposure: int
    without_rate: int
    exposure_currency: str = ""
    address: str | None = None

    def get_absolute_url(self):
        return self.address


COLUMNS = [field.name for field in fields(Group)][:-2]
FILE_COLUMNS = {
    **{name: name for name in COLUMNS},
    "key": DISARMED.format(f"rtrim(key, '{MERELY_ALLEGED}')"),
    "name": DISARMED.format("name"),
    "amounts": "amounts_text",
}


def named(group, by):
    """The same group, called as in the reader's language; the database has the English names."""
    if not group.key:
        return group
    if by == "region":
        group.name = region_name(group.key, group.name)
    elif by in LABELS:
        group.name = label_of(LABELS[by], group.name)
    elif group.key.endswith(MERELY_ALLEGED):
        company = group.name.removesuffix(ALLEGED)
        group.name = gettext("%(company)s, merely alleged") % {"company": company}
    elif by == "company":
        group.name = name_shown(group.name)
    return group


def total_of_groups(totals, exposure):
    """All batches of a list as one `Group`, from their `Totals` and `Exposure`."""
    units, sums = totals.units, totals.amounts.items()
    return Group(
        key=None,
        name=None,
        batches=totals.batches,
        inside=totals.inside,
        units_low=units.low,
        units_high=units.high,
        units_precision=units.precision,
        units_grade=units.grade,
        without_units=totals.without_units,
        amounts=[(code, _text(one.low), _text(one.high), one.precision) for code, one in sums],
        without_amount=totals.without_amount,
        exposure_low=exposure.low,
        exposure_high=exposure.high,
        exposure_precision=exposure.precision,
        exposure_grade=exposure.grade,
        exposure_published=exposure.published,
        exposure_estimated=exposure.estimated,
        without_exposure=exposure.without_figure,
        without_rate=exposure.without_rate,
        exposure_currency=exposure.currency,
    )


def _text(amount):
    return None if amount is None else f"{amount:f}"
