"""Figures for Prometheus at /metrics, for whoever brings METRICS_TOKEN; without that setting there is no such page.

Requests are counted by each of gunicorn's processes and added up here (serving.py names the folder that they share);
all else is asked of the database when Prometheus comes.
"""

import os
import secrets

from django.conf import settings
from django.http import HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from config.metrics_of_data import DataCollector

PAGE = "/metrics"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own name for it
METHODS = ("GET", "HEAD", "POST")
NO_ROUTE = "none"  # addresses that nobody has, and what is answered before they are looked up

REQUESTS = Counter("recalls_requests", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "recalls_request_seconds",
    "From a request to the last byte of its answer.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600),
)
CUT = Counter("recalls_answers_cut", "Answers that ended before their end.", ["route"])


class MetricsMiddleware:
    """Answers by itself, as Prometheus asks by whatever host name; whoever has no token is told of no such page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == PAGE and _may_read(request):
            headers = {"Cache-Control": "no-store"}
            return HttpResponse(_page(), content_type=CONTENT_TYPE_LATEST, headers=headers)
        return self.get_response(request)


def note(request, response, seconds, *, is_cut):
    """Count an answer that has been sent, or was cut."""
    if not settings.METRICS_TOKEN:
        return
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match else NO_ROUTE
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(route, method, response.status_code).inc()
    SECONDS.labels(route).observe(seconds)
    if is_cut:
        CUT.labels(route).inc()


def _may_read(request):
    given = request.headers.get("Authorization", "").encode()
    wanted = f"Bearer {settings.METRICS_TOKEN}".encode()
    return bool(settings.METRICS_TOKEN) and secrets.compare_digest(given, wanted)


def _page():
    registry = REGISTRY
    if FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    data = CollectorRegistry()
    data.register(DataCollector())
    return generate_latest(registry) + generate_latest(data)
