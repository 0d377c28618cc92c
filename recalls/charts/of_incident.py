"""The charts on an incident's page: those of the list of its batches, and its timeline."""

from django.http import QueryDict

from recalls.charts import timeline_picture
from recalls.charts.list import ChartedBatchList


def pictures_of(incident, currency, grades, timeline, is_today):
    """What the page draws, by name; the list's charts know today's figures only."""
    pictures = {"timeline_picture": timeline_picture.picture(incident, timeline.dated)}
    if is_today:
        charts = {
            f"{name}_picture": _chart(incident, currency, grades, name) for name in ("units", "completion")
        }
        pictures |= charts
    return pictures


def _chart(incident, currency, grades, name):
    params = QueryDict(mutable=True)
    params.update({"incident": incident.slug, "currency": currency, "chart": name})
    params.setlist("grade", list(grades))
    return ChartedBatchList(params).picture
