"""Sessions of staff end: some time after the last request (SESSION_COOKIE_AGE), and a day's work after signing in."""

import time

from django.conf import settings
from django.contrib.auth import logout

BEGAN = "signed_in_at"


class SessionEndMiddleware:
    """Signs out whoever signed in longer ago than SESSION_LONGEST; asks nothing for who carries no session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            began = request.session.setdefault(BEGAN, time.time())
            if time.time() - began > settings.SESSION_LONGEST:
                logout(request)
        return self.get_response(request)
