from django.core.management.base import BaseCommand, CommandError

from recalls import sample_data
from recalls.sample_data.files import SampleDataError


class Command(BaseCommand):
    """Loads the sample data; what the database holds already is left alone."""

    help = "Loads the real figures of the 2025 power-bank recalls. What the database holds is left alone."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing when the database holds any batch, company or source.",
        )

    def handle(self, if_empty, **options):
        if if_empty and sample_data.is_database_in_use():
            self.stdout.write("No sample data loaded: the database holds records already.")
            return
        try:
            loading = sample_data.load()
        except SampleDataError as error:
            raise CommandError(f"Nothing is loaded. {error}") from error
        self.stdout.write(f"Created {words(loading.created)}.")
        self.stdout.write(f"Left alone, as they stand: {words(loading.left_alone)}.")


def words(counts):
    """`56 records (31 sources, 25 companies)`."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    return f"{counts.total()} records ({kinds})" if kinds else "none"
