"""The rows of the contagion view as a tree: cell, product model, batch."""

from dataclasses import dataclass, field

from recalls.models import RecallBatch


@dataclass
class Branch:
    """A product model in the tree: the rows that show its links, and those that show its batches."""

    links: dict = field(default_factory=dict)
    batches: dict = field(default_factory=dict)


def tree(rows):
    """`contagion` rows as {cell: {product model: Branch}} in their order, each row with its `batch`, in one query."""
    batches = RecallBatch.objects.visible().select_related("region").prefetch_related("citations__source")
    batches = batches.in_bulk({row.batch_pk for row in rows if row.batch_pk})
    cells = {}
    for row in rows:
        row.batch = batches.get(row.batch_pk)
        branch = cells.setdefault(row.cell, {}).setdefault(row.product_model, Branch())
        branch.links.setdefault(row.pk, row)
        if row.batch:
            branch.batches.setdefault(row.batch_pk, row)
    return cells
