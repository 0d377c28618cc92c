"""The .mo files that Django reads. They are not kept: whatever starts the code first makes those that are missing."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from config.words.areas import ROOT

ALWAYS = datetime(2025, 1, 1, tzinfo=UTC)  # the same words are the same bytes, on every machine


def compile_words() -> None:
    """Make each .mo file that is missing or older than its .po file; where nothing is, this costs nothing."""
    for po in [*ROOT.glob("locale/*/LC_MESSAGES/*.po"), *ROOT.glob("*/locale/*/LC_MESSAGES/*.po")]:
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            _compile(po, mo)


def _compile(po, mo):
    """In one step, as several processes may start at once."""
    from babel.messages.mofile import write_mo  # only now: it takes longer than all else here

    from config.words.files import read

    catalog = read(po, po.parents[1].name)
    catalog.creation_date = catalog.revision_date = ALWAYS
    with tempfile.NamedTemporaryFile(dir=mo.parent, delete=False) as file:
        write_mo(file, catalog)
    made = Path(file.name)
    made.chmod(0o644)
    made.replace(mo)
