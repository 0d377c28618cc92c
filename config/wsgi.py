"""The application for gunicorn: `gunicorn config.wsgi`."""

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created

from config.logs import catch_all
from config.words.compiled import compile_words
from history.roles import refuse_the_mighty

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

compile_words()
application = get_wsgi_application()
catch_all()

connection_created.connect(refuse_the_mighty)
with suppress(OperationalError):  # while the database is away, pages say so
    connection.ensure_connection()
connection.close()  # a worker that is forked from here makes its own
