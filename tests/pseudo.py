"""A language in which every text that is marked for translation stands in brackets: what has none is marked nowhere."""

import re
from contextlib import contextmanager
from html import unescape

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, TextField
from django.utils.translation import trans_real

OPEN, CLOSE = "⟦", "⟧"
MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
NOT_SEEN = re.compile(r"<(script|svg|code|q|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
ENGLISH = re.compile(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', re.DOTALL)  # and said to be
SPOKEN = re.compile(r'\s(?:aria-label|placeholder|title|alt)="([^"]*)"')
WORD = re.compile(r"(?=[A-Z]*[a-z])[A-Za-z]{3,}")  # no code of a currency or a language
NAMES = {"CSV", "JSON", "Atom", "SVG", "PNG", "XLSX", "UTC", "mAh", "English", "OpenAPI", "export", "bom"}


@contextmanager
def everything_marked(monkeypatch, code="zh-hans"):
    """Pages of this language are in brackets."""
    words = trans_real.translation(code)
    one, several = words.gettext, words.ngettext
    with monkeypatch.context() as patch:
        patch.setattr(words, "gettext", lambda text: _marked(text) if text else one(text))
        patch.setattr(words, "ngettext", lambda text, texts, n: _marked(several(text, texts, n)))
        # What is put together once for a language is not kept for other tests.
        patch.setattr("listing.lists.get_language", lambda: "marked")
        patch.setattr("listing.filters.get_language", lambda: "marked")
        yield


def _marked(text):
    """Without its context; a whole page is put into brackets with the values that stand in it."""
    return f"{OPEN}{text.rpartition(chr(4))[2]}{CLOSE}"


def texts_of_data():
    """Every text of every record as it is and with a capital, the longest first."""
    found = set()
    for model in apps.get_models():
        names = [
            f.name for f in model._meta.concrete_fields if isinstance(f, (CharField, TextField, ArrayField))
        ]
        for row in model._base_manager.values_list(*names) if names else ():
            found.update(text for value in row for text in _lines(value) if len(text) > 3)
    return sorted(found | {text[0].upper() + text[1:] for text in found}, key=len, reverse=True)


def _lines(value):
    """Of a text, or of each text of several."""
    return [
        line.strip()
        for text in (value if isinstance(value, list) else [value or ""])
        for line in text.split("\n")
    ]


def unmarked(page, data):
    """The words of a page that are neither marked nor data."""
    page = ENGLISH.sub(" ", NOT_SEEN.sub(" ", _body(page)))
    while MARKED.search(page):
        page = MARKED.sub(" ", page)
    texts = [*re.split(r"<[^>]*>", page), *SPOKEN.findall(page)]
    return sorted({left for text in texts if (left := _left(unescape(text).strip(), data))})


def _body(page):
    _, mark, body = page.partition("<body")
    return mark + body or page


def _left(text, data):
    if set(WORD.findall(text)) <= NAMES:
        return ""
    for value in data:
        text = text.replace(value, " ")
    return " ".join(text.split()) if set(WORD.findall(text)) - NAMES else ""
