"""Staff forms of recall records."""

from itertools import count

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.forms.models import BaseInlineFormSet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.forms import LinesField, RecordForm
from history.forms import NEEDED, is_figure
from recalls.choices import Hazard
from recalls.models import RecallBatch, RecoveryPhase
from recalls.slugs import batch_stem, numbered

ITSELF = {
    "expands": _("A batch does not expand itself."),
    "upgrades": _("A batch does not follow up itself."),
    "counted_in": _("A batch is not counted in itself."),
}


class RegulatorSelect(forms.Select):
    """Each regulator tells the page its region, which is then chosen with it."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["data-region"] = value.instance.region_id
        return option


class RegionSelect(forms.Select):
    """Each region tells the page its currency, which is then chosen for amounts."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["data-currency"] = value.instance.currency
        return option


class RecallBatchForm(RecordForm):
    """A whole batch: what follows from the rest may stay empty, what can't be true is refused at its field."""

    past_days = ["announced_on"]
    hazards = forms.MultipleChoiceField(
        choices=Hazard.choices,
        label=_("Hazards"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=RecallBatch._meta.get_field("hazards").help_text,
    )

    class Meta:
        model = RecallBatch
        fields = "__all__"
        widgets = {
            "title": AdminTextInputWidget,
            "regulator": RegulatorSelect,
            "region": RegionSelect,
        }
        help_texts = {
            "region": _("Where the units were sold; left empty, the regulator's own region."),
            "slug": _("Its name in addresses; left empty, made of the region and the notice number."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("region", "slug"):
            if name in self.fields:
                self.fields[name].required = False

    def clean(self):
        data = super().clean()
        if data.get("price_high") is None and "price_high" in data:
            data["price_high"] = data.get("price_low")  # a price has no precision that could leave it open
        self._preset_region()
        self._refuse_duplicate()
        self._preset_slug()
        self._refuse_itself()
        self._refuse_deep_count()
        self._refuse_circle()
        return data

    def _preset_region(self):
        regulator = self.cleaned_data.get("regulator")
        if "region" in self.cleaned_data and not self.cleaned_data["region"]:
            if regulator:
                self.cleaned_data["region"] = regulator.region
            else:
                self.add_error("region", gettext("Say where the units were sold."))

    def _refuse_duplicate(self):
        names = ("regulator", "notice_number", "region")
        key = {name: self.cleaned_data.get(name) for name in names}
        if not all(key.values()):
            return
        if other := self._others().filter(**key).select_related("region").first():
            sentence = gettext("This regulator's notice is entered for this region already: {}.")
            self.add_error("notice_number", format_html(sentence, link(other)))

    def _preset_slug(self):
        if "slug" in self.cleaned_data and not self.cleaned_data["slug"]:
            self.cleaned_data["slug"] = self._free_slug()

    def _free_slug(self):
        data = self.cleaned_data
        company = data["company"].slug if data.get("company") else ""
        region = data["region"].code if data.get("region") else ""
        stem = batch_stem(region, data.get("notice_number"), company, data.get("title"))
        taken = set(self._others().filter(slug__startswith=stem).values_list("slug", flat=True))
        names = (numbered(stem, number) for number in count(1))
        return next(name for name in names if name not in taken)

    def _refuse_itself(self):
        for name, sentence in ITSELF.items():
            if self.cleaned_data.get(name) == self.instance:
                self.add_error(name, sentence)

    def _refuse_deep_count(self):
        holder = self.cleaned_data.get("counted_in")
        if holder is None:
            return
        if holder.counted_in:
            sentence = gettext("That batch is counted in another itself: choose {}.")
            self.add_error("counted_in", format_html(sentence, link(holder.counted_in)))
        elif held := self.instance.pk and self.instance.counted_batches.select_related("region").first():
            sentence = gettext("{} is counted in this batch, so this one can't be counted in another.")
            self.add_error("counted_in", format_html(sentence, link(held)))

    def _refuse_circle(self):
        earlier, seen = self.cleaned_data.get("expands"), set()
        while earlier and earlier.pk not in seen:
            seen.add(earlier.pk)
            earlier = earlier.expands
        if self.instance.pk in seen:
            self.add_error("expands", gettext("The batches would expand one another in a circle."))

    def _others(self):
        return RecallBatch.objects.exclude(pk=self.instance.pk)


def link(batch):
    """A link to a batch's page of the admin."""
    return format_html(
        '<a href="{}">{}</a>', reverse("admin:recalls_recallbatch_change", args=[batch.pk]), batch
    )


class LineFormSet(BaseInlineFormSet):
    """The products of a batch, whose figures are published with it."""

    def clean(self):
        super().clean()
        figures = any(is_figure(name) for form in self.forms for name in form.changed_data)
        if figures and self.instance.is_published and not self.data.get("reason", "").strip():
            raise forms.ValidationError(NEEDED)


class ProgressForm(RecordForm):
    past_days = ["as_of"]


class ProgressFormSet(BaseInlineFormSet):
    """How the recall proceeds, for the batch or for one of its own products."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "recalled_product" in form.fields:
            lines = form.fields["recalled_product"]
            lines.queryset = lines.queryset.filter(batch=self.instance.pk).select_related("product_model")


class RecoveryPhaseForm(RecordForm):
    tasks = LinesField(
        label=_("Tasks"),
        widget=AdminTextareaWidget(attrs={"rows": 4}),
        help_text=RecoveryPhase._meta.get_field("tasks").help_text,
    )
