"""Databases of the benchmark's own, on the server that the settings name."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

LARGE, SMALL, IMPORT = "recalls_bench", "recalls_bench_small", "recalls_bench_import"
PATIENCE = 60  # seconds for a statement, also for a yardstick; a page that takes longer is an error
NAMED_BY = "BENCH_DATABASE"  # which of them a server that we start shall read


def configure() -> None:
    """To be called before `django.setup()`: settings as in production, but for a site without its own address."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SECRET_KEY", token_hex(50))
    os.environ.setdefault("PUBLIC_URL", "http://localhost")
    os.environ.setdefault("DATABASE_URL", "embedded")
    os.environ["AS_OWNER"] = (
        "0" if NAMED_BY in os.environ else "1"
    )  # it makes databases; a server only reads one
    settings.DATABASES["default"]["NAME"] = os.environ.get(NAMED_BY, settings.DATABASES["default"]["NAME"])
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    if NAMED_BY not in os.environ:  # the cost of a page is measured, not that of having it
        settings.CACHES["pages"]["BACKEND"] = settings.NOTHING
    settings.LOGGING = {}
    logging.disable()
    settings.PAGE_SECONDS = PATIENCE


@contextmanager
def database(name: str = IMPORT) -> Iterator[None]:
    """Make the database anew, migrated; drop it in the end."""
    recreate(name)
    try:
        with using(name):
            call_command("migrate", verbosity=0)
            yield
    finally:
        drop(name)


@contextmanager
def using(name: str) -> Iterator[None]:
    """Let this process read another database of the same server."""
    before = connection.settings_dict["NAME"]
    _switch(name)
    try:
        yield
    finally:
        _switch(before)


def recreate(name: str) -> None:
    drop(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")


def drop(name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _switch(name):
    connection.close()
    connection.settings_dict["NAME"] = name
    cache.clear()  # what was counted in the other one
