"""Imports plain notices into a database, until it is killed: `python -m tests.killed_import DATABASE COUNT`."""

import json
import sys

import django
from django.conf import settings


def notices(count):
    for i in range(1, count + 1):
        units = f"About {i:,} (In addition, about 450 were sold in Canada)" if i % 3 == 0 else f"About {i:,}"
        yield {"number": f"25-{i:05}", "units": units, "models": [f"M{i % 50}"], "company": f"Firm {i % 70}"}


def main(database, count):
    engine = {"ENGINE": "django.db.backends.postgresql"}
    settings.DATABASES["default"] |= engine | json.loads(database)
    django.setup()
    from recalls.importers import formats
    from recalls.importers.writing import run
    from tests import plain_notices

    formats.FORMATS, run.CHUNK = [plain_notices], 50
    run.import_records(notices(count), plain_notices, publish=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
