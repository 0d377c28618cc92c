"""How much may be sent: refused by its announced length, before any of it is read or kept on disk."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

SENTENCE = _("This is too large: {announced:,} bytes were announced, and at most {most:,} are taken here.")


class BodySizeMiddleware:
    """Who carries no session sends no more than a sign-in; staff send spreadsheets too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
        most = (
            settings.LARGEST_BODY
            if settings.SESSION_COOKIE_NAME in request.COOKIES
            else settings.LARGEST_SIGN_IN
        )
        if announced <= most:
            return self.get_response(request)
        sentence = f"{SENTENCE.format(announced=announced, most=most)}\n"
        return HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
