"""The switch between grades: what an address asks for, and what a page shows of it."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from evidence.figures import Grade
from evidence.grades import Grades
from listing.shape import kept_params, printable

SURE = [Grade.OFFICIAL.value, Grade.COMPANY.value]


def switch_context(params):
    """What `recalls/_grade_switch.html` shows beside `grades`."""
    switch = {"choices": Grade.choices, "sure": SURE, "kept": kept_params(params, {"grade", "page"})}
    return {"grade_switch": switch}


class GradesField(forms.MultipleChoiceField):
    """Grades from the address, each as often as it stands there."""

    default_error_messages = {
        "invalid_choice": format_lazy(
            _("“%(value)s” is no grade: choose of {grades}."), grades=", ".join(Grade.values)
        )
    }

    def __init__(self):
        super().__init__(required=False, choices=Grade, label="Grades whose figures and claims are told")

    def to_python(self, value):
        return [printable(grade).strip().lower() for grade in super().to_python(value) if grade]


class GradesForm(forms.Form):
    """Which grades count on a page."""

    grade = GradesField()

    @property
    def grades(self):
        self.is_valid()
        return Grades(tuple(dict.fromkeys(self.cleaned_data.get("grade", ()))))


class GradesAsked:
    """For the page of a record: the context of `recalls/_grade_switch.html`."""

    def get_context_data(self, **kwargs):
        errors = self.form.errors.get("grade", [])
        switch = switch_context(self.request.GET)
        return super().get_context_data(grades=self.grades, errors=errors, **switch, **kwargs)
