from recalls.importers import health_canada
from recalls.management.import_command import ImportCommand


class Command(ImportCommand):
    """Imports notices of Health Canada."""

    help = (
        "Imports Health Canada's open data file of recalls and safety alerts (JSON). Twice changes nothing."
    )
    formats = (health_canada,)
