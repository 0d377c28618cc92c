"""Regions in the reader's language: in English as we write them, in others as Unicode's CLDR has them."""

from functools import cache

from django.utils.translation import get_language, gettext_lazy, to_locale

OWN = {"ZZ": gettext_lazy("Elsewhere, not named")}


def region_name(code, name):
    """What the region of a code is called; `name` is the English one."""
    language = get_language() or "en"
    if language.startswith("en"):
        return name
    return str(OWN[code]) if code in OWN else _territories(language).get(code, name)


@cache
def _territories(language):
    from babel import Locale  # only where it is needed: it takes long to load

    return dict(Locale.parse(to_locale(language)).territories)
