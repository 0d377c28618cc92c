"""The log: JSON in production, readable lines else, and nothing of who asked or what they typed.

The request's own line is made in requests.py; what others say while it is under way stands on it.
"""

import logging
import sys
import threading
import traceback
from contextvars import ContextVar
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from pythonjsonlogger.json import JsonFormatter

from listing.request_id import request_id

noted_now: ContextVar[dict | None] = ContextVar("noted_now", default=None)  # of the request under way

logger = logging.getLogger(__name__)
ABOUT_ITSELF = (OperationalError, InterfaceError, ImproperlyConfigured)  # such words quote no visitor
ON_THE_LINE = ("django.request", "django.security", "listing", "config.public_reads")


def settings_of_logs(as_json: bool) -> dict:
    """For Django and for gunicorn alike."""
    console = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["plain"]}
    on_the_line = {"handlers": ["on_the_line"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "config.logs.AsJson" if as_json else "config.logs.Readable"}},
        "filters": {"plain": {"()": "config.logs.Plain"}},
        "handlers": {
            "console": console,
            "on_the_line": {"class": "config.logs.OnTheLine"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "gunicorn.error": {"handlers": ["console"], "propagate": False},
            "django": {"handlers": []},
            "django.server": {"handlers": ["nowhere"], "propagate": False},  # lines with all that was typed
            **dict.fromkeys(ON_THE_LINE, on_the_line),
        },
    }


def said_of(error: BaseException) -> str:
    """Its kind, with its words where it can't quote what somebody typed: of a server, or outside every request."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    words = str(error).strip().partition("\n")[0]  # what follows quotes the statement
    return f"{kind}: {words}" if words and (isinstance(error, ABOUT_ITSELF) or not request_id.get()) else kind


def trace_of(error: BaseException | None) -> list[str]:
    """Each place it came through, and the errors behind it, without their words."""
    lines = []
    while error:
        frames = traceback.extract_tb(error.__traceback__)
        lines += [f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in frames]
        lines.append(said_of(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


class OnTheLine(logging.Handler):
    """What Django and the site say of a request while it is under way stands on its line."""

    def emit(self, record):
        noted = noted_now.get()
        if noted is None:
            logging.getLogger().handle(record)
        elif record.name.startswith("django.security"):
            noted["refused"] = record.name.rpartition(".")[2]
        elif record.levelno >= logging.ERROR:
            _note(noted, record)


def _note(noted, record):
    error = record.exc_info[1] if record.exc_info else None
    if error:
        noted |= {"raised": error}
    elif "raised" not in noted:
        noted["said"] = record.getMessage()


class Plain(logging.Filter):
    """Takes out of gunicorn's own lines from where a request came and what was asked."""

    def filter(self, record):
        text = str(record.msg)
        if text.startswith("Invalid request from ip="):
            record.msg, record.args = "A request that can't be read was refused", ()
        elif text.startswith("Error handling request") and record.args:
            record.msg, record.args = "Error handling request", ()
        return True


def catch_all():
    """What Python itself would write beside the log: errors of threads and of what is thrown away, and warnings."""
    logging.captureWarnings(True)
    threading.excepthook = sys.unraisablehook = _log_caught


def _log_caught(caught):
    error = caught.exc_value
    where = (caught.exc_type, error, caught.exc_traceback) if error else None
    logger.error("An error that nobody waits for", exc_info=where)


class AsJson(JsonFormatter):
    """One object a line, for programs; times in UTC."""

    def __init__(self):
        names = {"levelname": "level", "name": "logger"}
        super().__init__(
            "%(levelname)s %(name)s %(process)d %(message)s",
            rename_fields=names,
            timestamp="time",
            json_ensure_ascii=False,
        )

    def add_fields(self, log_data, record, message_dict):
        super().add_fields(log_data, record, message_dict)
        if request_id.get():
            log_data.setdefault("request_id", request_id.get())

    def formatException(self, ei):  # noqa: N802
        return "\n".join(trace_of(ei[1]))


class Readable(logging.Formatter):
    """For a trial: people read it, and it says all that is known of an error."""

    def __init__(self):
        super().__init__("%(asctime)s %(message)s", "%H:%M:%S")

    def format(self, record):
        text = super().format(record)
        error = getattr(record, "raised", None)
        return f"{text}\n{''.join(traceback.format_exception(error))}" if error else text
