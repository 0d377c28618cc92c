"""What a form on a page takes from the address, and what it hands on."""

from urllib.parse import urlencode

from django import forms

from evidence.figures import Grade
from evidence.grade_switch import GradesForm
from recalls.exposure import DEFAULT_CURRENCY
from recalls.rates import NOT_QUOTED, QUOTED_CHOICES

NUMBER_ERRORS = ["invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"]


class NumberField(forms.DecimalField):
    """A number from 0 to a largest one, refused with one sentence whatever is wrong; None where left empty."""

    def __init__(self, sentence, max_value, **kwargs):
        limits = {"min_value": 0, "max_value": max_value, "max_digits": 12, "decimal_places": 2}
        errors = dict.fromkeys(NUMBER_ERRORS, sentence)
        super().__init__(required=False, error_messages=errors, **limits, **kwargs)


class CurrencyField(forms.ChoiceField):
    """A currency's code, in any letter case."""

    def to_python(self, value):
        return super().to_python(value).strip().upper()


class CurrencyForm(forms.Form):
    """The currency in which a page shows exposure; the usual one unless the address names another."""

    currency = CurrencyField(
        required=False,
        choices=QUOTED_CHOICES,
        error_messages={"invalid_choice": NOT_QUOTED},
        label="Currency of the exposure",
    )

    @property
    def chosen_currency(self):
        self.is_valid()
        return self.cleaned_data.get("currency") or DEFAULT_CURRENCY.value


class FiguresForm(GradesForm, CurrencyForm):
    """Which figures a page shows: the currency of its exposure and the grades that count."""


def errors_of(form):
    """The form's sentences, each once: two limits of a number may refuse it with the same."""
    return list(dict.fromkeys(error for errors in form.errors.values() for error in errors))


def kept_grades(params, lead="?"):
    """The grade switch of an address as the end of another; empty where it is off."""
    named = (grade.strip().lower() for grade in params.getlist("grade"))
    chosen = [grade for grade in dict.fromkeys(named) if grade in Grade.values]
    return lead + urlencode({"grade": chosen}, doseq=True) if chosen else ""
