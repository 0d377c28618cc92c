"""What a reader gets while the database can't be reached."""

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader

logger = logging.getLogger(__name__)
SECONDS = 30


class DatabaseUnreachableMiddleware:
    """Answers 503 instead of 500 when a view can't reach the database; what fails in a stream is the stream's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        logger.error("The database did not answer %s: %s", request.path, exception)
        page = loader.get_template("503.html").render()
        return HttpResponse(page, status=503, headers={"Retry-After": SECONDS})
