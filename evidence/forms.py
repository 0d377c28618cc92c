"""Staff forms: what a person leaves out because it follows, and what needs the clock to refuse."""

from datetime import datetime, timedelta, timezone

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.figures import Precision
from evidence.models import Stance

FIRST_TO_SEE_A_DAY = timezone(timedelta(hours=14))
UNCITED = _("What is published needs a citation that supports it: add one, or untick “published”.")


class RecordForm(forms.ModelForm):
    """A form of one record, in which a single number stands for the low and the high end alike."""

    past_days = ()
    refusal = ""  # what the database answered to the same data before
    notes = {}  # what others saved meanwhile, by field

    def clean(self):
        super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        for name, note in self.notes.items():
            self.add_error(name, note)
        for name in self.fields:
            if name.endswith("precision"):
                self._repeat_single_number(name.removesuffix("precision"))
        for name in self.past_days:
            self._refuse_future(name)
        return self.cleaned_data

    def _repeat_single_number(self, prefix):
        data = self.cleaned_data
        single = data.get(f"{prefix}precision") in (Precision.EXACT, Precision.APPROXIMATE)
        if single and f"{prefix}high" in data and data[f"{prefix}high"] is None:
            data[f"{prefix}high"] = data.get(f"{prefix}low")

    def _refuse_future(self, name):
        day = self.cleaned_data.get(name)
        if day and day > today_anywhere():
            self.add_error(name, gettext("This day is still in the future."))


def today_anywhere():
    """The latest date of any place on earth, so that no announcement of today is refused."""
    return datetime.now(FIRST_TO_SEE_A_DAY).date()


class CitationFormSet(BaseInlineFormSet):
    """The citations of one record, of which a published one needs one that supports it."""

    is_needed = False

    def clean(self):
        super().clean()
        if self.is_needed and self.instance.is_published and not any(self.errors) and not self._supports():
            raise ValidationError(UNCITED)

    def _supports(self):
        kept = (form.cleaned_data for form in self.forms if form not in self.deleted_forms)
        return any(citation.get("stance") == Stance.SUPPORTS for citation in kept)


class LinesField(forms.CharField):
    """A list of texts in one box, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)
