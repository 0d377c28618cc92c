"""Read quantity texts, one JSON string a line, and write what is read, one JSON object a line."""

import json
import re
import sys
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError

from recalls.importers.quantities import Reading, read_quantity

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Command(BaseCommand):
    """Writes one object for each line, in the same order; a line that holds no text is refused as such."""

    help = (
        "Reads FILE with one JSON string a line and writes one JSON object a line, in the same order: "
        '{"units": […], "earlier": […], "refused": null or a reason}. The counts go to stderr; the exit code '
        "is 1 if a line holds no JSON string. Needs no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="The file to read, or - for stdin.")
        parser.add_argument(
            "--region", default="US", help="The notices' own region, ISO 3166-1 alpha-2 (default: US)."
        )

    def handle(self, *, file, region, **options):
        if not re.fullmatch("[A-Z]{2}", region):
            raise CommandError(f"--region takes two capital letters such as US or CA, not {region!r}.")
        counts = Counter()
        with _opened(file) as lines:
            for number, line in enumerate(lines, start=1):
                self._write(*_read_line(number, line, region), counts)
        self.stderr.write(f"{counts['read']} read, {counts['refused']} refused.", self.style.NOTICE)
        if counts["bad"]:
            raise CommandError(f"{counts['bad']} of {counts.total()} lines hold no JSON string.")

    def _write(self, reading: Reading, complaint: str | None, counts: Counter) -> None:
        if complaint:
            self.stderr.write(complaint)
        counts["bad" if complaint else "refused" if reading.refused else "read"] += 1
        self.stdout.write(json.dumps(reading.as_dict(), ensure_ascii=False))


def _opened(file: str) -> AbstractContextManager[BinaryIO]:
    if file == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise CommandError(f"{file} cannot be opened: {error.strerror}.") from None


def _read_line(number: int, line: bytes, region: str) -> tuple[Reading, str | None]:
    """Return the reading of a line, and a complaint if it holds no JSON string."""
    try:
        text = json.loads(line.removeprefix(BYTE_ORDER_MARK).decode())
    except (ValueError, RecursionError):
        complaint = f"Line {number} is not JSON."
    else:
        if isinstance(text, str):
            return read_quantity(text, region), None
        complaint = f"Line {number} is JSON, but not a string."
    return Reading(refused=complaint), complaint
