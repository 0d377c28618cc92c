"""Which folder everything lives in."""

import hashlib
import os
from pathlib import Path

from . import account

OUTSIDE = Path("/var/lib/recall-incident-tracker")


def of(folder: Path) -> Path:
    """The folder that the settings name. As root, where Postgres runs under an account that may not be able
    to enter there (a clone under /root), a folder outside. Only our own folders change their mode.
    """
    if account.can_reach(folder.parent) or folder.exists():
        return _made(folder)
    _made(OUTSIDE)
    return _made(OUTSIDE / hashlib.sha256(bytes(folder)).hexdigest()[:16])


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(0o711)  # the server's account passes through to its data, whatever the umask
    return folder
