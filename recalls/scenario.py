"""What a recall costs if only a share of the units comes back and each costs more or less than its price."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from evidence.grades import EVERY
from listing.figures import money, percent
from listing.shape import kept_params, printable
from listing.words import label_of, with_count
from recalls.address import NumberField, errors_of
from recalls.choices import ExposureBasis
from recalls.counts import batches_counted
from recalls.masking import records_of
from recalls.models import Progress

ROWS = 100  # batches with a field of their own; all of them are in the sum
PREFIX = "share-"
NUMBER = r"([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*%?"
SHARE = re.compile(rf"{NUMBER}(?:\s*(?:-|–|to)\s*{NUMBER})?")
LONGEST_SHARE = 20
ALL = Decimal(100)


@dataclass(frozen=True)
class Range:
    """From low to high; None is an open or unknown end."""

    low: Decimal | None
    high: Decimal | None

    @property
    def is_unknown(self):
        return self.low is None and self.high is None


@dataclass(frozen=True)
class Line:
    """One batch in the scenario. `completion` is the progress that `share` was taken from, if it was.

    `cost` is unknown where the batch has no exposure, or no units and there is a fixed cost for each.
    """

    batch: object
    share: Range
    share_basis: str
    completion: object
    exposure: Range
    cost: Range


def cost(exposure, units, share, remedy=ALL, fixed=Decimal(0)):
    """Exposure × share × remedy + units × share × fixed as a `Range`, of three and two percentages."""
    return Range(*(
        _end(*ends, remedy, fixed)
        for ends in ((exposure.low, units.low, share.low), (exposure.high, units.high, share.high))
    ))  # fmt: skip


def _end(exposure, units, share, remedy, fixed):
    if exposure is None or (fixed and units is None):
        return None
    fixed_part = units * fixed if fixed else 0
    return (exposure * remedy / 100 + fixed_part) * share / 100


def total(ranges):
    """The sum of the known ones: low as far as it is known, high open as soon as one is; None where none is known."""
    known = [one for one in ranges if not one.is_unknown]
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known]
    return Range(sum(lows) if lows else None, sum(highs) if highs and None not in highs else None)


class ShareField(forms.CharField):
    """A percentage or two: 35, or 30–40."""

    def __init__(self, about, **kwargs):
        self.about = about
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        found = SHARE.fullmatch(text) if len(text) <= LONGEST_SHARE else None
        if not found:
            raise self._refusal(gettext("%(about)s: write a percentage such as 35 or 30–40."))
        low = Decimal(found[1])
        high = Decimal(found[2] or found[1])
        if high > 100 or low > 100:
            raise self._refusal(gettext("%(about)s: a share lies between 0 and 100 percent."))
        if low > high:
            raise self._refusal(gettext("%(about)s: the low share is above the high one."))
        return Range(low, high)

    def _refusal(self, sentence):
        return ValidationError(sentence % {"about": self.about})


class ScenarioForm(forms.Form):
    """What comes back, for all batches or for one, and what a unit then costs."""

    share = ShareField(_("Share of units that come back"))
    remedy_share = NumberField(
        _("The cost of the remedy is a percentage of the price from 0 to 1,000, such as 100 or 62.5."),
        max_value=1000,
    )
    fixed_cost = NumberField(
        _("The fixed cost of a unit is an amount from 0 to 1,000,000, such as 4.50."), max_value=1_000_000
    )

    def __init__(self, batches, params):
        super().__init__(params)
        for batch in batches:
            self.fields[f"{PREFIX}{batch.slug}"] = ShareField(
                gettext("Share of %(batch)s") % {"batch": batch.slug}
            )

    def clean(self):
        for name in self.data:
            if name.startswith(PREFIX) and name not in self.fields:
                raise ValidationError(
                    gettext("“%(name)s” is no batch that counts here.")
                    % {"name": printable(name[len(PREFIX) :])}
                )


def scenario_context(batches, params, currency, grades=EVERY):
    """What `recalls/_scenario.html` shows: for some visible batches, the parameters of the address, a currency."""
    batches = _with_figures(batches, currency, grades)
    counted_once = [batch for batch in batches if not batch.is_inside]
    form = ScenarioForm(counted_once, params)
    errors = errors_of(form)
    lines = sorted((_line(batch, form.cleaned_data) for batch in counted_once), key=_largest_first)
    rows = [_row(line, params, currency) for line in lines if not line.cost.is_unknown][:ROWS]
    scenario = {
        "errors": errors,
        "kept": _kept(params, form, rows),
        "shown": {name: printable(params.get(name, "")) for name in form.base_fields},
        "currency": currency,
        "rows": rows,
        **_outcome(lines, currency, len(batches) - len(counted_once)),
    }
    return {"scenario": scenario}


def _kept(params, form, rows):
    """With the shares of batches that have no row, but not those of batches that are not here."""
    own = {*form.base_fields, *(row["name"] for row in rows)}
    kept = kept_params(params, own)
    return [pair for pair in kept if not pair[0].startswith(PREFIX) or pair[0] in form.fields]


def _with_figures(batches, currency, grades):
    measured = Progress.objects.filter(recalled_product=None, rate_pct__isnull=False)
    latest_first = measured.select_related("source").order_by("-as_of", "-pk")
    batches = batches.select_related("region")
    batches = batches.prefetch_related(Prefetch("progress", latest_first, to_attr="completions"))
    found = records_of(batches, grades, lambda rows: rows.with_inside().with_exposure(currency))
    for batch in found:
        batch.completions = grades.shown(batch.completions)
    return found


def _line(batch, asked):
    """Every field may be missing from `asked`, as those with an error are."""
    share, basis, completion = _share(batch, asked)
    exposure = Range(batch.exposure_low, batch.exposure_high)
    units = Range(batch.units_low, batch.units_high)
    remedy, fixed = asked.get("remedy_share"), asked.get("fixed_cost")
    found = cost(exposure, units, share, ALL if remedy is None else remedy, fixed or Decimal(0))
    return Line(batch, share, basis, completion, exposure, found)


def _share(batch, asked):
    """Its own share, else that for all, else what was measured last, else all of them, which is an assumption."""
    if own := asked.get(f"{PREFIX}{batch.slug}"):
        return own, gettext("set for this batch"), None
    if asked.get("share"):
        return asked["share"], gettext("set for all"), None
    for measured in batch.completions:
        return Range(measured.rate_pct, measured.rate_pct), _measured(measured), measured
    if batch.completions.left_out:
        return Range(ALL, ALL), gettext("assumed: what was measured is of another grade"), None
    return Range(ALL, ALL), gettext("assumed: none was measured for the whole batch"), None


def _measured(progress):
    if progress.in_scope is None:
        return gettext("measured on %(day)s, denominator not stated") % {"day": progress.as_of}
    names = {"day": progress.as_of, "number": f"{progress.in_scope:,}"}
    return gettext("measured on %(day)s, of %(number)s") % names


def _largest_first(line):
    figure = line.exposure.low if line.exposure.high is None else line.exposure.high
    return -(figure or 0), line.batch.pk


def _row(line, params, currency):
    return {
        "line": line,
        "name": f"{PREFIX}{line.batch.slug}",
        "value": printable(params.get(f"{PREFIX}{line.batch.slug}", "")),
        "share": _percents(line.share),
        "exposure": _said(line.exposure, currency),
        "cost": _said(line.cost, currency),
    }


def _outcome(lines, currency, inside):
    known = [line for line in lines if not line.cost.is_unknown]
    return {
        "exposure": _said(total([line.exposure for line in known]), currency),
        "cost": _said(total([line.cost for line in known]), currency),
        "batches": batches_counted(len(known)),
        "beyond_rows": max(len(known) - ROWS, 0),
        "unknown": [(line.batch, _why(line)) for line in lines if line.cost.is_unknown],
        "inside": _counted_inside(inside) if inside else "",
    }


def _counted_inside(count):
    return with_count(ngettext("%(count)s batch is", "%(count)s batches are", count), count)


def _why(line):
    if line.exposure.is_unknown:
        return label_of(ExposureBasis, line.batch.exposure_basis)
    return gettext("no number of units for the fixed cost")


def _percents(share):
    if share.low == share.high:
        return percent(share.low)
    return gettext("%(low)s to %(high)s") % {"low": percent(share.low), "high": percent(share.high)}


def _said(figure, currency):
    """One number is as good as what it is multiplied from, never exact."""
    return money(figure.low, figure.high, currency, "approximate" if figure.low == figure.high else "")
