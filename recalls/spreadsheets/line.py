"""One row on its way to a batch: its texts, the batch it is of, what it changes, and why it is refused."""

import hashlib
from dataclasses import dataclass, field

from recalls.models import RecallBatch, RowOutcome, SpreadsheetRow
from recalls.spreadsheets.cells import plain
from recalls.spreadsheets.columns import FIELDS

SINGLE = {"exact", "approximate"}


@dataclass
class Line:
    """`texts` by column, as in the file; `before` the same of the stored batch, as the export writes them."""

    row: SpreadsheetRow
    texts: dict
    pk: int | None = None
    before: dict = field(default_factory=dict)
    batch: RecallBatch | None = None
    parts: dict = field(default_factory=dict)
    changes: list = field(default_factory=list)  # (column, old, new)
    errors: list = field(default_factory=list)  # (column, sentence)
    repeated: set = field(default_factory=set)  # columns whose text is that of another cell
    slug: str = ""
    identity: str = ""

    @property
    def is_new(self):
        return self.pk is None

    @property
    def outcome(self):
        if self.errors:
            return RowOutcome.REFUSED
        if self.is_new:
            return RowOutcome.NEW
        return RowOutcome.CHANGED if self.changes else RowOutcome.UNCHANGED

    @property
    def writes(self):
        return self.outcome in (RowOutcome.NEW, RowOutcome.CHANGED)

    def text(self, column):
        return plain(self.texts.get(column, ""))

    def refuse(self, column, sentence):
        self.errors.append((column, sentence))

    def has_error(self, columns):
        return any(column in columns for column, _ in self.errors)

    def differs(self, column):
        old, new = self.before.get(column, ""), self.texts[column]
        return old != new and plain(old) != plain(new)

    def fill_in(self):
        """A single number is the low and the high figure alike, as on the batch's page."""
        for name in ("units", "amount", "damage"):
            if self.text(f"{name}_precision").lower() in SINGLE:
                self._repeat(name)
        if self.is_new or ("price_low" in self.texts and self.differs("price_low")):
            self._repeat("price")

    def _repeat(self, name):
        low, high = f"{name}_low", f"{name}_high"
        if (self.is_new or high in self.texts) and not self.text(high) and self.text(low):
            self.texts[high] = self.texts[low]
            self.repeated.add(high)

    def digest(self):
        """Of the batch before and after, and of its parts: the same only where an import would do the same."""
        if not self.writes:
            return ""
        values = [getattr(self.batch, field.attname) for field in FIELDS]
        parts = [(name, _keys(change.added), _keys(change.removed)) for name, change in self.parts.items()]
        said = repr([self.pk, sorted(self.before.items()), values, sorted(parts)])
        return hashlib.sha256(said.encode()).hexdigest()


def _keys(parts):
    return [(part.pk, *(str(getattr(part, name, "")) for name in _TOLD_BY)) for part in parts]


_TOLD_BY = ("product_model_id", "kind", "source_id")
