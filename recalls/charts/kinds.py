"""The charts that the list of batches can be shown as: `?chart=units`."""

from dataclasses import dataclass
from types import ModuleType

from django.utils.translation import gettext_lazy as _

from recalls.charts import completion_curves, exposure_ranges, model_matrix, units_by_month


@dataclass(frozen=True)
class Kind:
    """A chart's name in the address, what it is called in a row of links, and who makes its `Picture`."""

    name: str
    words: str
    maker: ModuleType


KINDS = (
    Kind("units", _("units by month"), units_by_month),
    Kind("exposure", _("exposure by batch"), exposure_ranges),
    Kind("completion", _("completion"), completion_curves),
    Kind("models", _("models by region"), model_matrix),
)
CHARTS = {kind.name: kind for kind in KINDS}
