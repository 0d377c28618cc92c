"""The columns of the lists of batches, incidents and sources, on the page and in the file."""

from decimal import Decimal

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Left
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.models import TITLE, Stance
from evidence.partial_dates import PartialDateText
from listing.columns import (
    SEPARATOR,
    UNKNOWN,
    CodeColumn,
    Column,
    CountColumn,
    DateColumn,
    FigureColumn,
    FileColumn,
    LinkColumn,
    array_text,
    joined,
    public_address,
    source_address,
)
from listing.figures import money
from listing.tables import Table
from listing.words import enumerated, label_of, labels_of
from recalls.choices import ExposureBasis, Hazard
from recalls.feeds import remedies_in_words
from recalls.models import Citation
from recalls.models.batch_indexes import MODELS
from recalls.rates import SOURCE
from suppliers.columns import CompanyColumn

DAY = ["announced_on"]
CLOSE = {
    "td": {"class": "figure close"},
    "th": {"class": "figure"},
}  # its remarks stand beside it, in few lines


def published_slug(path):
    """The slug of a linked record, unless that is a draft."""
    shown = When(**{f"{path}__is_published": True}, then=F(f"{path}__slug"))
    return Case(shown, default=None, output_field=CharField())


def cited_sources(condition):
    """Addresses of the sources that a batch cites; our own page of a source that has none."""
    return joined(Citation.objects.filter(condition), source_address("source"), "batch")


def rate_source():
    """Who fixed the exchange rate of an exposure, where one was needed."""
    needed = When(exposure_rate_fixed_on__isnull=False, then=Value(SOURCE))
    return Case(needed, default=None, output_field=CharField())


class ExposureColumn(FigureColumn):
    """The exposure and, below it, the rate and its day, and what units × price give."""

    def render(self, record):
        shown = super().render(record)
        if not record.exposure_grade:
            shown = format_html('<span class="unknown">{}</span>', _basis(record))
        remarks = _small([_rate(record), _estimate(record)])
        return format_html("{}<br>{}", shown, remarks) if remarks else shown


def _rate(record):
    if record.exposure_rate_fixed_on is None:
        return ""
    six_digits = Decimal(f"{record.exposure_rate:.6g}").normalize()
    return gettext("%(currency)s × %(rate)s of %(day)s") % {
        "currency": record.exposure_from_currency,
        "rate": f"{six_digits:f}",
        "day": record.exposure_rate_fixed_on,
    }


def _basis(record):
    return label_of(ExposureBasis, record.exposure_basis)


def _estimate(record):
    if record.exposure_basis == ExposureBasis.ESTIMATED:
        return _basis(record)
    low, high = getattr(record, "estimate_low", None), getattr(record, "estimate_high", None)
    if low is None and high is None:
        return ""
    names = {"basis": ExposureBasis.ESTIMATED.label, "amount": money(low, high, record.exposure_currency)}
    return gettext("%(basis)s: %(amount)s") % names


def _small(texts):
    return format_html_join("", " <small>{}</small>", ((text,) for text in texts if text))


class RecallBatchTable(Table):
    unasked = ["notice_number", "price", "remedies"]  # with them, no screen of a usual width holds the table

    announced_on = DateColumn(verbose_name=_("Announced"))
    title = LinkColumn(
        sorts_by=Left("title", TITLE),
        verbose_name=_("Recall batch"),
        attrs={"td": {"class": "title long"}, "th": {"class": "title"}},
    )
    company = CompanyColumn("company", walks="company", then=DAY, verbose_name=_("Company"))
    region = Column(accessor="region__code", walks="region", then=DAY, verbose_name=_("Region"))
    regulator = Column(
        accessor="regulator__abbreviation", walks="regulator", then=DAY, verbose_name=_("Regulator")
    )
    notice_number = CodeColumn(verbose_name=_("Notice"))
    models = Column(
        accessor="models_text",
        sorts_by=Left("models_text", MODELS),
        between=SEPARATOR,
        attrs={"td": {"class": "words"}},
        verbose_name=_("Models"),
    )
    units = FigureColumn("units", verbose_name=_("Units"))
    amount = FigureColumn("amount", currency=True, verbose_name=_("Sales amount"))
    price = FigureColumn("price", currency=True, verbose_name=_("Unit price"))
    exposure = ExposureColumn("exposure", currency=True, verbose_name=_("Exposure"), attrs=CLOSE)
    hazards = Column(
        expression=lambda: array_text("hazards"), sorts_by=F("hazards"), verbose_name=_("Hazards")
    )
    remedies = Column(accessor="remedies_text", between=SEPARATOR, verbose_name=_("Remedies"))

    units_low = FileColumn()
    units_high = FileColumn()
    units_precision = FileColumn()
    units_grade = FileColumn()
    units_as_published = FileColumn(accessor="raw_units")
    sales_as_published = FileColumn(accessor="raw_sold")
    harm_as_published = FileColumn(accessor="raw_harm")
    amount_low = FileColumn()
    amount_high = FileColumn()
    amount_precision = FileColumn()
    amount_currency = FileColumn()
    amount_grade = FileColumn()
    price_low = FileColumn()
    price_high = FileColumn()
    price_currency = FileColumn()
    price_grade = FileColumn()
    exposure_low = FileColumn()
    exposure_high = FileColumn()
    exposure_precision = FileColumn()
    exposure_currency = FileColumn(orderable=False)  # the same in every row
    exposure_grade = FileColumn()
    exposure_basis = FileColumn()
    exposure_from_currency = FileColumn()
    exposure_rate = FileColumn()
    exposure_rate_date = FileColumn(accessor="exposure_rate_fixed_on")
    exposure_rate_source = FileColumn(expression=lambda: rate_source())
    exposure_estimate_low = FileColumn(accessor="estimate_low")
    exposure_estimate_high = FileColumn(accessor="estimate_high")
    exposure_estimate_rate = FileColumn(accessor="estimate_rate")
    kind = FileColumn()
    basis = FileColumn()
    incident = FileColumn(expression=lambda: published_slug("incident"))
    sold_from = FileColumn(expression=PartialDateText("sold_from"))
    sold_until = FileColumn(expression=PartialDateText("sold_until"))
    made_from = FileColumn(expression=PartialDateText("made_from"))
    made_until = FileColumn(expression=PartialDateText("made_until"))
    cause = FileColumn()
    reports = FileColumn(orderable=True)
    injuries = FileColumn(orderable=True)
    deaths = FileColumn(orderable=True)
    damage_reports = FileColumn()
    damage_low = FileColumn()
    damage_high = FileColumn()
    damage_precision = FileColumn()
    damage_currency = FileColumn()
    joint_group = FileColumn(accessor="joint_group__name")
    expands = FileColumn(expression=lambda: published_slug("expands"))
    upgrades = FileColumn(expression=lambda: published_slug("upgrades"))
    counted_in = FileColumn(expression=lambda: published_slug("counted_in"))
    note = FileColumn()
    sources = FileColumn(expression=lambda: cited_sources(Q(stance=Stance.SUPPORTS)))
    sources_otherwise = FileColumn(expression=lambda: cited_sources(~Q(stance=Stance.SUPPORTS)))
    slug = FileColumn(orderable=True)
    address = FileColumn(expression=lambda: public_address("recalls:recallbatch_detail"))

    def render_models(self, value):
        return enumerated(value.split(SEPARATOR))

    def render_hazards(self, record):
        return labels_of(Hazard, record.hazards) or UNKNOWN

    def render_remedies(self, value):
        return remedies_in_words(value)


OF_INCIDENT = ["announced_on", "title", "region", "regulator", "notice_number", "slug", "address"]


def of_incident(name):
    """Whether a page of an incident shows this column of its batches."""
    return name in OF_INCIDENT or (
        name.startswith(("units_", "amount_")) and not name.endswith("_as_published")
    )


IncidentBatchTable = type(
    "IncidentBatchTable",
    (Table,),
    {name: column for name, column in RecallBatchTable.base_columns.items() if of_incident(name)},
)


class IncidentTable(Table):
    opened_on = DateColumn(verbose_name=_("Opened"))
    title = LinkColumn(verbose_name=_("Incident"))
    company = CompanyColumn("company", verbose_name=_("Company"))
    state = Column(verbose_name=_("State"))
    batches = CountColumn(accessor="batch_count", verbose_name=_("Recall batches"))
    units = FigureColumn("units", verbose_name=_("Units"))
    units_low = FileColumn()
    units_high = FileColumn()
    exposure = FigureColumn("exposure", currency=True, verbose_name=_("Exposure"))
    without_exposure = CountColumn(verbose_name=_("Batches without exposure"))
    exposure_low = FileColumn()
    exposure_high = FileColumn()
    exposure_precision = FileColumn()
    exposure_currency = FileColumn(orderable=False)  # the same in every row
    exposure_grade = FileColumn()
    exposure_published = FileColumn()
    exposure_estimated = FileColumn()
    regions = Column(accessor="region_codes", between=", ", verbose_name=_("Regions"))
    closed_on = FileColumn()
    note = FileColumn()
    slug = FileColumn()
    address = FileColumn(expression=lambda: public_address("recalls:incident_detail"))


class SourceTable(Table):
    publisher = Column(verbose_name=_("Publisher"))
    title = LinkColumn(sorts_by=Left("title", TITLE), verbose_name=_("Source"))
    kind = Column(verbose_name=_("Kind"))
    language = Column(verbose_name=_("Language"))
    published_on = DateColumn(
        expression=PartialDateText("published_on"), sorts_by=F("published_on"), verbose_name=_("Published")
    )
    citations = CountColumn(accessor="citation_count", verbose_name=_("Cited"))
    url = FileColumn()
    note = FileColumn()
    slug = FileColumn()
    address = FileColumn(expression=lambda: public_address("evidence:source_detail"))
