"""What a reader gets while the database can't answer: 503 with a sentence."""

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader
from django.utils.translation import gettext_lazy as _
from psycopg2.errors import QueryCanceled

from listing.request_id import request_id

SECONDS = 30
FAILED = (DatabaseError, InterfaceError)
UNREACHABLE = (
    _("The database can't be reached at the moment"),
    _("Nothing is lost. Try again in half a minute."),
)
TOO_SLOW = (
    _("This took too long and was stopped"),
    _(
        "Ask for less: narrow the list by a filter, or search for a longer word. Then try again in half a minute."
    ),
)
UNSAVED = _(
    "All that is shown to whoever is signed in comes from there. What was saved is kept; what you have just sent "
    "is not saved: go back and send it again in half a minute."
)
FOR_STAFF = _("The main database can't be reached at the moment"), UNSAVED
READABLE = _("Until then the public pages can be read without signing in, such as in a private window.")


def is_outage(error):
    """A server that dies amid an answer is reported as nothing more than a DatabaseError."""
    return isinstance(error, (OperationalError, InterfaceError)) or type(error) is DatabaseError


def is_too_slow(error):
    return isinstance(error.__cause__, QueryCanceled)


def unavailable(title, sentence):
    page = loader.get_template("503.html").render(
        {"title": title, "sentence": sentence, "request_id": request_id.get()}
    )
    return HttpResponse(page, status=503, headers={"Retry-After": SECONDS, "Cache-Control": "no-store"})
