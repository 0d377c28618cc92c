"""The reconciler on an incident's page: a press figure from the address, the answer in words."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from evidence.figures import Precision
from evidence.grades import EVERY
from listing.figures import money, percent, quantity
from listing.shape import kept_params, printable
from listing.words import listed, with_count
from recalls.address import NumberField, errors_of
from recalls.headlines import LONGEST, UNITS, read_headline
from recalls.masking import records_of
from recalls.reconciler import TOLERANCE, Part, reconcile

PUBLISHED = _("Sums are of the sales amounts published in {}.")
TOO_LONG = format_lazy(_("This is too long for a figure: {longest} characters at most."), longest=LONGEST)
CONVERTED = _("No sales amount is published in {}: sums are of the full-refund exposure, converted.")


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
    tolerance = NumberField(_("A tolerance is a percentage from 0 to 20, such as 1 or 0.5."), max_value=20)

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
        said.group(gettext("These sets make it, as far as it is rounded"), result.exact, result.exact_count),
        said.group(_near(tolerance), result.near, result.near_count),
        said.group(gettext("The nearest set below it"), [result.below] if result.below else [], 1),
        said.group(gettext("The nearest set above it"), [result.above] if result.above else [], 1),
    ]
    return {
        "reading": said.reading(headline),
        "basis": basis,
        "outcome": _outcome(result),
        "limits": _limits(result),
        "groups": [group for group in groups if group["sets"]],
        "unusable": [part.batch for part in result.unusable],
    }


def _near(tolerance):
    return gettext("These come within %(tolerance)s") % {"tolerance": percent(tolerance)}


def _outcome(result):
    if result.exact_count:
        return ""
    if not result.tried:
        return gettext("No batch of this incident states a figure that can be added up to it.")
    if result.near_count:
        return (
            gettext("No set was found in the time allowed that makes it; some come near.")
            if result.stopped
            else gettext("No set makes it; some come near.")
        )
    said = (
        gettext("No set was found in the time allowed that makes it or comes within %(tolerance)s of it.")
        if result.stopped
        else gettext("No set makes it or comes within %(tolerance)s of it.")
    )
    return said % {"tolerance": percent(result.tolerance)}


def _limits(result):
    """Sentences on what was not looked at."""
    if result.stopped:
        yield gettext("The search stopped when its time was up: there may be more sets, and nearer ones.")
    if result.smaller:
        tried, left_out = len(result.tried), len(result.smaller)
        yield gettext("%(tried)s; %(left_out)s.") % {
            "tried": with_count(
                ngettext(
                    "Only the %(count)s largest batch was tried",
                    "Only the %(count)s largest batches were tried",
                    tried,
                ),
                tried,
            ),
            "left_out": with_count(
                ngettext(
                    "%(count)s smaller one is left out", "%(count)s smaller ones are left out", left_out
                ),
                left_out,
            ),
        }


class _Words:
    """Figures of one unit in words."""

    def __init__(self, unit):
        self.unit = unit

    def figure(self, low, high, is_approximate=False):
        precision = Precision.APPROXIMATE if is_approximate and low == high else ""
        if self.unit == UNITS:
            return gettext("%(number)s units") % {"number": quantity(low, high, precision)}
        return money(low, high, self.unit, precision)

    def reading(self, headline):
        figure = self.figure(headline.low, headline.high)
        spans = [headline.low_span, headline.high_span][: 1 + headline.is_range]
        said = listed(self.figure(span.first, span.last) for span in spans)
        if all(span.first == span.last for span in spans):
            return gettext("%(figure)s, to the last digit") % {"figure": figure}
        return gettext("%(figure)s, for which %(others)s can stand") % {"figure": figure, "others": said}

    def group(self, title, found, count):
        more = _further(count - len(found)) if found and count > len(found) else ""
        return {"title": title, "sets": [self._part_set(one) for one in found], "more": more}

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
        return gettext("%(low)s at the low end, %(high)s at the high end") % {
            "low": self._beside(low),
            "high": self._beside(high),
        }

    def _beside(self, gap):
        if not gap:
            return gettext("no difference")
        said = gettext("%(figure)s more") if gap > 0 else gettext("%(figure)s less")
        return said % {"figure": self.figure(abs(gap), abs(gap))}


def _further(sets):
    return with_count(ngettext("and %(count)s more set", "and %(count)s more sets", sets), sets)
