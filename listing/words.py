"""Words put together as the reader's language does it: its signs between them, its order of the parts."""

from functools import cache
from string import Formatter

from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext, pgettext


def enumerated(texts):
    """Things side by side: “fire, burn”."""
    return pgettext("between things side by side", ", ").join(map(str, texts))


def listed(texts):
    """Things that belong together: “Japan, China and Canada”."""
    *first, last = map(str, texts)
    return gettext("%(first)s and %(last)s") % {"first": enumerated(first), "last": last} if first else last


def clauses(texts):
    """Parts of a sentence, one after the other: “units: 5; hazards: fire”."""
    return pgettext("between parts of a sentence", "; ").join(map(str, texts))


def with_count(template, count):
    """A sentence from ngettext with its number: “1,204 batches”."""
    return template % {"count": f"{count:,}"}


def label_of(choices, value):
    """What a value of a closed list is called; another one by itself."""
    return str(_labels(choices).get(value, value))


@cache
def _labels(choices):
    """Each is put in the reader's language when it is shown."""
    return dict(choices.choices)


def labels_of(choices, values):
    return enumerated(label_of(choices, value) for value in values)


def in_sql(template, **parts):
    """A sentence that the database puts together: its parts are paths or expressions, in the template's order."""
    pieces = []
    for text, name, *_ in Formatter().parse(template):
        pieces += [Value(text)] if text else []
        if name:
            pieces.append(F(parts[name]) if isinstance(parts[name], str) else parts[name])
    return Concat(*pieces, output_field=TextField()) if len(pieces) > 1 else pieces[0]
