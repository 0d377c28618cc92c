"""The reconciler on an incident's page: a press figure from the address, the answer in words."""

from django import forms
from django.core.exceptions import ValidationError

from evidence.figures import Precision
from evidence.grades import EVERY
from listing.figures import counted, money, percent, quantity
from listing.shape import kept_params, printable
from recalls.address import NumberField, errors_of
from recalls.headlines import LONGEST, UNITS, read_headline
from recalls.masking import records_of
from recalls.reconciler import TOLERANCE, Part, reconcile

PUBLISHED = "Sums are of the sales amounts published in {}."
TOO_LONG = f"This is too long for a figure: {LONGEST} characters at most."
CONVERTED = "No sales amount is published in {}: sums are of the full-refund exposure, converted."


def parts_of(batches, unit, grades=EVERY):
    """The `Part`s of a queryset of batches by their figures of some grades, and a sentence on whose money they are.

    Their units; of a currency their published amounts or, where none is in it, their exposure.
    """
    batches = batches.select_related("region")
    if unit == UNITS:
        rows = records_of(batches, grades, lambda rows: rows)
        return [_part(row, "units") for row in rows], ""
    rows = records_of(batches, grades, lambda rows: rows.with_exposure(unit))
    if any(row.amount_currency == unit for row in rows):
        return [_part(row, "amount", row.amount_currency == unit) for row in rows], PUBLISHED.format(unit)
    return [_part(row, "exposure") for row in rows], CONVERTED.format(unit)


def _part(batch, figure, is_in_unit=True):
    low, high, precision = (getattr(batch, f"{figure}_{name}") for name in ("low", "high", "precision"))
    ends = (low, high) if is_in_unit else (None, None)
    is_approximate = precision == Precision.APPROXIMATE
    return Part(batch.pk, *ends, batch.counted_in_id, is_approximate, batch)


class ReconcilerForm(forms.Form):
    """A press figure and how far a near sum may lie from it, both from the address."""

    headline = forms.CharField(max_length=LONGEST, error_messages={"max_length": TOO_LONG})
    tolerance = NumberField("A tolerance is a percentage from 0 to 20, such as 1 or 0.5.", max_value=20)

    def clean_headline(self):
        try:
            return read_headline(self.cleaned_data["headline"])
        except ValueError as error:
            raise ValidationError(str(error), code="unread") from error

    def clean_tolerance(self):
        tolerance = self.cleaned_data["tolerance"]
        return TOLERANCE if tolerance is None else tolerance


def reconciler_context(batches, params, grades=EVERY):
    """What `recalls/_reconciler.html` shows: for some visible batches and the parameters of the address."""
    form = ReconcilerForm(params)
    asked = bool(params.get("headline", "").strip())
    errors = errors_of(form) if asked else []
    shown = {name: printable(params.get(name, "")) for name in form.fields}
    answer = {} if errors or not asked else _answer(batches, grades, **form.cleaned_data)
    kept = kept_params(params, form.fields)
    return {"reconciler": {"shown": shown, "errors": errors, "kept": kept, **answer}}


def _answer(batches, grades, headline, tolerance):
    parts, basis = parts_of(batches, headline.unit, grades)
    result = reconcile(parts, headline, tolerance)
    said = _Words(headline.unit)
    groups = [
        said.group("These sets make it, as far as it is rounded", result.exact, result.exact_count),
        said.group(f"These come within {percent(tolerance)}", result.near, result.near_count),
        said.group("The nearest set below it", [result.below] if result.below else [], 1),
        said.group("The nearest set above it", [result.above] if result.above else [], 1),
    ]
    return {
        "reading": said.reading(headline),
        "basis": basis,
        "outcome": _outcome(result),
        "limits": _limits(result),
        "groups": [group for group in groups if group["sets"]],
        "unusable": [part.batch for part in result.unusable],
    }


def _outcome(result):
    if result.exact_count:
        return ""
    if not result.tried:
        return "No batch of this incident states a figure that can be added up to it."
    found = "No set was found in the time allowed that makes it" if result.stopped else "No set makes it"
    if result.near_count:
        return f"{found}; some come near."
    return f"{found} or comes within {percent(result.tolerance)} of it."


def _limits(result):
    """Sentences on what was not looked at."""
    if result.stopped:
        yield "The search stopped when its time was up: there may be more sets, and nearer ones."
    if result.smaller:
        largest = counted(len(result.tried), "largest batch was", "largest batches were")
        smaller = counted(len(result.smaller), "smaller one is", "smaller ones are")
        yield f"Only the {largest} tried; {smaller} left out."


class _Words:
    """Figures of one unit in words."""

    def __init__(self, unit):
        self.unit = unit

    def figure(self, low, high, is_approximate=False):
        precision = Precision.APPROXIMATE if is_approximate and low == high else ""
        if self.unit == UNITS:
            return f"{quantity(low, high, precision)} units"
        return money(low, high, self.unit, precision)

    def reading(self, headline):
        figure = self.figure(headline.low, headline.high)
        spans = [headline.low_span, headline.high_span][: 1 + headline.is_range]
        said = " and ".join(self.figure(span.first, span.last) for span in spans)
        if all(span.first == span.last for span in spans):
            return f"{figure}, to the last digit"
        return f"{figure}, for which {said} can stand"

    def group(self, title, found, count):
        more = f"and {counted(count - len(found), 'more set', 'more sets')}" if count > len(found) else ""
        return {"title": title, "sets": [self._part_set(one) for one in found], "more": more if found else ""}

    def _part_set(self, found):
        return {
            "parts": [
                (part.batch, self.figure(part.low, part.high, part.is_approximate)) for part in found.parts
            ],
            "sum": self.figure(found.low, found.high, any(part.is_approximate for part in found.parts)),
            "gap": self._gap(found.low_gap, found.high_gap),
        }

    def _gap(self, low, high):
        if low == high:
            return self._beside(low)
        return f"{self._beside(low)} at the low end, {self._beside(high)} at the high end"

    def _beside(self, gap):
        if not gap:
            return "no difference"
        return f"{self.figure(abs(gap), abs(gap))} {'more' if gap > 0 else 'less'}"
