"""`python -m config.words`: see the package."""

import argparse
import sys

from config.words import areas, checking, compiled, files


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m config.words", description="Translations of the interface."
    )
    parser.add_argument("what", choices=("update", "check", "compile"))
    parser.add_argument(
        "areas", nargs="*", metavar="area", help=f"of {', '.join(areas.AREAS)}; all unless named"
    )
    asked = parser.parse_args()
    if unknown := set(asked.areas) - set(areas.AREAS):
        parser.error(f"there is no {', '.join(sorted(unknown))}: choose of {', '.join(areas.AREAS)}")
    if asked.what == "compile":
        compiled.compile_words()
        return 0
    chosen = [areas.AREAS[name] for name in asked.areas or areas.AREAS]
    if asked.what == "update":
        for area in chosen:
            files.update(area)
    faults = [fault for area in chosen for fault in checking.faults_of(area)]
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults and asked.what == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
