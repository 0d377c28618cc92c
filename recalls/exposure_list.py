"""What lists with an exposure share: the reader's currency, which their address names."""

from django.utils.functional import cached_property
from django.utils.translation import gettext

from listing.lists import RecordList
from recalls.exposure import CURRENCIES, DEFAULT_CURRENCY


class ExposureList(RecordList):
    """A list whose filter set has a `currency` and whose table has a column `exposure`."""

    currencies = CURRENCIES

    @cached_property
    def currency(self):
        chosen = "" if self.errors else self.filterset.form.cleaned_data["currency"]
        return chosen or DEFAULT_CURRENCY.value

    @cached_property
    def table(self):
        table = super().table
        table.columns["exposure"].column.verbose_name = gettext("Exposure, %(currency)s") % {
            "currency": self.currency
        }
        return table
