"""Pages whose rows are looked up by key: which rows they are is read from an index before."""

from django.core.paginator import Paginator


class KeyPaginator(Paginator):
    """Pages of a list: `keys(start, stop)` are those of the rows between, and `rows` says what is read of them.

    `count` may be a limit that is passed (`is_more`): then there are more pages than `num_pages`.
    """

    def __init__(self, rows, per_page, count, keys):
        super().__init__(rows, per_page)
        self.count, self.is_more, self.keys = count.number, count.is_more, keys

    def page(self, number):
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        stop = min(start + self.per_page, self.count)
        keys = self.keys(start, stop) if start < stop else []
        return self._get_page(self._rows(keys), number, self)

    def _rows(self, keys):
        """Rows are records, or rows of values where these stand in for the records' own."""
        found = self.object_list.filter(pk__in=keys).order_by() if keys else ()
        by_key = {row["pk"] if isinstance(row, dict) else row.pk: row for row in found}
        return [by_key[key] for key in keys if key in by_key]
