"""What a merge moved, set aside or added, by kind of row, for people to read."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from suppliers.links import Link
from suppliers.models.merge import Merge, Move

NAMED = 5
DONE = {
    Move.MOVED: _("moved"),
    Move.SET_ASIDE: _("set aside, as both had the same"),
    Move.ADDED: _("added, so that it is found by that name"),
}


@dataclass(frozen=True)
class Moves:
    """Rows of one kind: how many, and the first of them that are still there, in words."""

    merge: Merge
    link: Link
    move: Move
    count: int
    first: list

    @property
    def counted(self):
        return self.link.counted(self.count)

    @property
    def done(self):
        return DONE[self.move]

    @property
    def further(self):
        return self.count - len(self.first)


def moves(merge):
    """The `Moves` of a merge, then those of the merges of models that are part of it."""
    return [kind for part in [merge, *merge.parts.order_by("pk")] for kind in _moves(part)]


def _moves(merge):
    def kind(row):
        return row.table, row.column, row.move

    rows = merge.moved_rows.order_by("table", "column", "move", "pk").defer("row")
    for __, group in groupby(rows, key=kind):
        first, *others = group
        field = next(field for field in first.model._meta.fields if field.column == first.column)
        link = Link(first.model, field)
        keys = [first.row_pk, *(row.row_pk for row in others)]
        shown = link.model._base_manager.select_related().in_bulk(_to_show(first, others))
        yield Moves(merge, link, Move(first.move), len(keys), [_named(link, row) for row in shown.values()])


def _to_show(first, others):
    """Of a row that was set aside the one that says the same is there to show."""
    return [row.twin_pk or row.row_pk for row in [first, *others[: NAMED - 1]]]


def _named(link, row):
    """A row in words, with what it is a part of where it has no page of its own."""
    others = [f for f in link.model._meta.fields if f.many_to_one and not f.null and f != link.field]
    parents = [str(getattr(row, field.name)) for field in others]
    if link.model._meta.auto_created:
        return parents[0]
    has_page = hasattr(row, "get_absolute_url")
    words = [str(row), *(parent for parent in parents if parent not in str(row) and not has_page)]
    return " · ".join(words[:2])
