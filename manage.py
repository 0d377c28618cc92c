#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, connection


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        if sys.argv[1:2] == ["runserver"]:
            hold_the_database()
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OperationalError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"{sys.argv[0]}: {' '.join(str(error).split())}")


def hold_the_database() -> None:
    """The reloader's parent uses it too, so that it outlives a reload and is stopped when Ctrl-C returns."""
    connection.ensure_connection()
    connection.close()


if __name__ == "__main__":
    main()
