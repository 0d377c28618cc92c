"""What an upload's page shows: its rows by outcome, a page at a time, each with its cells."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext

from listing.retelling import retold
from recalls.models import RowOutcome, SpreadsheetCell
from recalls.models.run import RunState
from recalls.spreadsheets.columns import ignored

PER_PAGE = 50
SHOWN = [RowOutcome.REFUSED, RowOutcome.CHANGED, RowOutcome.NEW, RowOutcome.UNCHANGED]


@dataclass
class ShownRow:
    row: object
    title: str
    said: dict  # the filled cells, by column
    cells: list = field(default_factory=list)


class Preview:
    """Of an upload, for one request: `params` is the query of its address."""

    def __init__(self, upload, params):
        self.upload = upload
        self.params = params

    @cached_property
    def counts(self):
        found = self.upload.rows.counts()
        return {outcome.value: found.get(outcome, 0) for outcome in RowOutcome}

    @property
    def waiting(self):
        return self.counts["waiting"]

    @property
    def looked_at(self):
        return self.upload.row_count - self.waiting

    @property
    def is_ready(self):
        return not self.waiting

    @property
    def good(self):
        return self.counts["new"] + self.counts["changed"]

    @property
    def run(self):
        return self.upload.run

    @property
    def is_importing(self):
        return self.run is not None and self.run.state == RunState.RUNNING

    @property
    def goes_on(self):
        """Whether the page has to ask for more work."""
        return bool(self.waiting) or self.is_importing

    @property
    def outcome(self):
        asked = self.params.get("outcome", "")
        return asked if asked in RowOutcome.values else ""

    @property
    def tabs(self):
        """Each outcome with its count, and whether it is the one shown."""
        found = [(outcome.value, outcome.label, self.counts[outcome], self.outcome) for outcome in SHOWN]
        return [("", gettext("all"), self.upload.row_count, self.outcome), *found]

    @property
    def not_read(self):
        """Columns of the file that are not read, each with why."""
        return [(name, why) for name in self.upload.columns if (why := ignored(name))]

    @cached_property
    def page(self):
        rows = self.upload.rows.select_related("batch__region")
        count = self.counts[self.outcome] if self.outcome else self.upload.row_count
        paginator = Paginator(rows.filter(outcome=self.outcome) if self.outcome else rows, PER_PAGE)
        paginator.count = count
        return paginator.get_page(self.params.get("page"))

    @cached_property
    def rows(self):
        shown = {row.position: self._shown(row) for row in self.page.object_list}
        for cell in SpreadsheetCell.objects.filter(upload=self.upload, position__in=shown):
            cell.reason = retold(cell.reason)
            shown[cell.position].cells.append(cell)
        return list(shown.values())

    def _shown(self, row):
        cells = dict(zip(self.upload.columns, row.cells, strict=False))
        said = {name: text for name, text in cells.items() if text and not ignored(name)}
        title = cells.get("title") or (row.batch.title if row.batch else "") or cells.get("slug", "")
        return ShownRow(row, title, {name: text for name, text in said.items() if name != "title"})
