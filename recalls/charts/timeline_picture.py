"""An incident's dated entries on a line of time for each kind; each leads to its words on the page."""

from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext

from evidence.figures import Grade
from recalls.charts.drawing import Picture, lite
from recalls.charts.leading import mark

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
        spec=_spec(values) if values else None,
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


def _spec(values):
    kinds = list(dict.fromkeys(value["kind"] for value in values))
    marks = {"href": {"field": "href"}, "description": {"field": "label"}}
    colour = {"field": "kind", "scale": {"domain": kinds}, "legend": None}
    day = {"type": "temporal", "title": None, "scale": {"type": "utc", "nice": "month"}}
    return lite(
        values,
        height={"step": 26},
        encoding={
            "y": {
                "field": "kind",
                "type": "nominal",
                "title": None,
                "scale": {"domain": kinds},
                "axis": {"ticks": False, "domain": False, "grid": True, "labelLimit": 200},
            },
            "x": {
                "field": "from",
                "timeUnit": "utcyearmonthdate",
                **day,
                "axis": {
                    "format": pgettext("format of a month", "%b %Y"),
                    "labelOverlap": True,
                    "tickCount": 10,
                },
            },
        },
        layer=[
            {
                "transform": [{"filter": "!datum.whole"}],
                "mark": {"type": "bar", "height": 8, "opacity": 0.55},
                "encoding": {
                    "x2": {"field": "until", "timeUnit": "utcyearmonthdate"},
                    "color": colour,
                    **marks,
                },
            },
            {
                "transform": [{"filter": "datum.whole"}],
                "mark": {"type": "point", "filled": True, "size": 80, "opacity": 0.85},
                "encoding": {"color": colour, **marks},
            },
        ],
    )
