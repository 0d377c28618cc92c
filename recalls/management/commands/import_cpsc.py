from recalls.importers.cpsc import api, listing
from recalls.management.import_command import ImportCommand


class Command(ImportCommand):
    """Imports notices of the US Consumer Product Safety Commission."""

    help = (
        "Imports the CPSC's Recall Retrieval API (JSON) and its listing (CSV), told apart by their content. "
        "The same file twice changes nothing. The API answers at "
        "https://www.saferproducts.gov/RestWebServices/Recall?format=json"
    )
    formats = (api, listing)
