"""Sentences that are kept in English and told again in the reader's language: reasons, refusals, what imports say.

They are found again by their forms, which stand among the translations: `config.words` takes as a form what `kept` and
the errors of `config.words.kept` are called with, an f-string too. What it does not know stays as it is kept.
"""

import re
from functools import cache
from string import Formatter

from django.utils.translation import get_language, gettext, trans_real

from listing.words import enumerated

CONTEXT = "kept"  # of these forms among the translations
LONGEST = 2_000  # characters of a sentence; what is longer holds a document
START = f"{CONTEXT}\x04"


def kept(sentence):
    """A sentence that is kept as it is, marked for those who translate."""
    return sentence


def retold(text):
    """A kept sentence in the reader's language, with the values that stand in it."""
    language = get_language() or "en"
    return text if not text or language.startswith("en") or len(text) > LONGEST else _told(text, language)


def _told(text, language):
    for pattern, as_they_are, form in _forms(language):
        if found := pattern.fullmatch(text):
            values = zip(found.groups(), as_they_are, strict=True)
            return form.format(*(value if alone else _value(value, language) for value, alone in values))
    return gettext(text)


def _value(text, language):
    """A sentence within another, words of ours side by side, or what is no words."""
    parts = text.split(", ")
    told = [_told(part, language) if part else "" for part in parts]
    if len(parts) > 1 and all(one != other for one, other in zip(parts, told, strict=True)):
        return enumerated(told)
    return _told(text, language) if text else ""


@cache
def _forms(language):
    """Of each form its pattern, its translation and which values are quoted; those that say most first."""
    words = trans_real.translation(language)._catalog.items()
    forms = {
        key.removeprefix(START): told
        for key, told in words
        if isinstance(key, str) and key.startswith(START) and told
    }
    return [(*_pattern(form), forms[form]) for form in sorted(forms, key=_length, reverse=True)]


def _length(form):
    return sum(len(text) for text, *_ in Formatter().parse(form))


def _pattern(form):
    pieces = list(Formatter().parse(form))
    pattern = "".join(re.escape(text) + ("" if name is None else "(.*?)") for text, name, *_ in pieces)
    quoted = [text.endswith("“") for text, name, *_ in pieces if name is not None]
    return re.compile(pattern, re.DOTALL), quoted
