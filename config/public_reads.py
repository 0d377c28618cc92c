"""What anonymous visitors get: from the replica where there is one, and as long as the data are the same 304, or the
page as it was made for another.

A tag names the release and the data's version, read before the page is made and on the same server: a page is never
older than its tag. Whoever carries a session may be staff: their pages come from the primary and are kept by no one.
"""

import logging

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connections
from django.http import HttpResponseNotModified
from django.urls import resolve, reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from config import kept_pages
from config.release import release
from config.replica import PRIMARY, REPLICA, first_that_answers, note_failure, reading_from
from listing.outages import FAILED, FOR_STAFF, READABLE, UNREACHABLE, is_outage, is_too_slow, unavailable

logger = logging.getLogger(__name__)
BEGIN = "SELECT set_config('statement_timeout', %s, false), data_version()"
SHARED, OWN, UNKEPT = "public, no-cache", "private, no-store", "no-store"
OK, SERVER_ERROR = 200, 500


class PublicReadsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.release = release()  # now, while the files are those that run

    def __call__(self, request):
        request.reads_from = PRIMARY
        try:
            return self._shared(request) if _is_anonymous_read(request) else self._own(request)
        except FAILED as error:
            logger.error("No database", exc_info=error)
            return _out_of_reach(request)

    def process_exception(self, request, exception):
        if not is_outage(exception) or is_too_slow(exception):
            return None
        if request.reads_from == REPLICA:
            note_failure(REPLICA)
            request.reads_from = None  # `_shared` asks the view again, elsewhere
        return None if _is_anonymous_read(request) else _out_of_reach(request)

    def _own(self, request):
        limit = 0 if _is_staffs(request) else settings.PAGE_SECONDS
        _begin(PRIMARY, limit)
        response = self.get_response(request)
        response.setdefault("Cache-Control", OWN)
        return response

    def _shared(self, request):
        request.reads_from, version = first_that_answers(lambda name: _begin(name, settings.PAGE_SECONDS))
        tag = f'W/"{self.release}.{version[:16]}"'
        if not settings.DEBUG and tag in parse_etags(request.headers.get("If-None-Match", "")):
            return _kept_by_all(HttpResponseNotModified(), tag)
        if page := kept_pages.found(request, tag):
            request.resolver_match = resolve(
                request.path_info
            )  # by which the figures for operators are told apart
            return _kept_by_all(page, tag)
        with reading_from(request.reads_from):
            response = self.get_response(request)
        if request.reads_from:
            kept_pages.keep(request, tag, response)
        return _kept_by_all(response, tag) if request.reads_from else self._shared(request)


def _begin(alias, seconds):
    """The version of the data there; queries of this request may take so many seconds each (0: any)."""
    with connections[alias].cursor() as cursor:
        cursor.execute(BEGIN, [f"{seconds}s"])
        return cursor.fetchone()[1]


def _is_staffs(request):
    return request.path_info.startswith(reverse("admin:index"))


def _is_anonymous_read(request):
    """No session, so no sign-in and no messages; asked of the cookies alone, without the database."""
    own = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name} & set(request.COOKIES)
    return request.method in ("GET", "HEAD") and not own and not _is_staffs(request)


def _kept_by_all(response, tag):
    """A cache may keep it for everybody, and asks each time whether it still holds."""
    patch_vary_headers(response, ["Cookie"])
    if response.cookies:
        response["Cache-Control"] = OWN
    elif response.status_code >= SERVER_ERROR:
        response["Cache-Control"] = UNKEPT
    else:
        response.setdefault("Cache-Control", SHARED)
        if response.status_code in (OK, HttpResponseNotModified.status_code):
            response["ETag"] = tag
    return response


def _out_of_reach(request):
    if _is_anonymous_read(request):
        return unavailable(*UNREACHABLE)
    title, sentence = FOR_STAFF
    return unavailable(title, f"{sentence} {READABLE}" if REPLICA in settings.DATABASES else sentence)
