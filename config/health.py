"""Whether this process lives (/healthz) and can do its work (/readyz), for whoever watches or balances it."""

from functools import cached_property

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse

from config.replica import PRIMARY, REPLICA
from listing.outages import FAILED

UNREACHABLE = "unreachable"


class HealthMiddleware:
    """Answers by itself, whatever host name or scheme the balancer asks with."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/healthz":
            return _answer(200, "alive")
        if request.path_info == "/readyz":
            return self._ready()
        return self.get_response(request)

    def _ready(self):
        """Ready as long as one server answers, as the public pages then go on, and all of them are migrated."""
        states = {alias: self._state(alias) for alias in (PRIMARY, REPLICA) if alias in connections}
        others = set(states.values()) - {UNREACHABLE}
        words = "\n".join(f"{alias}: {state}" for alias, state in states.items())
        return _answer(200 if others == {"right"} else 503, words)

    def _state(self, alias):
        try:
            missing = self._of_this_code - set(MigrationRecorder(connections[alias]).applied_migrations())
        except FAILED:
            connections[alias].close()
            return UNREACHABLE
        names = ", ".join(sorted(".".join(name) for name in missing))
        return f"not migrated: {names}" if missing else "right"

    @cached_property
    def _of_this_code(self):
        return set(MigrationLoader(None).disk_migrations)


def _answer(status, words):
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(
        f"{words}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers
    )
