"""One line of the log for each request, and the number under which whoever met a fault can ask about it."""

import logging
import re
import sys
import time
from ipaddress import ip_address
from secrets import token_hex

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponseServerError
from django.template import loader

from config import metrics
from config.logs import noted_now, said_of, trace_of
from listing.request_id import request_id

logger = logging.getLogger(__name__)
LIKE_A_NUMBER = re.compile(r"[0-9A-Za-z_-]{16,64}")
LIKE_A_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
SERVER_ERROR = 500


class RequestsMiddleware:
    """Stands before all others; its line is written when the answer has been sent, or was cut."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began, noted = time.perf_counter(), {}
        request_id.set(_number_of(request))
        noted_now.set(noted)
        response = self.get_response(request)
        response["X-Request-ID"] = request_id.get()
        close = response.close
        # No partial: Django's test client closes a file from within the generator that reads it, and Python 3.11 looks
        # for the place of a running generator in the wrong memory where it has called something written in C.
        response.close = lambda: _closed(request, response, close, noted, began)
        return response


def server_error(request):
    """Django's handler of what nobody has foreseen."""
    page = loader.get_template("500.html").render({"request_id": request_id.get()})
    return HttpResponseServerError(page)


def _number_of(request):
    """The one that a proxy of ours gave it, or a new one."""
    given = request.headers.get("X-Request-ID", "")
    return given if LIKE_A_NUMBER.fullmatch(given) and _is_from_a_proxy(request) else token_hex(16)


def _is_from_a_proxy(request):
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in settings.TRUSTED_PROXIES)


def _closed(request, response, close, noted, began):
    """The server closes a response in the end, and while an error is under way if the answer was cut."""
    cut_by = sys.exc_info()[1]
    del response.close  # no circle that only the collector of garbage finds
    try:
        close()
    finally:
        noted_now.set(None)
        seconds = time.perf_counter() - began
        metrics.note(request, response, seconds, is_cut=cut_by is not None)
        _write(_facts(request, response, seconds) | noted | ({"cut_by": cut_by} if cut_by else {}))


def _facts(request, response, seconds):
    return {
        "request_id": response["X-Request-ID"],
        "method": request.method,
        "path": request.path,
        "parameters": _parameters(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
    }


def _parameters(request):
    """Their names alone, and of names only what looks like one of ours."""
    try:
        return [name if LIKE_A_NAME.fullmatch(name) else "?" for name in sorted(request.GET)]
    except SuspiciousOperation:  # more than Django reads
        return ["?"]


def _write(facts):
    raised, cut_by = facts.pop("raised", None), facts.pop("cut_by", None)
    if cut_by:
        facts["cut"] = said_of(cut_by)
    if raised:
        facts |= {"error": said_of(raised), "trace": trace_of(raised)}
    failed = facts["status"] >= SERVER_ERROR or cut_by
    text = _in_words(facts).translate(_ESCAPED) if settings.DEBUG else "request"
    extra = facts | ({"raised": raised} if settings.DEBUG and raised else {})
    logger.log(logging.ERROR if failed else logging.INFO, "%s", text, extra=extra)


_ESCAPED = {number: f"\\x{number:02x}" for number in (*range(32), *range(127, 160), 0x2028, 0x2029)}


def _in_words(facts):
    asked = f" ({', '.join(facts['parameters'])})" if facts["parameters"] else ""
    more = [facts[name] for name in ("said", "error", "refused") if name in facts]
    more += [f"cut: {facts['cut']}"] if "cut" in facts else []
    words = f"{facts['method']} {facts['path']}{asked} {facts['status']} {facts['ms']:.0f} ms"
    return "; ".join([words, *more, facts["request_id"]])
