"""What a page weighs on its way, compressed: the first one with its style sheets and scripts, and those after it."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.browser import public_pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]
FIRST, AFTER = 100_000, 30_000
STATIC = re.compile(r'(?:href|src)="/static/([^"?]+)"')
PART = re.compile(r'data-part="(\w+)"')


def weights(client, address):
    """Bytes of the first view and of one after it: with all parts that come later, without what a browser keeps."""
    html = client.get(address).text
    parts = [client.get(address, query_params={"part": part}).text for part in PART.findall(html)]
    view = sum(map(compressed, [html, *parts]))
    return view + sum(compressed(static(name)) for name in set(STATIC.findall(html))), view


def compressed(text):
    return len(gzip.compress(text.encode()))


def static(name):
    return Path(finders.find(name)).read_text(encoding="utf-8", errors="replace")


def test_no_page_is_heavy(client, say):
    found = {address: weights(client, address) for address in public_pages()}
    first, after = (max(found, key=lambda address: found[address][place]) for place in (0, 1))
    say(
        f"Heaviest pages: {found[first][0]:,} bytes at first ({first}), {found[after][1]:,} after it ({after})."
    )
    assert {address: each for address, each in found.items() if each[0] > FIRST or each[1] > AFTER} == {}
