"""Every parameter of every address: found by what the site reads, asked for with hostile values, and judged.

The benchmark uses it too, so it needs Django and nothing of pytest.
"""

import html
import re
from contextlib import contextmanager
from itertools import chain, count, cycle
from unittest import mock
from urllib.parse import parse_qsl, urlsplit

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import strip_tags

from tests import addresses, hostile
from tests.visits import Answer

FIELD = re.compile(r"""<(?:input|select|textarea)\b[^>]*\sname=["']([^"']+)["']""")
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
NO_TEXT = re.compile(r"<(head|script|style)\b.*?</\1>", re.DOTALL)
READING = ("get", "getlist", "__getitem__", "__contains__")
SENTENCE = re.compile(r"[A-Z“][^.]{8,}\.")
SLIPPED_IN = re.compile(r"^(X-Slipped-In:|Set-Cookie: a=b)", re.MULTILINE | re.IGNORECASE)
REFUSALS = range(400, 500)
OF_PATHS = 8  # one in so many is asked for with something hostile in its path


def parameters(client) -> dict[str, list[str]]:
    """The parameters of one address of each pattern that answers with a page or a file."""
    found = {}
    for pattern in addresses.patterns():
        for address in addresses.addresses(pattern, _keys):
            status, names = _asked_of(client, address)
            if status == 200 and "logout" not in address:
                found[address] = names
                break
    return found


def _keys(model):
    rows = model.objects.visible() if hasattr(model.objects.all(), "visible") else model._base_manager
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:2])


def _asked_of(client, address):
    """What its view reads, what its forms ask and what its links to the same place use."""
    with _names_read() as names:
        answer = Answer(client.get(address))
    route = addresses.route_of(address)
    linked = (link for link in addresses.links(address, answer.body) if addresses.route_of(link) == route)
    queries = (parse_qsl(urlsplit(link).query, keep_blank_values=True) for link in linked)
    names |= {name for name, _ in chain.from_iterable(queries)} | set(_fields(answer.body))
    return answer.status, sorted(name for name in names if isinstance(name, str) and name)


@contextmanager
def _names_read():
    """The names that are asked of the query of an address meanwhile."""
    names = set()

    def noting(read):
        return lambda query, name, *rest: (names.add(name), read(query, name, *rest))[1]

    noted = {reading: noting(getattr(MultiValueDict, reading)) for reading in READING}
    with mock.patch.multiple(QueryDict, create=True, **noted):
        yield names


def _fields(text):
    """The fields of a page's forms that are sent by GET."""
    found = (FIELD.findall(inside) for tag, inside in FORM.findall(text) if "post" not in tag.lower())
    return [html.unescape(name) for name in chain.from_iterable(found)]


def requests(asked, chance):
    """Without end: of each address and parameter in turn, public and admin by turns, and of each path."""
    pairs = [(address, name) for address, names in asked.items() for name in names]
    public, admin = ([pair for pair in pairs if is_public(pair[0]) == wanted] for wanted in (True, False))
    paths = [pattern for pattern in addresses.patterns() if pattern.arguments]
    for each in (public, admin, paths):
        chance.shuffle(each)
    for number, one, other, pattern in zip(count(), cycle(public), cycle(admin), cycle(paths)):
        for address, name in (one, other):
            yield f"{address}?{hostile.query(chance, name, asked[address])}"
        if number % OF_PATHS == 0:
            yield hostile.path(chance, pattern)


def is_public(address):
    return not address.startswith("/admin/")


def fault(answer):
    """What is wrong with an answer; empty if nothing is."""
    wrong = {
        f"status {answer.status}": answer.status >= 500,
        "a traceback": "Traceback (most recent call last)" in answer.body,
        "markup of the address": answer.is_html and hostile.MARK in answer.body,
        "a header of the address": bool(SLIPPED_IN.search(answer.headers)),
        "no sentence": answer.status in REFUSALS and not SENTENCE.search(said_in(answer.body)),
    }
    return ", ".join(name for name, is_so in wrong.items() if is_so)


def said_in(body):
    """The words of a page."""
    return " ".join(strip_tags(NO_TEXT.sub(" ", body)).split())
