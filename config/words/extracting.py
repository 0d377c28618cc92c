"""The strings that are marked for translation."""

from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from config.words.areas import ROOT

ONE, SEVERAL, IN_CONTEXT, SEVERAL_IN_CONTEXT = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "pair"), SEVERAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), IN_CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), SEVERAL_IN_CONTEXT),
}
FOR_TRANSLATORS = ["Translators:"]


def words_of(area):
    """A catalogue of all that is marked in an area, each string with the files that it stands in."""
    catalog = Catalog()
    for path in area.sources():
        for _, message, comments, context in extract("python", _as_python(path), KEYWORDS, FOR_TRANSLATORS):
            place = (str(path.relative_to(ROOT)), 0)
            catalog.add(message, locations=[place], auto_comments=comments, context=context)
    return catalog


def _as_python(path):
    """A template as the calls that its tags stand for; nothing else of it counts, its indentation neither."""
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return BytesIO(text.encode())
