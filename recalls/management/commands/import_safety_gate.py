from recalls.importers import safety_gate
from recalls.management.import_command import ImportCommand


class Command(ImportCommand):
    """Imports notices of Safety Gate, the EU's rapid alert system."""

    help = "Imports the EU Safety Gate's weekly reports (XML). The same file twice changes nothing."
    formats = (safety_gate,)
