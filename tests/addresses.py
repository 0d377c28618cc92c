"""Every address of the site, from its resolver, with arguments made of the records that are in the database."""

import html
import re
from collections import Counter, namedtuple
from itertools import chain
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404
from django.utils import translation
from django.utils.regex_helper import normalize

from listing.languages import ENGLISH, language_of

Pattern = namedtuple("Pattern", "shape arguments name view")
OF_ADMIN = re.compile(r"admin/(\w+)/(\w+)/")
LINK = re.compile(
    r"""\s(?:href|src|action|formaction|hx-get|data-(?!ajax--url)[\w-]+)=["']([/?][^"'\s]*)["']"""
)
TELLING = ("export", "group", "part", "format", "fragment")  # whose values are other pages


def patterns(resolver=None, before="", space=""):
    """Each pattern of the site: its shape as a format string, its arguments, its name and its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        shape = _shape(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, before + shape, entry.namespace or space)
        else:
            names = re.findall(r"%\((\w+)\)s", before + shape)
            yield Pattern(before + shape, names, f"{space}:{entry.name or ''}", entry.callback)


def _shape(pattern):
    if hasattr(pattern, "_route"):
        return re.sub(r"<(?:\w+:)?(\w+)>", r"%(\1)s", str(pattern._route))
    return normalize(pattern.regex.pattern)[0][0]


def addresses(pattern, keys, most=6):
    """Addresses of a pattern with the first, the last and the hidden records; none can be made: an empty list.

    `keys(model)` gives the keys to try.
    """
    choices = [{}] if not pattern.arguments else list(_choices(pattern, keys))
    found = dict.fromkeys("/" + pattern.shape % choice for choice in choices)
    return list(found) if most is None else list(found)[:most]


def _choices(pattern, keys):
    if "content_type_id" in pattern.arguments:
        return _everything(keys)
    if pattern.arguments == ["app_label"]:
        return [{"app_label": label} for label in sorted({m._meta.app_label for m in apps.get_models()})]
    if pattern.arguments == ["url"]:
        return [{"url": "no/such/page"}]
    model = model_of(pattern)
    return [] if model is None else (_of_record(pattern, model, key) for key in keys(model))


def _everything(keys):
    for model in apps.get_models():
        if hasattr(model, "get_absolute_url"):
            kind = ContentType.objects.get_for_model(model)
            yield from ({"content_type_id": kind.pk, "object_id": key} for key in list(keys(model))[:2])


def model_of(pattern):
    """The model that an address is about: by the URL's name, in the admin by its place."""
    place = OF_ADMIN.match(pattern.shape)
    if place and place[1] in apps.app_configs:
        return apps.get_model(*place.groups())
    word = pattern.name.split(":")[-1].split("_")[0]
    return next((m for m in apps.get_models() if m._meta.model_name == word), None)


def _of_record(pattern, model, key):
    record = model._base_manager.get(pk=key)
    values = {"pk": key, "id": key, "object_id": key, "version": 1}
    return {name: values.get(name) or getattr(record, name) for name in pattern.arguments}


def links(address, text):
    """The addresses of this site that a page names, in any attribute."""
    found = (urljoin(address, html.unescape(link)) for link in LINK.findall(text))
    return [link.partition("#")[0] for link in found if not link.startswith(("//", "/static/"))]


class Links:
    """The addresses that pages name, one of each kind and few of each pattern: they can be combined without end."""

    MOST = 5

    def __init__(self, walked=()):
        self.kinds, self.of_route = {kind_of(address) for address in walked}, Counter()

    def new_in(self, answers):
        """Of `{address: answer}`, the links that are like none so far."""
        found = [link for at, page in answers.items() if page.is_html for link in links(at, page.body)]
        return [link for link in dict.fromkeys(found) if self._is_new(link)]

    def _is_new(self, link):
        kind = kind_of(link)
        if kind in self.kinds or self.of_route[kind[0]] >= self.MOST:
            return False
        self.kinds.add(kind)
        self.of_route[kind[0]] += 1
        return True


def kind_of(address):
    """What makes an address another page than those walked: its pattern and which parameters it has.

    Those that begin with an underline are the admin's own: they say where to go back to. In another language than
    English a pattern's pages are of one kind: they show the same records.
    """
    if language_of(urlsplit(address).path) != ENGLISH:
        return route_of(address), ()
    query = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    names = {(name, value if name in TELLING else "") for name, value in query}
    return route_of(address), tuple(sorted({("_", "") if name[0][:1] == "_" else name for name in names}))


def route_of(address):
    """The pattern that an address belongs to."""
    path = urlsplit(address).path
    try:
        with translation.override(language_of(path)):
            return resolve(path).route
    except Resolver404:
        return path


def list_addresses(pattern):
    """A list's addresses: page, file, by one of its columns, and each grouping."""
    sorts = [f"sort=-{name}" for name in sorts_of(pattern)[-1:]]
    grouped = ((f"group={name}", f"group={name}&export=csv") for name in groupings_of(pattern))
    queries = ["export=csv", *sorts, *chain.from_iterable(grouped)] if list_of(pattern) else []
    return [f"/{pattern.shape}?{query}" for query in queries]


def sorts_of(pattern):
    """The columns that a list is sorted by."""
    return list_of(pattern).table_class.sortable() if list_of(pattern) else []


def groupings_of(pattern):
    view = getattr(pattern.view, "view_class", None)
    return list((getattr(view, "extra_context", None) or {}).get("groupings", ()))


def filters_of(pattern):
    """The filters of a list, each with the model that it chooses records of, if any."""
    filters = list_of(pattern).filterset_class.base_filters if list_of(pattern) else {}
    return {name: _chosen_of(one) for name, one in filters.items()}


def _chosen_of(one):
    """A filter's records may depend on the request."""
    rows = one.extra.get("queryset")
    rows = rows(None) if callable(rows) else rows
    return None if rows is None else rows.model


def list_of(pattern):
    """The list at an address that needs no arguments."""
    if pattern.arguments:
        return None
    return getattr(pattern.view, "view_initkwargs", {}).get("list_class") or getattr(
        getattr(pattern.view, "view_class", None), "list_class", None
    )
