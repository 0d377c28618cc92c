"""Conditions on other tables, as querysets state them."""

from django.db.models import Exists as DjangosExists


class Exists(DjangosExists):
    """EXISTS that is put together once.

    A lookup resolves what it compares once more when it is written as SQL, and so does each EXISTS in it: where what
    is visible follows from what is visible elsewhere, that came to most of the cost of a page.
    """

    def resolve_expression(self, query=None, *args, **kwargs):
        is_being_written = not args and not kwargs  # else it is told how to join and what to use again
        return self if is_being_written else super().resolve_expression(query, *args, **kwargs)
