"""What lists with an exposure share: the reader's currency, which their address names."""

from functools import lru_cache

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext

from listing.lists import BY_KEY, RecordList
from recalls.exposure import CURRENCIES, DEFAULT_CURRENCY


@lru_cache(maxsize=200)
def _records_with_columns(list_class, grades, currency):
    """All of them, before any filter: a long query, put together once, and asked anew each time."""
    params = QueryDict(mutable=True)
    params.setlist("grade", grades)
    params["currency"] = currency
    records = list_class(params)
    return records.with_columns(records.get_queryset())


class ExposureList(RecordList):
    """A list whose filter set has a `currency` and whose table has a column `exposure`."""

    currencies = CURRENCIES

    @cached_property
    def currency(self):
        chosen = "" if self.errors else self.filterset.form.cleaned_data["currency"]
        return chosen or DEFAULT_CURRENCY.value

    @property
    def grades(self):
        """Those whose figures count; all of them where none is named."""
        return [] if self.errors else self.filterset.form.cleaned_data.get("grade", [])

    @property
    def page_rows(self):
        if self.table_class.row_key != BY_KEY:
            return super().page_rows
        return _records_with_columns(type(self), tuple(self.grades), self.currency).all()

    @cached_property
    def table(self):
        table = super().table
        table.columns["exposure"].column.verbose_name = gettext("Exposure, %(currency)s") % {
            "currency": self.currency
        }
        return table
