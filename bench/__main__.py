"""`python -m bench`: measures in a database of its own and prints one table."""

import argparse
import os
import sys
from pathlib import Path

import django


def main():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--notices", type=int, default=100_000, help="how many notices are imported")
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["AS_OWNER"] = "1"  # it makes a database
    django.setup()
    from bench.database import database
    from bench.history import with_history_and_without
    from bench.imports import import_against_copy
    from bench.measured import as_json, table

    with database():
        results = [import_against_copy(options.notices), *with_history_and_without()]
    sys.stdout.write(table(results) + "\n")
    if options.json:
        options.json.write_text(as_json(results))


if __name__ == "__main__":
    main()
