"""The number of the request under way, which its line in the log has and whoever met a fault can quote."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
