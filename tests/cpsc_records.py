"""Small records in the shapes of the regulator's two formats, written by hand."""

import io
import json

COLUMNS = [
    "Recall Number",
    "Product Safety Warning Number",
    "Date",
    "Product Safety Warning Date",
    "Recall Heading",
    "Name of product",
    "Description",
    "Hazard Description",
    "Consumer Action",
    "Original Product Safety Warning Announcement",
    "Remedy Type",
    "Units",
    "Incidents",
    "Remedy",
    "Sold At Label",
    "Sold At",
    "Importers",
    "Manufacturers",
    "Distributors",
    "Manufactured In",
    "Custom Label",
    "Custom Field",
]
OLDER_COLUMNS = [
    "Recall Number",
    "Date",
    "Recall Heading",
    "Name of product",
    "Description",
    "Hazard Description",
    "Remedy Type",
    "Units",
    "Incidents",
    "Remedy",
    "Sold At",
    "Importers",
    "Manufacturers",
    "Manufactured In",
]


def row(**more):
    """A row of the listing; a column's name is written with underscores."""
    stated = {
        "Recall Number": "25-901",
        "Date": "June 12, 2025",
        "Recall Heading": "Acme Recalls Lamps Due to Fire Hazard",
        "Units": "About 1,000",
    }
    named = {column.replace(" ", "_").lower(): column for column in COLUMNS}
    return dict.fromkeys(COLUMNS, "") | stated | {named[name.lower()]: value for name, value in more.items()}


def record(**more):
    """A record of the API."""
    return {
        "RecallID": 10901,
        "RecallNumber": "25901",
        "RecallDate": "2025-06-12T00:00:00",
        "Title": "Acme Recalls Lamps Due to Fire Hazard",
        "Products": [{"Name": "Lamps", "Model": "", "NumberOfUnits": "About 1,000"}],
    } | more


def named(*names):
    return [{"Name": name} for name in names]


def json_file(*values):
    return io.BytesIO("\n".join(json.dumps(value) for value in values).encode())
