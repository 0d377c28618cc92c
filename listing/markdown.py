"""A table as Markdown: the cells of the page, each of whose marks reads as it stands there."""

import re
from html import unescape
from urllib.parse import quote, urljoin

from django.conf import settings

from listing.rendering import cells_of

TAG = re.compile(r"<[^>]*>")
LINKED = re.compile(r'<td[^>]*><a href="([^"]*)">(.*?)</a>(.*)</td>', re.DOTALL)
MARKS = re.compile(r"([\\`*_\[\]|~])")
OF_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def markdown(table, below):
    """The shown columns of a table's rows, and a sentence below them."""
    columns = list(table.columns)
    lines = [
        _line(escaped(str(column.header)) for column in columns),
        _line("---:" if "figure" in (column.attrs["td"].get("class") or "") else "---" for column in columns),
        *(_line(map(_cell, cells)) for cells in cells_of(table)),
    ]
    return "\n".join([*lines, "", below, ""])


def escaped(text):
    """A text on one line, none of whose characters says anything to Markdown or to the HTML made of it."""
    return MARKS.sub(r"\\\1", " ".join(text.split()).translate(OF_HTML))


def _line(cells):
    return f"| {' | '.join(cells)} |"


def _cell(cell):
    if not (link := LINKED.fullmatch(cell)):
        return escaped(_words(cell))
    address = urljoin(settings.PUBLIC_URL, quote(unescape(link[1]), safe="/:?&=%#+,;@"))
    return f"[{escaped(_words(link[2]))}]({address}) {escaped(_words(link[3]))}".rstrip()


def _words(html):
    return unescape(TAG.sub(" ", html))
