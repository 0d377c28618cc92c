"""What a notice says of each of its batches, field by field, as columns of `RecallBatch`."""

from evidence.figures import Grade, Precision
from recalls.importers.notice import Harm, Notice, Sale
from recalls.models.record import ImportedField as Field
from recalls.totals import precision_of_sum

RAW = frozenset({"raw_units", "raw_sold", "raw_harm"})  # the texts behind the values
INCLUDED = "included"


def regions_of(notice: Notice, own: str) -> list[str]:
    """The regions of a notice's batches, its own first; the others are the countries its quantity names."""
    return list(dict.fromkeys([own, *(figure.region for figure in notice.quantity.units)]))


def is_inside(notice: Notice, region: str) -> bool:
    """Whether the units of another region are inside those of the notice's own region."""
    relations = {figure.relation for figure in notice.quantity.units if figure.region == region}
    return relations == {INCLUDED}


def fields_of(notice: Notice, region: str, own: str) -> dict[Field, dict[str, object]]:
    """Each field's columns with their values; the company by name, remedies as a tuple of the closed list.

    Price, sold window and harm are stated for the notice's own region only.
    """
    at_home = region == own
    return {
        Field.TITLE: {"title": notice.title},
        Field.KIND: {"kind": notice.kind},
        Field.ANNOUNCED: {"announced_on": notice.announced_on},
        Field.COMPANY: {"company": notice.company.name if notice.company else ""},
        Field.UNITS: {**_units(notice, region), "raw_units": notice.raw_units},
        **_sale(notice.sale if at_home else Sale(), notice.raw_sold if at_home else ""),
        Field.HAZARDS: {"hazards": sorted(notice.hazards)},
        Field.CAUSE: {"cause": notice.cause},
        **_harm(notice.harm if at_home else Harm(), notice.raw_harm if at_home else ""),
        Field.REMEDIES: {"remedies": tuple(sorted(notice.remedies))},
    }


def columns_of(fields: dict[Field, dict[str, object]]) -> dict[str, object]:
    """The columns of several fields in one, without what is no column of the batch."""
    columns = {name: value for field in fields.values() for name, value in field.items()}
    return {name: value for name, value in columns.items() if name not in ("company", "remedies")}


def is_stated(columns: dict[str, object]) -> bool:
    """Whether a field holds anything at all, beside the text that it was read from."""
    ignored = RAW | {"units_precision", "damage_precision"}
    return any(value not in (None, "", [], ()) for name, value in columns.items() if name not in ignored)


def differ(one: dict[str, object], other: dict[str, object]) -> bool:
    """Whether two states of a field differ in more than the text they were read from."""
    return any(one[name] != other[name] for name in one if name not in RAW)


def _units(notice, region):
    figures = [figure for figure in notice.quantity.units if figure.region == region]
    parts = [figure for figure in figures if figure.relation != INCLUDED] or figures
    low, high = _sum(parts, "low"), _sum(parts, "high")
    is_exact = all(figure.precision == Precision.EXACT for figure in parts)
    precision = parts[0].precision if len(parts) == 1 else precision_of_sum(low, high, is_exact)
    if low is None and high is None:
        return {
            "units_low": None,
            "units_high": None,
            "units_precision": Precision.UNKNOWN,
            "units_grade": "",
        }
    return {
        "units_low": low,
        "units_high": high,
        "units_precision": precision,
        "units_grade": Grade.OFFICIAL,
    }


def _sum(figures, end):
    """The sum of one end; with an unknown part the low end is what is known, and the high end is open."""
    ends = [getattr(figure, end) for figure in figures]
    known = [value for value in ends if value is not None]
    if not known or (end == "high" and len(known) < len(ends)):
        return None
    return sum(known)


def _sale(sale, raw):
    priced = sale.price_low is not None or sale.price_high is not None
    return {
        Field.PRICE: {
            "price_low": sale.price_low,
            "price_high": sale.price_high,
            "price_currency": sale.currency if priced else "",
            "price_grade": Grade.OFFICIAL if priced else "",
        },
        Field.SOLD: {"sold_from": sale.sold_from, "sold_until": sale.sold_until, "raw_sold": raw},
    }


def _harm(harm, raw):
    damaged = harm.damage_low is not None or harm.damage_high is not None
    return {
        Field.REPORTS: {"reports": harm.reports, "raw_harm": raw},
        Field.INJURIES: {"injuries": harm.injuries},
        Field.DEATHS: {"deaths": harm.deaths},
        Field.DAMAGE_REPORTS: {"damage_reports": harm.damage_reports},
        Field.DAMAGE: {
            "damage_low": harm.damage_low,
            "damage_high": harm.damage_high,
            "damage_precision": harm.damage_precision if damaged else Precision.UNKNOWN,
            "damage_currency": harm.damage_currency if damaged else "",
        },
    }
