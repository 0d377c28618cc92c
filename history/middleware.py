"""Tells the history who sent a form, and from which page."""

from django.db import InterfaceError, OperationalError

from history.models import Origin
from history.telling import telling

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class TellingMiddleware:
    """Stands after the sign-in; what only reads tells nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in SAFE:
            return self.get_response(request)
        with telling(origin=Origin.PAGE, place=request.path, **_who(request)):
            return self.get_response(request)


def _who(request):
    try:
        user = request.user
        return {"user": user.pk, "name": user.get_username() or "nobody signed in"}
    except (OperationalError, InterfaceError):
        return {}  # the view will find out as well, and answers for it
