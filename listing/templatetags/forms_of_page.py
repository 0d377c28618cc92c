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
    if match is None or not (records or context.get("object")) or _is_refused(records, context.get("view")):
        return ""
    try:
        address = reverse(f"api:{match.url_name}", kwargs=match.kwargs)
    except NoReverseMatch:
        return ""
    names = _names(records) if records else context["view"].figures_asked
    query = _kept(request.GET, names)
    return f"{address}?{query}" if query else address


@register.simple_tag(takes_context=True)
def feed_of_page(context):
    """The address of the list's feed, with the same filters; empty where it has none."""
    records = context.get("records")
    if not records or records.errors or records.entries is None:
        return ""
    query = _kept(context["request"].GET, _names(records))
    return f"?{query}&export=atom" if query else "?export=atom"


def _is_refused(records, view):
    """Something in the address can't be read, so that there are no figures."""
    return bool(records.errors if records else view.form.errors.keys() & set(view.figures_asked))


def _names(records):
    """What narrows and orders the list."""
    return [*records.filterset.filters, *records.shaped_by, *SHOWN]


def _kept(params, names):
    """What of an address JSON takes too, without what is left empty."""
    kept = QueryDict(mutable=True)
    for name in names:
        if values := [value for value in params.getlist(name) if value.strip()]:
            kept.setlist(name, values)
    return kept.urlencode()
