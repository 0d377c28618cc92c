"""How far each recall has come, and out of how many units."""

from dataclasses import dataclass

from listing.figures import number, quantity
from recalls.models import Progress, RecallBatch


@dataclass(frozen=True)
class Completion:
    """A progress row of a batch, and its denominator in words."""

    batch: RecallBatch
    row: Progress
    denominator: str


def completion(batches):
    """A `Completion` for every progress row of batches as shown: by batch, then product, then day."""
    return [
        Completion(batch, row, denominator(batch, row))
        for batch in batches
        for row in sorted(batch.progress.all(), key=_product_and_day)
    ]


def _product_and_day(row):
    product = row.recalled_product
    return product.product_model.model_number if product else "", row.as_of, row.pk


def denominator(batch, row):
    """What a completion is out of, and whether these are the units that the batch or the model states."""
    if row.in_scope is None:
        return "denominator not stated: not compared"
    whole, stated = (row.recalled_product, "the model") if row.recalled_product else (batch, "the batch")
    if whole.units_low is None and whole.units_high is None:
        return f"of {number(row.in_scope)}"
    if whole.units_low == whole.units_high == row.in_scope:
        return f"of {number(row.in_scope)}, all units stated for {stated}"
    units = quantity(whole.units_low, whole.units_high, whole.units_precision)
    return f"of {number(row.in_scope)}, where {units} are stated for {stated}"
