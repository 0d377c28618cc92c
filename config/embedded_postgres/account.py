"""The operating-system account that Postgres runs under, and how its programs are run."""

import os
import pwd
import subprocess
from functools import cache
from pathlib import Path

from . import ServerError

# Nothing of the user's shell: under another locale a trigram index is blind to Chinese, and the
# PG... variables would lead the programs elsewhere.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


def user_name() -> str:
    """Who we are to the system, which is also the name that Postgres knows us by (peer authentication)."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        number = os.geteuid()
        raise ServerError(f"Postgres needs an account with a name; user id {number} has none.") from None


def of_server() -> pwd.struct_passwd:
    """Our own account, but never root, as which Postgres refuses to run."""
    return pwd.getpwnam("nobody" if os.geteuid() == 0 else user_name())


def options() -> dict:
    """How `subprocess` starts a program of Postgres; root drops to the server's account for it."""
    options = {"env": ENVIRONMENT, "cwd": "/"}
    if os.geteuid() == 0:
        account = of_server()
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return options


def run(command: list, **more) -> subprocess.CompletedProcess:
    return subprocess.run(command, **options(), **more)  # noqa: S603


@cache
def can_reach(path: Path) -> bool:
    """Whether the server's account may enter this folder or run this program: asked of the system, since
    the mode alone does not tell (parents, access lists).
    """
    if os.geteuid() != 0:
        return os.access(path, os.X_OK)
    return run(["/bin/sh", "-c", 'test -x "$1"', "sh", path]).returncode == 0


def give(path: Path) -> None:
    """Make a folder of ours the server's own."""
    account = of_server()
    os.chown(path, account.pw_uid, account.pw_gid)
