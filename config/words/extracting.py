"""The strings that are marked for translation."""

from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from config.words.areas import ROOT
from config.words.kept import kept_in
from listing.retelling import CONTEXT as KEPT

PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy")
WITH_CONTEXT = ("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy")
NOUNS = "pair"  # of listing/figures.py: one thing and several of it, which stand after their number
COUNTED = "counted"  # their context: alone, a noun may be called otherwise
FOR_TRANSLATORS = ["Translators:"]


def words_of(area):
    """A catalogue of all that is marked in an area, each string with the files that it stands in."""
    catalog = Catalog()
    for path in area.sources():
        place = (str(path.relative_to(ROOT)), 0)
        for context, texts, comments in _marked(path):
            catalog.add(texts, locations=[place], auto_comments=comments, context=context)
    return catalog


def _marked(path):
    """The context of each marked string, its singular and plural where it has them, and what translators are told."""
    calls = extract_python(_as_python(path), (*PLAIN, *WITH_CONTEXT, NOUNS), FOR_TRANSLATORS, {})
    for _, name, given, comments in calls:
        texts = [text for text in (given if isinstance(given, tuple) else (given,)) if text]
        context = COUNTED if name == NOUNS else texts.pop(0) if name in WITH_CONTEXT and texts else None
        if texts:
            yield context, tuple(texts) if len(texts) > 1 else texts[0], comments
    if path.suffix == ".py":
        yield from ((KEPT, form, []) for form in kept_in(path.read_text("utf-8")))


def _as_python(path):
    """A template as the calls that its tags stand for; nothing else of it counts, its indentation neither."""
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return BytesIO(text.encode())
