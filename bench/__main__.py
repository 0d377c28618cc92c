"""`python -m bench`: measures against databases of its own and prints one table."""

import argparse
import sys
import traceback
from pathlib import Path

import django

from bench.database import configure

PARTS = (
    "export",
    "list",
    "sorts",
    "totals",
    "search",
    "facets",
    "import",
    "history",
    "load",
    "fuzz",
    "painting",
)


def main():
    options = _options()
    configure()
    django.setup()
    from bench import holdings
    from bench.explaining import explained
    from bench.measured import as_json, table

    if options.explain or set(options.only) - {"import", "history"}:
        holdings.ready(options.rows, _say)
    results = [result for part in options.only for result in _measured(part, options)]
    sys.stdout.write(table(results) + "\n")
    if options.json:
        options.json.write_text(as_json(results))
    if options.explain:
        options.explain.write_text(explained() + "\n")
    if not options.keep:
        holdings.forget()


def _options():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many recall batches there are")
    parser.add_argument("--notices", type=int, default=100_000, help="how many notices are imported")
    parser.add_argument("--seconds", type=int, default=60, help="how long each load lasts")
    parser.add_argument("--values", type=int, default=1000, help="how many hostile values are tried")
    parser.add_argument(
        "--only", type=_parts, default=PARTS, help=f"some of {','.join(PARTS)}, with commas between"
    )
    parser.add_argument("--keep", action="store_true", help="leave the databases for the next run")
    parser.add_argument(
        "--explain", type=Path, help="write the plans of the list's slowest statements to this file"
    )
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    return parser.parse_args()


def _parts(text):
    names = text.split(",")
    if unknown := set(names) - set(PARTS):
        raise argparse.ArgumentTypeError(
            f"there is no {', '.join(sorted(unknown))}; choose of {', '.join(PARTS)}"
        )
    return names


def _measured(part, options):
    """A part that breaks is named in the table, and the others are measured all the same."""
    from bench.measured import not_measured

    _say(f"Measuring {part} …")
    try:
        return list(_measure(part, options))
    except Exception as error:
        traceback.print_exc()
        return [not_measured(part, f"{type(error).__name__}: {error}")]


def _measure(part, options):
    from bench import (
        export,
        facets,
        fuzz,
        history,
        history_by_sql,
        imports,
        lists,
        load,
        painting,
        search,
        totals,
    )
    from bench.database import database

    if part == "import":
        with database():
            return [imports.import_against_copy(options.notices), *history.with_history_and_without()]
    if part == "history":
        with database():
            return history_by_sql.by_sql()
    if part == "load":
        return load.measure(options.rows, options.seconds)
    if part == "fuzz":
        return fuzz.measure(options.values)
    parts = {
        "painting": painting,
        "export": export,
        "list": lists,
        "totals": totals,
        "search": search,
        "facets": facets,
    }
    return lists.measure_other_sorts() if part == "sorts" else parts[part].measure()


def _say(sentence):
    sys.stderr.write(sentence + "\n")


if __name__ == "__main__":
    main()
