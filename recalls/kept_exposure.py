"""The names of the columns that keep each batch's exposure in the usual currencies."""

CURRENCIES = ("CNY", "EUR", "GBP", "JPY", "USD")  # in which each batch's exposure is kept
ENDS = ("low", "high")


def kept_exposure(currency, end):
    """The name of the column that keeps an end of the exposure in one of the `CURRENCIES`."""
    return f"exposure_{currency.lower()}_{end}"
