"""What a page is besides a page: JSON, and of a list a file and a feed."""

from django import template
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

register = template.Library()
SHOWN = ["sort", "per_page"]


@register.simple_tag(takes_context=True)
def json_of_page(context):
    """The address of the page's JSON, with the same filters; empty where it has none.

    The page of an error has no record: it repeats no address, so that a draft is as unknown as nothing.
    """
    request, records = context.get("request"), context.get("records")
    match = getattr(request, "resolver_match", None)
    if match is None or not (records or context.get("object")) or (records and records.errors):
        return ""
    try:
        address = reverse(f"api:{match.url_name}", kwargs=match.kwargs)
    except NoReverseMatch:
        return ""
    query = _filters(request.GET, records) if records else ""
    return f"{address}?{query}" if query else address


@register.simple_tag(takes_context=True)
def feed_of_page(context):
    """The address of the list's feed, with the same filters; empty where it has none."""
    records = context.get("records")
    if not records or records.errors or records.entries is None:
        return ""
    query = _filters(context["request"].GET, records)
    return f"?{query}&export=atom" if query else "?export=atom"


def _filters(params, records):
    """What narrows and orders the list, without what is left empty."""
    kept = QueryDict(mutable=True)
    for name in [*records.filterset.filters, *SHOWN]:
        if values := [value for value in params.getlist(name) if value.strip()]:
            kept.setlist(name, values)
    return kept.urlencode()
