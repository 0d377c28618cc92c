"""Filters that say in words what they do and refuse what they can't read."""

from collections import OrderedDict
from copy import copy
from functools import cache

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from listing.words import enumerated, listed

MOST_BOXES = 60  # to tick, before a reader rather types a code
CHECKED = mark_safe(" checked")


class SharedFilters(OrderedDict):
    """The filters of a set: those of each request are copies that share what they are made of."""

    def __deepcopy__(self, memo):
        return {name: _copied(made) for name, made in self.items()}


def _copied(made):
    found = copy(made)
    found.method = made.method  # bound anew: it calls the filter set of its own filter
    return found


class FilterSet(django_filters.FilterSet):
    """A filter set whose `phrases` tell a reader what each filter narrows the list to."""

    phrases = {}

    @classmethod
    def get_filters(cls):
        return SharedFilters(super().get_filters())

    def get_form_class(self):
        """Put together once in each language; each form has copies of its fields."""
        return _form_class(type(self), get_language())

    def describe(self):
        """The filters in use as words, such as “in Japan and China announced from 2025-06-01 on”."""
        values = self.form.cleaned_data
        said = (self._say(name, values.get(name)) for name in self.phrases)
        return pgettext("between filters in words", " ").join(phrase for phrase in said if phrase)

    def _say(self, name, value):
        if value is None or value == "" or (hasattr(value, "__len__") and not len(value)):
            return ""
        return self.phrases[name].format(_listed(name, value, self.form.fields[name]))


@cache
def _form_class(filterset_class, language):
    return super(FilterSet, filterset_class()).get_form_class()


def _listed(name, value, field):
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return str(value)
    labels = dict(getattr(field, "choices", ())) if isinstance(field, forms.MultipleChoiceField) else {}
    texts = [str(labels.get(item, item)) for item in value]
    return listed(texts)


MOST_WORDS = 8  # each word of a search asks once more in every text


def few_words(text):
    if len(text.split()) > MOST_WORDS:
        sentence = ngettext(
            "Search for %(count)s word at most.", "Search for %(count)s words at most.", MOST_WORDS
        )
        raise ValidationError(sentence % {"count": MOST_WORDS})


class SearchFilter(django_filters.CharFilter):
    """Free text, handed to the queryset's own `matching`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, max_length=200, validators=[few_words], **kwargs)

    def filter(self, queryset, value):
        return queryset.matching(value) if value else queryset


class CodesIterator(forms.models.ModelChoiceIterator):
    """Choices read in one go: without a cursor on the server, which asks three times. Too many are not shown at all."""

    def __iter__(self):
        return map(self.choice, self.queryset.all()[: MOST_BOXES + 1])


class CodesField(forms.ModelMultipleChoiceField):
    """Records by their code in the address, in any letter case."""

    iterator = CodesIterator

    default_error_messages = {"invalid_choice": _("“%(value)s” is not known here.")}

    def __init__(self, *args, upper=False, **kwargs):
        self.upper = upper
        super().__init__(*args, **kwargs)

    def clean(self, value):
        codes = [code.strip() for code in value or [] if code.strip()]
        if not codes and not self.required:
            return []
        # As a list, since the database can't tell beforehand how many rows have a record that it has yet to find.
        return list(super().clean([code.upper() if self.upper else code.lower() for code in codes]))

    def _check_values(self, value):
        if any("\x00" in code for code in value):
            raise ValidationError(gettext("Null characters are not allowed."))
        return super()._check_values(value)


class CheckboxList(forms.CheckboxSelectMultiple):
    """A short list to tick, folded away until it is needed; one that has grown long is typed as in a `TextList`."""

    template_name = "listing/checkbox_list.html"
    box = '\n      <label><input type="checkbox" name="{}" value="{}"{}> {}</label>\n    '

    def get_context(self, name, value, attrs):
        choices = [(str(code), label) for code, label in self.choices]
        if len(choices) > MOST_BOXES:
            self.template_name = TextList.template_name
            return TextList.get_context(self, name, value, attrs)
        chosen = {str(code) for code in value or []}
        ticked = [str(label) for code, label in choices if code in chosen]
        boxes = ((name, code, CHECKED if code in chosen else "", label) for code, label in choices)
        widget = {
            "attrs": self.build_attrs(self.attrs, attrs),
            "summary": enumerated(ticked) or pgettext("no filter", "Any"),
            "boxes": format_html_join("", self.box, boxes),
        }
        return {"widget": widget}


class TextList(forms.SelectMultiple):
    """One text box for each code already chosen and one for the next; fit for lists too long to show."""

    template_name = "listing/text_list.html"

    def get_context(self, name, value, attrs):
        codes = [code for code in value or [] if code]
        return {
            "widget": {"name": name, "values": [*codes, ""], "attrs": self.build_attrs(self.attrs, attrs)}
        }


class CodesFilter(django_filters.ModelMultipleChoiceFilter):
    """Filter by records' codes (`region=JP&region=CN`); `short` lists are shown to tick."""

    field_class = CodesField

    def __init__(self, *args, short=False, **kwargs):
        widget = CheckboxList if short else TextList
        super().__init__(*args, widget=widget, **{"to_field_name": "slug", **kwargs})

    def filter(self, queryset, value):
        keys = [record.pk for record in value]
        return queryset.filter(**{f"{self.field_name}__in": keys}) if keys else queryset


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """Filter by one or more values of a closed list."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=CheckboxList, **kwargs)


class CodeField(django_filters.fields.ChoiceField):
    """One code of a closed list, in any letter case."""

    def prepare_value(self, value):
        return value.strip().upper() if isinstance(value, str) else value

    def to_python(self, value):
        return self.prepare_value(super().to_python(value))


class CodeFilter(django_filters.ChoiceFilter):
    """One code of a closed list; `refusal` says why another is not taken."""

    field_class = CodeField

    def __init__(self, *args, refusal, **kwargs):
        super().__init__(*args, error_messages={"invalid_choice": refusal}, **kwargs)


class DayFilter(django_filters.DateFilter):
    """A whole day, as 2025-06-01."""

    def __init__(self, *args, **kwargs):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(*args, widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


class FigureFilter(django_filters.NumberFilter):
    """Figures that can reach a limit: an open end (“at least”, “at most”) reaches every limit beyond it."""

    def __init__(self, figure, end, **kwargs):
        self.figure, self.end = figure, end
        super().__init__(**{"min_value": 0, "max_value": 10**18, **kwargs})

    def filter(self, queryset, value):
        if value is None:
            return queryset
        near, far, lookup = ("high", "low", "gte") if self.end == "min" else ("low", "high", "lte")
        stated = Q(**{f"{self.figure}_{near}__{lookup}": value})
        is_open = Q(**{f"{self.figure}_{near}__isnull": True, f"{self.figure}_{far}__isnull": False})
        # Follows from the others, and leads to an index of the rows that have the figure, where those are few.
        is_known = ~Q(**{f"{self.figure}_precision": "unknown"})
        return queryset.filter(is_known, stated | is_open)
