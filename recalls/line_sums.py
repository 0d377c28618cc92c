"""Whether the lines of a batch add up to its stated total, in words."""

from django.utils.translation import gettext

from evidence.figures import Precision
from listing.figures import number, quantity


def line_sum(batch):
    """A sentence on the sum of a batch's lines beside its stated total; empty where it has one line or none."""
    lines = list(batch.products.all())
    stated = [line for line in lines if line.units_precision != Precision.UNKNOWN]
    if len(lines) < 2:
        return ""
    if not stated:
        return gettext("Lines incomplete: none of the %(count)s models states its own number.") % {
            "count": len(lines)
        }
    low, high = _sum(stated, "units_low"), _sum(stated, "units_high")
    if len(stated) < len(lines):
        return _incomplete(batch, low, high) % {
            "count": len(stated),
            "models": len(lines),
            "sum": quantity(low, high),
        }
    return gettext("The lines add up to %(sum)s: %(compared)s.") % {
        "sum": quantity(low, high),
        "compared": _compared(batch, low, high),
    }


def _sum(lines, column):
    """None as soon as one end is open: no end is invented."""
    values = [getattr(line, column) for line in lines]
    return None if None in values else sum(values)


def _compared(batch, low, high):
    if batch.units_precision == Precision.UNKNOWN:
        return gettext("the batch states no total")
    if (low, high) == (batch.units_low, batch.units_high):
        return gettext("the stated total")
    stated = quantity(batch.units_low, batch.units_high, batch.units_precision)
    ends = (low, high, batch.units_low, batch.units_high)
    if None in ends or low != high or batch.units_low != batch.units_high:
        return gettext("not the stated total, %(total)s") % {"total": stated}
    gap = low - batch.units_low
    said = (
        gettext("%(number)s more than the stated total, %(total)s")
        if gap > 0
        else gettext("%(number)s fewer than the stated total, %(total)s")
    )
    return said % {"number": number(abs(gap)), "total": stated}


def _incomplete(batch, low, high):
    if (low, high) == (batch.units_low, batch.units_high):
        return gettext(
            "Lines incomplete: %(count)s of %(models)s models state a number, together %(sum)s, the stated total."
        )
    return gettext("Lines incomplete: %(count)s of %(models)s models state a number, together %(sum)s.")
