"""`make audit`: whether faults are known of the pinned packages, as far as the list of them can be reached.

Ends with 0 where none is known, 1 where some are, 2 where pip-audit failed or could not ask about every package: it
then calls them skipped and would itself end as if all were well.
"""

import json
import subprocess
import sys
from pathlib import Path

FILES = ("requirements.txt", "tests/requirements.txt")
FAULTS, UNKNOWN = 1, 2
OPTIONS = ("--disable-pip", "--require-hashes", "--format=json", "--progress-spinner=off", "--timeout=20")


def main() -> int:
    """Ask about all packages at once, and say what came of it."""
    program = Path(sys.executable).with_name("pip-audit")
    files = [option for file in FILES for option in ("--requirement", file)]
    run = subprocess.run([program, *OPTIONS, *files], capture_output=True, text=True)  # noqa: S603
    code, sentences = verdict(run.stdout)
    if not run.stdout:
        sentences += run.stderr.strip().splitlines()[-1:]
    sys.stdout.write("\n".join(sentences) + "\n")
    return code


def verdict(report: str) -> tuple:
    """The exit code and the sentences that pip-audit's report in JSON comes to."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return UNKNOWN, ["The list of known faults could not be reached: nothing is known of any package."]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    faults = [_fault(package, fault) for package in packages for fault in package.get("vulns", ())]
    asked = f"{len(packages) - len(skipped)} of {len(packages)} packages were looked up."
    if faults:
        return FAULTS, [*faults, asked]
    if skipped:
        return UNKNOWN, [f"{asked} The list of known faults could not be asked about: {', '.join(skipped)}."]
    return 0, [f"{asked} No fault is known."]


def _fault(package, fault):
    mended = " or ".join(fault["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']}: {fault['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
