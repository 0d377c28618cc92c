"""The walls of the house: imports point one way, and every address is known."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "history": {"history"},
    "evidence": {"evidence", "listing", "history"},
    "listing": {"listing"},
    "suppliers": {"suppliers", "evidence", "listing", "history"},
    "recalls": {"recalls", "suppliers", "evidence", "listing", "history", "staff"},
    "staff": {"staff", "listing"},
    "api": {"api", "recalls", "suppliers", "evidence", "listing"},
}
OURS = {*MAY_IMPORT, "config"}
VAGUE = {
    "utils",
    "helpers",
    "common",
    "misc",
    "services",
    "managers",
    "constants",
    "mixins",
    "base",
    "signals",
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_imports_point_one_way(app):
    files = list((ROOT / app).rglob("*.py"))
    assert files
    for path in files:
        assert OURS & set(imported(path)) <= MAY_IMPORT[app], path


def test_module_names_say_what_they_hold():
    modules = [path for app in MAY_IMPORT for path in (ROOT / app).rglob("*.py")]
    assert not [path for path in modules if path.stem in VAGUE]


def test_the_top_level_is_as_the_readme_pictures_it():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    folders = [path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")]
    for folder in set(folders) - {"staticfiles", "screenshots", "__pycache__"}:
        assert f"{folder}/" in readme, folder
