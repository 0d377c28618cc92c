"""What a reader gets while the database can't be reached."""

import logging

from listing.outages import TOO_SLOW, UNREACHABLE, is_outage, is_too_slow, unavailable

logger = logging.getLogger(__name__)


class DatabaseUnreachableMiddleware:
    """Answers 503 instead of 500 when a view can't get its answer from the database in time, or at all.

    What fails in a stream is the stream's.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not is_outage(exception):
            return None
        logger.error("The database did not answer", exc_info=exception)
        return unavailable(*(TOO_SLOW if is_too_slow(exception) else UNREACHABLE))
