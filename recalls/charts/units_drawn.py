"""How units by month are drawn: as columns stacked by region, each region in its own colour."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from recalls.charts.drawing import MARGIN, WIDTH, lite, number_axis
from recalls.charts.phone import lite_for_phone
from recalls.region_names import region_name

OWN_COLOURS = {  # the same everywhere
    "US": "United States",
    "CN": "China",
    "JP": "Japan",
    "CA": "Canada",
    "EU": "European Union",
    "GB": "United Kingdom",
}
OTHERS = _("Other regions")
MARK = {"type": "bar", "stroke": "var(--ground)", "strokeWidth": 1}


def drawings(values, regions, period, width):
    """The specifications of the wide drawing, of so many pixels, and of that for a phone, by the names of `Picture`."""
    names = regions + [str(OTHERS)] * any(value["region"] == str(OTHERS) for value in values)
    height = 280 if width == WIDTH else 240
    wide = {"width": width - MARGIN, "height": height, "encoding": _encoding(names, period, ticks=12)}
    phone = {"height": 220, "encoding": _encoding(names, period, ticks=4)}
    return {"spec": lite(values, mark=MARK, **wide), "phone": lite_for_phone(values, mark=MARK, **phone)}


def _encoding(names, period, ticks):
    """Few ticks are measured and drawn sooner than many of which most are left out."""
    format_ = pgettext("format of a month", "%b %Y") if period == "month" else "%Y"
    return {
        "x": {
            "field": "day",
            "type": "temporal",
            "timeUnit": f"utcyear{'month' if period == 'month' else ''}",
            "title": None,
            "scale": {"type": "utc"},
            "axis": {"format": format_, "labelOverlap": True, "grid": False, "tickCount": ticks},
        },
        "y": {
            "field": "units",
            "type": "quantitative",
            "title": None,
            "axis": {**number_axis(), "orient": "right"},
        },
        "color": {
            "field": "region",
            "title": None,
            "scale": {"domain": names, "range": _colours(names)},
            "legend": {"orient": "top"},
        },
        "order": {"field": "order"},
        "href": {"field": "href"},
        "description": {"field": "label"},
    }


def _colours(names):
    """A region has its own colour in every chart; one without takes what is left."""
    called = [region_name(code, name) for code, name in OWN_COLOURS.items()]
    left = iter([place for place, name in enumerate(called, 1) if name not in names])
    own = {str(OTHERS): 7, **{name: place for place, name in enumerate(called, 1)}}
    return [f"var(--chart-{own[name] if name in own else next(left, 7)})" for name in names]
