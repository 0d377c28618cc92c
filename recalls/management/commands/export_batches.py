from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from recalls.filters import RecallBatchFilterSet
from recalls.lists import RecallBatchList


class Command(BaseCommand):
    """Write the list of recall batches as CSV, byte for byte as the page /recalls/ gives it."""

    help = (
        "Write the filtered recall batches as CSV: the same filters, the same bytes as /recalls/?export=csv."
    )

    def add_arguments(self, parser):
        parser.add_argument("--output", required=True, help="the file to write")
        parser.add_argument("--sort", help="a column to sort by; --sort=-units for descending")
        parser.add_argument("--bom", action="store_true", help="begin with a byte-order mark, for Excel")
        for name, filter_ in RecallBatchFilterSet.base_filters.items():
            parser.add_argument(
                f"--{name.replace('_', '-')}",
                dest=name,
                action="append",
                help=f"filter: {filter_.label or name}",
            )

    def handle(self, *args, output, **options):
        records = RecallBatchList(self.params(options))
        if records.errors:
            raise CommandError("\n".join(records.errors))
        written = self.write(records, Path(output))
        self.stderr.write(f"{records.count:,} batches, {written:,} bytes in {output}")

    def params(self, options):
        params = QueryDict(mutable=True)
        for name in [*RecallBatchFilterSet.base_filters, "sort"]:
            values = options.get(name) or []
            params.setlist(name, [values] if isinstance(values, str) else values)
        if options["bom"]:
            params["bom"] = "1"
        return params

    def write(self, records, output):
        """Under another name until it is whole: a reader never meets half a file."""
        part = output.with_name(output.name + ".part")
        stream = records.file()
        try:
            with part.open("wb") as file:
                written = sum(file.write(chunk) for chunk in stream)
            part.replace(output)
        except OSError as error:
            raise CommandError(f"{output} can't be written: {error.strerror}.") from error
        finally:
            stream.close()
            part.unlink(missing_ok=True)
        return written
