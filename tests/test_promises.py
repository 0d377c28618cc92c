"""docs/security.md names a test beside each promise; each is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"(tests/\w+\.py)::(\w+)", PAGE)


def test_every_test_that_the_page_names_is_there():
    missing = [
        name for file, name in NAMED if f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []
    assert len(NAMED) > 40


def test_every_promise_of_the_page_names_a_test():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert [row for row in rows if "::" not in row] == []
