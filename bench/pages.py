"""Pages asked of the project itself, in this process: the server's time alone, without a network."""

import statistics
import time
from dataclasses import dataclass
from functools import cache

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory

LONG_ENOUGH = 0.5  # seconds of repeating one page


@dataclass
class Page:
    status: int
    body: bytes
    seconds: float

    @property
    def is_whole_page(self):
        return b"<html" in self.body[:2000]


@cache
def _site():
    return get_wsgi_application()


def get(address: str, cookies: str = "") -> Page:
    """Through all the middleware, to the last byte."""
    site = _site()
    environ = RequestFactory(HTTP_COOKIE=cookies).get(address).environ
    began = time.perf_counter()
    response = site.get_response(WSGIRequest(environ))
    body = b"".join(response)
    seconds = time.perf_counter() - began
    response.close()
    return Page(response.status_code, body, seconds)


def median(address: str, cookies: str = "", times: int = 7) -> float:
    """Median seconds of a page, after it was asked for once; a slow one is asked for less often."""
    first = _seconds(address, cookies)
    times = max(1, min(times, int(LONG_ENOUGH / first)))
    return statistics.median(_seconds(address, cookies) for _ in range(times))


def _seconds(address, cookies):
    page = get(address, cookies)
    if page.status != 200:
        raise PageError(f"{address} answers {page.status} after {page.seconds:.1f} s")
    return page.seconds


class PageError(Exception):
    """A page that is no page."""


@dataclass
class Statement:
    sql: str
    params: tuple
    seconds: float


def statements(address: str) -> list[Statement]:
    """What a page asks of the database."""
    found = []

    def note(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            found.append(Statement(sql, params, time.perf_counter() - began))

    with connection.execute_wrapper(note):
        get(address)
    return found
