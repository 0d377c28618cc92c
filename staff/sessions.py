"""Sessions of staff end: some hours after the last request, and a day's work after signing in."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError

from listing.outages import FOR_STAFF, is_outage, unavailable

BEGAN, SEEN = "signed_in_at", "seen_at"
EXACT_TO = 300  # seconds: a request within them writes nothing


class SessionEndMiddleware:
    """Signs out whoever was away for SESSION_IDLE, or signed in longer ago than SESSION_LONGEST.

    What it notes is written before the page is made, as a file that is being sent has the connection to itself. Who
    carries no session costs nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            self._end_or_note(request)
        except DatabaseError as error:
            if not is_outage(error):
                raise
            return unavailable(*FOR_STAFF)
        return self.get_response(request)

    def _end_or_note(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            session, now = request.session, time.time()
            began, seen = session.get(BEGAN, now), session.get(SEEN, now)
            if now - began > settings.SESSION_LONGEST or now - seen > settings.SESSION_IDLE:
                logout(request)
            elif BEGAN not in session or SEEN not in session or now - seen > EXACT_TO:
                _note(session, began, now)


def _note(session, began, now):
    session[BEGAN], session[SEEN] = began, now
    session.save()
    session.modified = False
