"""Where a reader of a list stands, as a text to hand back: signed, so that nobody makes one up."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer

UNREADABLE = "This is no cursor that a page of this list gave. Begin again without it."
OF_ANOTHER = "This cursor is of another query: it goes with the filters and the order that it was given for."


class CursorError(ValueError):
    """A cursor that leads nowhere, with the sentence that says why."""


def query_of(address, params, besides):
    """What a cursor goes with: an address and its parameters, but for those that change no row's place."""
    asked = sorted((name, values) for name, values in params.lists() if name not in besides)
    return hashlib.sha256(json.dumps([address, asked]).encode()).hexdigest()[:16]


def written(place, query):
    return _signer().sign_object([query, *map(_text, place)])


def read(text, fields, query):
    """The place that a cursor was written for; `fields` are those of its values."""
    try:
        of, *values = _signer().unsign_object(text)
    except (BadSignature, ValueError, TypeError):
        raise CursorError(UNREADABLE) from None
    if of != query or len(values) != len(fields):
        raise CursorError(OF_ANOTHER)
    try:
        return [
            None if value is None else field.to_python(value)
            for field, value in zip(fields, values, strict=True)
        ]
    except ValidationError:  # of another release
        raise CursorError(UNREADABLE) from None


def _signer():
    return Signer(salt="listing.cursor")


def _text(value):
    return value if value is None or isinstance(value, (int, str, list)) else str(value)
