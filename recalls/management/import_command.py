"""What the commands that import regulators' files have in common."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from listing.figures import counted
from recalls.importers.fetching import FetchError
from recalls.importers.files import import_file
from recalls.importers.formats import FormatError
from recalls.importers.notice import RefusedError
from recalls.importers.writing.locks import BusyError

EVERY = 10_000  # records, between two lines that tell how far it is
EXPECTED = (FetchError, FormatError, BusyError, RefusedError, DatabaseError, OSError)


class ImportCommand(BaseCommand):
    """Imports files of the `formats` that a subclass names, one run for each; exits with 1 if one fails."""

    formats = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "files", nargs="+", metavar="PATH_OR_URL", help="Files on disk or https addresses."
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish new batches at once, except those whose quantity was not read; otherwise all are drafts",
        )

    def handle(self, *, files, publish, **options):
        failed = [file for file in files if not self._imported(file, publish)]
        if failed:
            raise CommandError(f"{len(failed)} of {len(files)} files failed: {', '.join(failed)}.")

    def _imported(self, file, publish):
        try:
            with _Progress(self, file) as progress:
                run = import_file(file, list(self.formats), publish=publish, progress=progress)
        except EXPECTED as error:
            self.stderr.write(f"{file}: {error}")
            return False
        self.stdout.write(f"{file}: {_summary(run)}")
        return True


def _summary(run):
    seconds = max((run.finished_at - run.started_at).total_seconds(), 0.01)
    parts = [f"{getattr(run, name):,} {name}" for name in ("read", "new", "changed", "unchanged", "refused")]
    waiting = [
        counted(count, *words)
        for count, words in (
            (run.unread_quantities, ("quantity not read", "quantities not read")),
            (run.waiting, ("difference waits for staff", "differences wait for staff")),
        )
        if count
    ]
    return f"{', '.join(parts + waiting)}; {seconds:,.1f} s, run {run.pk}."


class _Progress:
    """A bar on a terminal, a plain line every few chunks elsewhere."""

    def __init__(self, command, file):
        self.command, self.file, self.said = command, file, 0
        self.bar = tqdm(desc=file, unit=" notices", unit_scale=True, disable=None, leave=False)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.bar.close()

    def __call__(self, counts):
        self.bar.update(counts.read - self.bar.n)
        if self.bar.disable and counts.read - self.said >= EVERY:
            self.said = counts.read
            self.command.stdout.write(f"{self.file}: {counts.read:,} read so far")
