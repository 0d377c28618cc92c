"""The addresses of the API: each page of a list or a record has its JSON at the same address behind `/api/v1`."""

import re

from django.urls import URLPattern, path

from api.description import DescriptionView, DocumentationView
from api.lists import ListView
from api.records import RecordView
from evidence.views import RecordDetailView
from listing.views import RecordListView


def api_of(pages):
    """The JSON of every list and record among these address patterns."""
    found = [(route, page) for route, page in _pages(pages) if hasattr(page.callback, "view_class")]
    return [view for route, page in found for view in _views(route, page)]


def described(views):
    """What `include` takes: these addresses, and what describes them."""
    own = [
        path("", DocumentationView.as_view(views=views), name="index"),
        path("openapi.json", DescriptionView.as_view(views=views), name="description"),
    ]
    return [*own, *views], "api"


def _pages(patterns, before=""):
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry
        else:
            yield from _pages(entry.url_patterns, route)


def _views(route, page):
    view_class = page.callback.view_class
    given = {"page": view_class, "page_options": page.callback.view_initkwargs, "name": page.name}
    if issubclass(view_class, RecordListView):
        shape = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"%(\1)s", route)
        yield path(route, ListView.as_view(page_path=shape, **given), name=page.name)
    elif issubclass(view_class, RecordDetailView):
        yield path(route, RecordView.as_view(**given), name=page.name)
