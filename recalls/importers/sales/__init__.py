"""Sold-at texts ("Target stores from March 2022 through May 2024 for about $30") as window and price.

What is not sure is left out with the reason: a text that says more than the grammar understands about
dates gives no window, about prices no price. Shops are skipped over, whatever their names are.

    dates.py     the dates of a text: "March 2022", "November 14", "fall 2005"
    windows.py   from when until when: "between March and May 2024", "since 2017"
    prices.py    whose prices the amounts are, and the lowest and highest of one unit
    labels.py    what a price is said to be for
"""

from listing.retelling import kept
from recalls.importers.notice import Sale
from recalls.importers.quantities.reading import RefusedError
from recalls.importers.quantities.tokens import clean
from recalls.importers.sales.prices import read_price
from recalls.importers.sales.windows import find_windows, whole_window

__all__ = ["read_sale"]


def read_sale(text: str, currency: str = "USD") -> Sale:
    """Read a sold-at text, with prices in this currency (ISO 4217); never raises for a text.

    Several windows give the first day of the first and the last day of the last. “Through the present” has
    no end, “since 2017” neither. “For about $6” is 6 to 6, “up to $40” has no low and “more than $40” no
    high. Prices of several products are read only if they are named as kinds of one thing. A price of a
    set, a bundle, a part, of what the product is built into, in another currency or given away is left out.
    """
    try:
        cleaned = clean(text)
    except RefusedError as refusal:
        return Sale(problem=str(refusal))
    no_dates = no_price = ""
    windows, dates, prices = [], (None, None), (None, None)
    try:
        windows = find_windows(cleaned)
        dates = whole_window(cleaned, windows)
    except RefusedError as refusal:
        no_dates = str(refusal)
    try:
        prices = read_price(cleaned, windows, currency)
    except RefusedError as refusal:
        no_price = str(refusal)
    return Sale(*dates, *prices, currency if any(prices) else "", _problem(no_dates, no_price))


def _problem(no_dates, no_price):
    if no_dates and no_price:
        return kept(f"No dates: {no_dates} No price: {no_price}")
    return kept(f"No dates: {no_dates}") if no_dates else no_price and kept(f"No price: {no_price}")
