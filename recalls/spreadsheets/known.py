"""The records that the cells of some rows name, looked up together: a few queries whatever the number of rows."""

from collections import defaultdict

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

from evidence.models import Source
from listing.retelling import kept
from recalls.models import Incident, JointGroup, RecallBatch, Region, Regulator
from recalls.spreadsheets.cells import CellError, listed, plain
from recalls.spreadsheets.parts import ADDRESSES
from suppliers.models import Company, CompanyAlias, ProductModel

NOT_ENTERED = {
    "company": gettext_noop(
        "No company of this name is entered: add it under Companies first, or write it as it is there."
    ),
    "region": gettext_noop("No region has this code."),
    "regulator": gettext_noop("No regulator has this abbreviation or short name."),
    "incident": gettext_noop("No incident has this short name."),
    "joint_group": gettext_noop("No joint group has this name: add it under Joint groups first."),
    "expands": gettext_noop("No batch has this short name yet: import that one first."),
    "upgrades": gettext_noop("No batch has this short name yet: import that one first."),
    "counted_in": gettext_noop("No batch has this short name yet: import that one first."),
}
SEVERAL = kept("Several records go by “{}”: enter this on the batch's page.")
NO_MODEL = kept("“{}” is not entered as a model of this company: add it under Product models first.")
NO_SOURCE = kept("No source has the address {}: add it under Sources first.")


class Known:
    """Records by the texts that name them, for `rows` (each a dict of column names and texts)."""

    def __init__(self, rows):
        self.rows = rows
        batches = self._named(
            RecallBatch.objects.filter(slug__in=self._texts("expands", "upgrades", "counted_in")), "slug"
        )
        self.found = {
            "company": self._companies(),
            "region": self._named(Region.objects.all(), "code"),
            "regulator": self._named(Regulator.objects.select_related("region"), "abbreviation", "slug"),
            "incident": self._named(Incident.objects.filter(slug__in=self._texts("incident")), "slug"),
            "joint_group": self._named(
                JointGroup.objects.filter(name__in=self._texts("joint_group")), "name"
            ),
            "expands": batches,
            "upgrades": batches,
            "counted_in": batches,
        }
        self.models = self._models()
        self.sources = self._sources()
        self.values = {}

    def read(self, column, text):
        """The value of a text in a column, read once however many rows have it."""
        key = (column.name, text)
        if key not in self.values:
            try:
                self.values[key] = (column.read(text, self), "")
            except CellError as error:
                self.values[key] = (None, str(error))
        value, refusal = self.values[key]
        if refusal:
            raise CellError(refusal)
        return value

    def one(self, column, text):
        """The record that a text names, or `CellError`."""
        records = self.found[column].get(text) or self.found[column].get(text.upper(), {})
        if not records:
            raise CellError(NOT_ENTERED[column])
        if len(records) > 1:
            raise CellError(SEVERAL.format(text))
        return next(iter(records.values()))

    def get(self, column, text):
        """The same, or None."""
        try:
            return self.one(column, text)
        except CellError:
            return None

    def model(self, company_pk, number):
        if (company_pk, number) not in self.models:
            raise CellError(NO_MODEL.format(number))
        return self.models[company_pk, number]

    def source(self, address):
        if address not in self.sources:
            raise CellError(NO_SOURCE.format(address))
        return self.sources[address]

    def _texts(self, *columns):
        return {plain(row[column]) for row in self.rows for column in columns if row.get(column)}

    def _named(self, records, *fields):
        found = defaultdict(dict)
        for record in records:
            for field in fields:
                found[getattr(record, field)][record.pk] = record
        return found

    def _companies(self):
        names = self._texts("company")
        found = self._named(Company.objects.filter(name__in=names, merged_into=None), "name")
        for alias in CompanyAlias.objects.filter(name__in=names).select_related("company"):
            found[alias.name][alias.company_id] = alias.company
        return found

    def _models(self):
        numbers = {number for text in self._texts("models") for number in listed(text)}
        models = ProductModel.objects.filter(model_number__in=numbers).select_related("merged_into")
        return {(model.company_id, model.model_number): model.merged_into or model for model in models}

    def _sources(self):
        addresses = {part for text in self._texts("sources") for part in ADDRESSES.split(text) if part}
        before, after = (settings.PUBLIC_URL + reverse("evidence:source_detail", args=["SLUG"])).split("SLUG")
        own = {a.removeprefix(before).removesuffix(after): a for a in addresses if a.startswith(before)}
        found = {own[source.slug]: source for source in Source.objects.filter(slug__in=own)}
        return found | {source.url: source for source in Source.objects.filter(url__in=addresses)}
