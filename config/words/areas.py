"""Which folder's words are in which files."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh_Hans",)
APPS = ("history", "evidence", "listing", "suppliers", "staff", "recalls")


@dataclass(frozen=True)
class Area:
    """Folders that are translated together, and where their files are."""

    name: str
    locale: Path
    folders: tuple

    def sources(self):
        """Every file that words may be marked in."""
        found = (
            path for folder in self.folders for path in folder.rglob("*") if path.suffix in (".py", ".html")
        )
        return sorted(path for path in found if "migrations" not in path.parts)

    def po(self, language):
        return self.locale / language / "LC_MESSAGES" / "django.po"


def _of_app(name):
    return Area(name, ROOT / name / "locale", (ROOT / name,))


_SITE = Area("site", ROOT / "locale", (ROOT / "templates", ROOT / "config", ROOT / "api"))
AREAS = {"site": _SITE} | {name: _of_app(name) for name in APPS}
