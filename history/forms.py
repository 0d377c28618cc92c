"""The two fields that every form of the admin has beside its own: the reason, and what its reader has seen."""

from functools import cache

from django import forms
from django.utils.translation import gettext_lazy as _

from history.meanwhile import take_over

DELETED = _(
    "Somebody deleted this record while you had its page open. Nothing you typed is lost: "
    "save again to enter it as a new one."
)
NEEDED = _("Say in a few words why: what the public sees is changed by this.")
ENDS = ("_low", "_high", "_precision", "_currency", "_pct")
FIGURES = ("reports", "injuries", "deaths", "damage_reports", "count")


def is_figure(name):
    return name.endswith(ENDS) or name in FIGURES


class AskedForm(forms.ModelForm):
    """Asks why, and knows what was saved since the page was opened."""

    meanwhile = None
    is_gone = False
    snapshot = ""
    reason = forms.CharField(
        label=_("Reason for this change"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_(
            "Kept in the history. Needed on publishing, on withdrawing and on changing a published figure, "
            "where the public reads it beside the change."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, label="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.snapshot
        self.notes_meanwhile = {}
        if self.is_bound and (self.meanwhile or self.is_gone):
            self._take_over()

    def _take_over(self):
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.snapshot
        if self.meanwhile and self.meanwhile.itself:
            self.notes_meanwhile = take_over(self, self.meanwhile.itself)

    def clean(self):
        data = super().clean()
        if self.meanwhile:
            self.add_error(None, self.meanwhile.sentence())
        if self.is_gone:
            self.add_error(None, DELETED)
        for name, note in self.notes_meanwhile.items():
            self.add_error(name, note)
        if "reason" in self.fields and self._needs_reason() and not self.cleaned_data.get("reason"):
            self.add_error("reason", NEEDED)
        return data

    def _needs_reason(self):
        was = bool(self.initial.get("is_published", getattr(self.instance, "is_published", False)))
        will = bool(self.cleaned_data.get("is_published", was))
        return was != will or (will and any(map(is_figure, self.changed_data)))


@cache
def asked(form):
    """The same form with these two fields."""
    return type(form)(form.__name__, (AskedForm, form), {"__module__": form.__module__})
