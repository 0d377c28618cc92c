"""Whether the lines of a batch add up to its stated total, in words."""

from evidence.figures import Precision
from listing.figures import number, quantity


def line_sum(batch):
    """A sentence on the sum of a batch's lines beside its stated total; empty where it has one line or none."""
    lines = list(batch.products.all())
    stated = [line for line in lines if line.units_precision != Precision.UNKNOWN]
    if len(lines) < 2:
        return ""
    if not stated:
        return f"Lines incomplete: none of the {len(lines)} models states its own number."
    low, high = _sum(stated, "units_low"), _sum(stated, "units_high")
    if len(stated) < len(lines):
        said = f"Lines incomplete: {len(stated)} of {len(lines)} models state a number, together"
        return f"{said} {quantity(low, high)}{_beside(batch, low, high)}."
    return f"The lines add up to {quantity(low, high)}: {_compared(batch, low, high)}."


def _sum(lines, column):
    """None as soon as one end is open: no end is invented."""
    values = [getattr(line, column) for line in lines]
    return None if None in values else sum(values)


def _compared(batch, low, high):
    if batch.units_precision == Precision.UNKNOWN:
        return "the batch states no total"
    if (low, high) == (batch.units_low, batch.units_high):
        return "the stated total"
    stated = quantity(batch.units_low, batch.units_high, batch.units_precision)
    ends = (low, high, batch.units_low, batch.units_high)
    if None in ends or low != high or batch.units_low != batch.units_high:
        return f"not the stated total, {stated}"
    gap = low - batch.units_low
    return f"{number(abs(gap))} {'more' if gap > 0 else 'fewer'} than the stated total, {stated}"


def _beside(batch, low, high):
    return ", the stated total" if (low, high) == (batch.units_low, batch.units_high) else ""
