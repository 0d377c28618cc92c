"""Which code answers: pages of another release are other pages, though the data are the same."""

import hashlib

from django.conf import settings

FOLDERS = (
    "api",
    "config",
    "evidence",
    "history",
    "listing",
    "staff",
    "suppliers",
    "recalls",
    "locale",
    "templates",
    "static",
)
SEEN_ON_PAGES = ("PUBLIC_URL", "CONTACT")


def release() -> str:
    """A short hash of all that makes pages of data: code, templates, style sheets, packages, settings."""
    found = hashlib.sha256()
    for path in [settings.BASE_DIR / "requirements.txt", *_files()]:
        found.update(f"{path.relative_to(settings.BASE_DIR)}\0{path.stat().st_size}\0".encode())
        found.update(path.read_bytes())
    found.update(repr([getattr(settings, name) for name in SEEN_ON_PAGES]).encode())
    return found.hexdigest()[:16]


def _files():
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
