from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from listing.figures import counted
from recalls.filters import RecallBatchFilterSet
from recalls.grouped_list import GroupedBatchList
from recalls.grouping import GROUPINGS
from recalls.lists import RecallBatchList


class Command(BaseCommand):
    """Write the list of recall batches as CSV, byte for byte as the page /recalls/ gives it."""

    help = (
        "Write the filtered recall batches as CSV: the same filters, the same bytes as /recalls/?export=csv."
    )

    def add_arguments(self, parser):
        parser.add_argument("--output", required=True, help="the file to write")
        parser.add_argument("--sort", help="a column to sort by; --sort=-units for descending")
        parser.add_argument("--group", help=f"a row for each group: one of {', '.join(GROUPINGS)}")
        parser.add_argument("--bom", action="store_true", help="begin with a byte-order mark, for Excel")
        for name, filter_ in RecallBatchFilterSet.base_filters.items():
            parser.add_argument(
                f"--{name.replace('_', '-')}",
                dest=name,
                action="append",
                help=f"filter: {filter_.label or name}",
            )

    def handle(self, *args, output, **options):
        list_class = GroupedBatchList if options["group"] else RecallBatchList
        records = list_class(self.params(options))
        if records.errors:
            raise CommandError("\n".join(records.errors))
        written = self.write(records, Path(output))
        held = self.held(records)
        self.stderr.write(f"{held}, {written:,} bytes in {output}")

    def held(self, records):
        batches = counted(records.count, *records.nouns)
        return f"{len(records.groups):,} groups of {batches}" if records.params.get("group") else batches

    def params(self, options):
        params = QueryDict(mutable=True)
        for name in [*RecallBatchFilterSet.base_filters, "group", "sort"]:
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
