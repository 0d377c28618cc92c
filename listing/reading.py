"""Where this request reads: the router's choice, for statements that no queryset makes."""

from django.db import connections, router


def reading_connection():
    """The connection to the primary, or to the replica where this request reads from it."""
    return connections[router.db_for_read(None)]
