"""An incident's dated entries on a line of time for each kind; each leads to its words on the page."""

from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext

from evidence.figures import Grade
from recalls.charts import phone
from recalls.charts.drawing import Picture, lite
from recalls.charts.leading import LINK, mark

LONGEST = 90


def picture(incident, entries):
    """The `Picture` of the dated `recalls.timeline` entries of an incident, in the order of its page."""
    values = [_value(incident, place, entry) for place, entry in enumerate(entries, 1)]
    return Picture(
        title=gettext("Timeline"),
        description=gettext(
            "%(incident)s: %(count)s dated entries from notices to measures, a row for each kind. A bar is as wide as "
            "the date is uncertain."
        )
        % {"incident": incident, "count": len(values)},
        **_drawings(values),
    )


def anchor(place):
    """Where an entry stands on the page."""
    return f"entry-{place}"


def _value(incident, place, entry):
    record = Truncator(str(entry.record)).chars(LONGEST)
    if getattr(entry.record, "grade", "") == Grade.ALLEGED:
        record = gettext("alleged, not confirmed: %(record)s") % {"record": record}
    return {
        "kind": str(entry.kind.label).capitalize(),
        "from": str(entry.when.first),
        "until": str(entry.when.last),
        "whole": entry.when.first == entry.when.last,
        "href": mark(f"{incident.get_absolute_url()}#{anchor(place)}"),
        "label": f"{entry.when}, {entry.kind.label}: {record}",
    }


def _drawings(values):
    if not values:
        return {}
    kinds = list(dict.fromkeys(value["kind"] for value in values))
    return {"spec": _wide(values, kinds), "phone": _phone(values, kinds)}


def _wide(values, kinds):
    axis = {"ticks": False, "domain": False, "grid": True}
    encoding = {"y": {**_rows(kinds), "axis": axis}}
    return lite(values, height={"step": 26}, encoding=encoding, layer=_layers(kinds, ticks=10))


def _phone(values, kinds):
    names = {"data": {"values": [{"kind": kind} for kind in kinds]}, **phone.name_above("kind")}
    encoding = {"y": {**_rows(kinds), "axis": None}}
    return phone.lite_for_phone(
        values,
        height={"step": phone.ROW},
        encoding=encoding,
        layer=[names, *phone.below(_layers(kinds, ticks=4))],
    )


def _rows(kinds):
    return {"field": "kind", "type": "nominal", "title": None, "scale": {"domain": kinds}}


def _layers(kinds, ticks):
    """A bar where the date is uncertain, and a dot for a day."""
    colour = {"field": "kind", "scale": {"domain": kinds}, "legend": None}
    marks = {"color": colour, "x": _days(ticks), **LINK}
    return [
        {
            "transform": [{"filter": "!datum.whole"}],
            "mark": {"type": "bar", "height": 8, "opacity": 0.55},
            "encoding": {"x2": {"field": "until", "timeUnit": "utcyearmonthdate"}, **marks},
        },
        {
            "transform": [{"filter": "datum.whole"}],
            "mark": {"type": "point", "filled": True, "size": 80, "opacity": 0.85},
            "encoding": marks,
        },
    ]


def _days(ticks):
    month = pgettext("format of a month", "%b %Y")
    return {
        "field": "from",
        "type": "temporal",
        "timeUnit": "utcyearmonthdate",
        "title": None,
        "scale": {"type": "utc", "nice": "month"},
        "axis": {"format": month, "labelOverlap": True, "tickCount": ticks},
    }
