"""How far each recall has come, and out of how many units."""

from dataclasses import dataclass

from django.utils.translation import gettext

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
        return gettext("denominator not stated: not compared")
    whole = row.recalled_product or batch
    units = quantity(whole.units_low, whole.units_high, whole.units_precision)
    return _beside(row, whole) % {"number": number(row.in_scope), "units": units}


def _beside(row, whole):
    """The denominator beside the units of the model, or of the batch."""
    if whole.units_low is None and whole.units_high is None:
        return gettext("of %(number)s")
    if whole.units_low == whole.units_high == row.in_scope:
        return (
            gettext("of %(number)s, all units stated for the model")
            if row.recalled_product
            else gettext("of %(number)s, all units stated for the batch")
        )
    if row.recalled_product:
        return gettext("of %(number)s, where %(units)s are stated for the model")
    return gettext("of %(number)s, where %(units)s are stated for the batch")
