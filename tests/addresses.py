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
from django.utils.regex_helper import normalize

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

    def __init__(self):
        self.kinds, self.of_route = set(), Counter()

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
    """What makes an address another page than those walked: its pattern and which parameters it has."""
    parts = urlsplit(address)
    try:
        route = resolve(parts.path).route
    except Resolver404:
        route = parts.path
    query = parse_qsl(parts.query, keep_blank_values=True)
    return route, tuple(sorted({(name, value if name in TELLING else "") for name, value in query}))


def list_addresses(pattern):
    """A list's addresses: page, file, each sorting and each grouping."""
    list_class = getattr(pattern.view, "view_initkwargs", {}).get("list_class") or getattr(
        getattr(pattern.view, "view_class", None), "list_class", None
    )
    if list_class is None or pattern.arguments:
        return []
    sorts = [f"sort=-{name}" for name in list_class.table_class.sortable()]
    groups = getattr(pattern.view.view_class, "extra_context", {}).get("groupings", ())
    grouped = chain.from_iterable((f"group={name}", f"group={name}&export=csv") for name in groups)
    return [f"/{pattern.shape}?{query}" for query in ("export=csv", *sorts, *grouped)]


def filters_of(pattern):
    """The names of a list's filters."""
    list_class = getattr(pattern.view, "view_initkwargs", {}).get("list_class") or getattr(
        getattr(pattern.view, "view_class", None), "list_class", None
    )
    return list(list_class.filterset_class.base_filters) if list_class and not pattern.arguments else []
