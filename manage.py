#!/usr/bin/env python
"""Django's command line."""

import getpass
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, connection

from config.words.compiled import compile_words
from history.roles import refuse_the_mighty
from history.telling import say_for_process

FOR_THE_OWNER = ("migrate", "flush", "sqlflush", "testserver")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] and sys.argv[1] in FOR_THE_OWNER:
        os.environ["AS_OWNER"] = "1"
    compile_words()
    say_for_process(origin="command", place=" ".join(["manage.py", *sys.argv[1:]]), name=system_account())
    try:
        if sys.argv[1:2] == ["runserver"]:
            hold_the_database()
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OperationalError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"{sys.argv[0]}: {' '.join(str(error).split())}")


def system_account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user id {os.getuid()}"


def hold_the_database() -> None:
    """The reloader's parent uses it too, so that it outlives a reload and is stopped when Ctrl-C returns."""
    connection.ensure_connection()
    refuse_the_mighty(connection)
    connection.close()


if __name__ == "__main__":
    main()
