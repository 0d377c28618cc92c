"""The page of an incident, as of now or as of a day."""

from datetime import date
from operator import attrgetter

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.grade_switch import switch_context
from evidence.views import RecordDetailView
from listing.citing import today
from listing.files import CITED, form_asked
from listing.shape import kept_params
from recalls.address import FiguresForm
from recalls.as_of import AsOf
from recalls.charts.files import PICTURES, picture_file
from recalls.charts.of_incident import pictures_of
from recalls.completion import completion
from recalls.incident_list import IncidentList
from recalls.incident_records import MOST, MOST_LINES, PARTS, IncidentRecords, with_parts
from recalls.matrix import intervals, matrix
from recalls.models import Incident
from recalls.portions import portions
from recalls.reconciler_form import reconciler_context
from recalls.scenario import scenario_context
from recalls.timeline import TimelineKind, entries, timeline
from suppliers.choices import ClaimKind

STOPPING = ["as_of", "currency", "grade"]  # what the page can't be made without
MANY = 100  # rows of the table of batches; all of them are in the list it leads to


class KindsField(forms.MultipleChoiceField):
    """Kinds of timeline entries from the address."""

    default_error_messages = {"invalid_choice": _("“%(value)s” is no kind of entry: choose of the list.")}

    def to_python(self, value):
        return [kind for kind in super().to_python(value) if kind]


class IncidentForm(FiguresForm):
    """What the address of an incident's page asks for."""

    as_of = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as 2025-06-30.")},
        label="A day: only what was announced, published and stated by then",
    )
    timeline = KindsField(required=False, choices=TimelineKind)


class IncidentDetailView(RecordDetailView):
    model = Incident
    list_class = IncidentList
    form_class = IncidentForm
    figures_asked = ("grade", "currency", "as_of")
    dated_by = "as_of"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.asked_day = self.form.cleaned_data.get("as_of")
        self.as_of = AsOf(self.asked_day)

    def known(self, records):
        return self.as_of.cited(records)

    def published(self, citations):
        return self.as_of.published(citations)

    def batches_of(self, incident):
        """Its batches, with the figures that the page shows."""
        return self.as_of.figures(IncidentRecords(incident, self.as_of).batches, self.grades)

    def blank_columns(self):
        """Of the first day, when nothing was known yet."""
        records = super().blank_columns()
        records.as_of = AsOf(date.min)
        return records

    def columns(self):
        """A citation of the page of now names this day, so the file that it hashes is that of this day too."""
        records = super().columns()
        is_today = not self.asked_day and form_asked(self.request.GET) in CITED
        records.as_of = AsOf(today()) if is_today else self.as_of
        return records

    def get_queryset(self):
        return with_parts(super().get_queryset(), self.as_of)

    def records(self):
        records = super().records()
        records.as_of = records.as_of.found(self.object.batches.visible())
        records.errors = [*self._errors(), *records.errors]
        return records

    def _errors(self):
        return [error for name in STOPPING for error in self.form.errors.get(name, [])]

    def get_context_data(self, **kwargs):
        errors = self._errors()
        shown = {} if errors else self._shown()
        context = {"as_of_errors": errors, "as_of": self.as_of.day, "grades": self.grades}
        return super().get_context_data(**context, **shown, **kwargs)

    def _shown(self):
        records = IncidentRecords(self.object, self.as_of)
        batches = records.shown_batches()
        self._hide(batches)
        figures = self.as_of.figures(records.batches, self.grades)
        totals = figures.totals()
        return {
            "batches": batches[:MANY],
            "totals": totals,
            "left_out": records.left_out() if self.as_of.day else None,
            "unstated": gettext("not yet stated") if self.as_of.day else gettext("not stated"),
            "limit": MOST if totals.batches > MOST else None,
            "parts": {name: self.grades.shown(getattr(self.object, name).all()) for name in PARTS},
            "completions": self.grades.shown(completion(batches), attrgetter("row")),
            **self._timeline(records, batches),
            **self._models(records, batches),
            **self._money(records.batches, figures, totals),
            "kept": kept_params(self.request.GET, {"as_of"}),
            **switch_context(self.request.GET),
        }

    def _hide(self, batches):
        """The figures of other grades, of the batches and of their products that have a completion."""
        for batch in batches:
            self.grades.hide(batch)
            for row in batch.progress.all():
                if row.recalled_product:
                    self.grades.hide(row.recalled_product)

    def _timeline(self, records, batches):
        """Nothing of a timeline whose kinds can't be read."""
        errors = self.form.errors.get("timeline")
        everything = list(entries(records, batches))
        chosen = self.form.cleaned_data.get("timeline", [])
        shown = self.grades.shown(everything, attrgetter("record"))
        said = [entry.record for entry in everything if entry.kind == TimelineKind.CLAIM]
        shown_timeline = timeline(shown, chosen)
        return {
            "timeline_errors": errors,
            "timeline_chosen": chosen,
            "timeline": shown_timeline,
            **self._pictures(shown_timeline),
            "timeline_left_out": shown.left_out,
            "timeline_kept": kept_params(self.request.GET, {"timeline"}),
            "cause_claims": self.grades.shown(claim for claim in said if claim.kind == ClaimKind.CAUSE),
            "is_empty": not everything and not any(getattr(self.object, name).all() for name in PARTS),
        }

    def _pictures(self, shown_timeline):
        currency, is_today = self.form.chosen_currency, not self.as_of.day
        return pictures_of(self.object, currency, self.grades, shown_timeline, is_today)

    def render_to_response(self, context, **options):
        """The page, or its timeline as a file."""
        kind, picture = self.request.GET.get("export"), context.get("timeline_picture")
        if kind in PICTURES and picture:
            return picture_file(picture, kind, f"timeline-{self.object.slug}")
        return super().render_to_response(context, **options)

    def _models(self, records, batches):
        lines = records.shown_lines()
        if lines is None:
            return {"too_many_lines": MOST_LINES}
        for line in lines:
            self.grades.hide(line)
            self.grades.hide(line.batch)
        blamed = [model for cause in self.object.rootcauses.all() for model in cause.product_models.all()]
        regions = [batch.region for batch in batches]
        return {"matrix": matrix(blamed, regions, lines), "intervals": intervals(lines)}

    def _money(self, batches, figures, totals):
        """What full refunds would cost; what other assumptions and a press figure come to, as of today only."""
        currency = self.form.chosen_currency
        money = {"exposure": figures.exposure(currency)}
        if not self.as_of.day:
            money |= reconciler_context(batches, self.request.GET, self.grades)
            money |= scenario_context(batches, self.request.GET, currency, self.grades)
            money["portions"] = portions(figures, totals, money["exposure"])
        return money
