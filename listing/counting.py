"""How many rows a list has: exact, and remembered until any data change; of a search by text up to a limit."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext

from listing import figures
from listing.remembering import remembered
from listing.statements import statement_of

SEARCHED = 10_000  # of more rows a text search only says that they are more


@dataclass(frozen=True)
class Count:
    """A number of rows; `is_more`: there are more than this."""

    number: int
    is_more: bool = False

    def __str__(self):
        return self.said(figures.number(self.number))

    def said(self, number):
        """The number, as it is written, with that there are more where there are."""
        return gettext("over %(count)s") % {"count": number} if self.is_more else number


class CountedPaginator(Paginator):
    """Pages of a list whose size is remembered as `count_of` does."""

    @cached_property
    def count(self):
        return count_of(self.object_list).number


def count_of(queryset, limit=None):
    """The `Count` of a queryset's rows; beyond `limit` it only says that they are more."""
    rows = queryset.order_by().values("pk")
    number = _remembered(rows if limit is None else rows[: limit + 1])
    is_more = limit is not None and number > limit
    return Count(limit if is_more else number, is_more)


def _remembered(rows):
    return remembered("count", statement_of(rows), rows.count, rows.db)
