"""Where the marks of a chart lead: the list, with its own filters and one more."""

import calendar
from datetime import date
from functools import cache

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from recalls.charts.drawing import linked

LINK = {"href": {"field": "href"}, "description": {"field": "label"}}  # of a mark, by its value
OF_THE_CHART = ("chart", "group", "sort", "page", "per_page", "column", "part", "whole", "export", "bom")


def narrowed(records, **filters):
    """The address of the list narrowed further; a chart has hundreds of them."""
    kept = {name: values for name, values in records.params.lists() if name not in OF_THE_CHART}
    return f"{_list(get_language())}?{urlencode({**kept, **filters}, doseq=True)}"


@cache
def _list(language):
    return reverse("recalls:recallbatch_list")


def mark(address):
    """The same as a chart's mark has it."""
    return linked(address)


def within(records, period):
    """The filters of a month (2025-06) or year (2025), as far as those of the list leave it."""
    year, month = (int(part) for part in f"{period}-0".split("-")[:2])
    first = date(year, month or 1, 1)
    last = date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    chosen = records.filterset.form.cleaned_data
    return {
        "announced_after": max(first, chosen["announced_after"] or first).isoformat(),
        "announced_before": min(last, chosen["announced_before"] or last).isoformat(),
    }
