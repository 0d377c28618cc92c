"""Units by month and region, each counted once within its month and region; by year where the months are many."""

from dataclasses import dataclass

from django.db.models import CharField, Count, F, Func, Max, Min, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listing import figures
from listing.reading import reading_connection
from recalls.charts.drawing import WIDTH, Picture
from recalls.charts.leading import mark, narrowed, within
from recalls.charts.units_drawn import OTHERS, drawings
from recalls.counts import batches_counted
from recalls.exposure import with_exposure_figures
from recalls.grouping import Grouping, grouped, grouped_whole, one_key
from recalls.models import RecallBatch, Region
from recalls.region_names import region_name

TITLE = _("Units by month and region")
MOST_MONTHS = 48
MOST_REGIONS = 6
PERIODS = {"month": _("Month"), "year": _("Year")}
COLUMNS = "key, batches, units_low, units_high, units_precision"
PATTERNS = {"month": "YYYY-MM", "year": "YYYY"}


@dataclass(frozen=True)
class Cell:
    period: str
    region: str
    name: str
    batches: int
    low: int | None
    high: int | None
    precision: str

    @property
    def drawn(self):
        """The lower end, or the only one."""
        return self.low if self.low is not None else self.high

    @property
    def units(self):
        return figures.quantity(self.low, self.high, self.precision)


def picture(records):
    """The `Picture` of the filtered batches."""
    period = _period(records)
    title = TITLE if period == "month" else gettext("Units by year and region")
    return _picture(records, _cells(records, period), period, title)


def latest(records, width):
    """That of the last two years before the latest batch, for a place of a width in pixels."""
    cells = _cells(records, "month")
    last = cells[-1].period if cells else "2-01"
    year, month = map(int, last.split("-"))
    first = f"{year - (month < 12) - 1}-{month % 12 + 1:02}"
    cells = [cell for cell in cells if cell.period >= first]
    title = gettext("%(title)s, two years up to %(month)s") % {"title": TITLE, "month": last}
    return _picture(records, cells, "month", title if cells else TITLE, width)


def _picture(records, cells, period, title, width=WIDTH):
    return Picture(
        title=title,
        description=gettext(
            "%(list)s: %(title)s, as columns stacked by region. A column is as high as the lower end of the figure."
        )
        % {"list": records.description, "title": str(title).lower()},
        **_drawings(records, cells, period, width),
        is_timed=True,
        headings=[PERIODS[period], gettext("Region"), gettext("Recall batches"), gettext("Units")],
        rows=[_row(records, cell) for cell in cells],
        note=gettext(
            "A column is as high as the lower end of each figure. Batches without a number of units are in the table, "
            "not in the columns."
        ),
    )


def _period(records):
    days = _days(records)
    first, last = days["first"], days["last"]
    months = (last.year - first.year) * 12 + last.month - first.month if first else 0
    return "year" if months >= MOST_MONTHS else "month"


def _days(records):
    """The first and the last that the batches were announced on.

    Of the whole table the index of days tells them; of what a filter leaves, the database would go through all other
    batches in that index, unless it has to count them as well.
    """
    ends = {"first": Min("announced_on"), "last": Max("announced_on")}
    if records.is_whole:
        return RecallBatch.objects.visible().aggregate(**ends)
    return records.filtered.order_by().aggregate(**ends, batches=Count("pk"))


def _cells(records, period):
    names = {code: region_name(code, name) for code, name in Region.objects.values_list("code", "name")}
    with reading_connection().cursor() as cursor:
        cursor.execute(*_statement(records, period))
        rows = cursor.fetchall()
    keys = (key.split(" ", 1) for key, *_ in rows)
    found = [
        Cell(at, code, region_name(code, names.get(code, code)), *row[1:])
        for (at, code), row in zip(keys, rows, strict=True)
    ]
    return sorted(found, key=lambda cell: (cell.period, cell.name))


def _statement(records, period):
    if records.is_whole:
        return grouped_whole(Grouping(TITLE, None), f"{period} and region", records.currency, COLUMNS, "key")
    day = Func(F("announced_on"), Value(PATTERNS[period]), function="to_char", output_field=CharField())
    keys = one_key(Concat(day, Value(" "), "region__code", output_field=CharField()))
    rows = with_exposure_figures(records.figures, records.currency)
    return grouped(rows, Grouping(TITLE, keys), COLUMNS, "key")


def _row(records, cell):
    address = narrowed(records, region=cell.region, **within(records, cell.period))
    return [(cell.period, address), cell.name, figures.number(cell.batches), cell.units]


def _drawings(records, cells, period, width):
    if not any(cell.drawn for cell in cells):
        return {}
    regions = _largest(cells)
    return drawings([_value(records, cell, regions) for cell in cells if cell.drawn], regions, period, width)


def _largest(cells):
    units = {}
    for cell in cells:
        units[cell.name] = units.get(cell.name, 0) + (cell.drawn or 0)
    return sorted((name for name in units if units[name]), key=lambda name: -units[name])[:MOST_REGIONS]


def _value(records, cell, regions):
    year, month = f"{cell.period}-01".split("-")[:2]
    is_named = cell.name in regions
    names = {
        "period": cell.period,
        "region": cell.name,
        "units": cell.units,
        "batches": batches_counted(cell.batches),
    }
    return {
        "day": f"{year}-{month}-01",
        "region": cell.name if is_named else str(OTHERS),
        "units": cell.drawn,
        "order": regions.index(cell.name) if is_named else len(regions),
        "href": mark(narrowed(records, region=cell.region, **within(records, cell.period))),
        "label": gettext("%(period)s, %(region)s: %(units)s units in %(batches)s") % names,
    }
