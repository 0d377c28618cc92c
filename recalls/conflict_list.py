"""The list of the values that sources state and we do not use."""

from django.contrib.postgres.aggregates import JSONBAgg, StringAgg
from django.db.models import F, JSONField, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from evidence.models import Stance
from listing.columns import (
    SEPARATOR,
    UNKNOWN,
    Column,
    FigureColumn,
    FileColumn,
    public_address,
    source_address,
)
from listing.figures import pair
from listing.filters import ChoicesFilter, CodesFilter, FilterSet, SearchFilter
from listing.lists import RecordList, put_together_once
from listing.tables import Table
from recalls.conflicts import of_subject, trimmed
from recalls.filters import visible
from recalls.models import Citation, Conflict, Region
from recalls.models.citation import SUBJECTS
from recalls.models.conflict import FIGURES
from suppliers.models import Citation as SupplierCitation
from suppliers.models import Company
from suppliers.models.citation import SUBJECTS as SUPPLIER_SUBJECTS
from suppliers.names import name_shown

SOURCE = JSONObject(publisher="source__publisher", slug="source__slug")


def supporting(aggregate, output_field):
    """The sources of the value that we use: those of the figure, or else those of the whole record."""
    of_apps = (
        _supporting(Citation, SUBJECTS, aggregate, output_field),
        _supporting(SupplierCitation, SUPPLIER_SUBJECTS, aggregate, output_field),
    )
    return Coalesce(*of_apps)


def _supporting(model, subjects, aggregate, output_field):
    same_record = Q(*(Q(**{name: OuterRef(name)}) for name in subjects), _connector=Q.OR)
    rows = model.objects.filter(same_record, stance=Stance.SUPPORTS).order_by().values("stance")
    of_figure, of_whole = aggregate(Q(figure=OuterRef("figure"))), aggregate(Q(figure=""))
    return Subquery(
        rows.annotate(sources=Coalesce(of_figure, of_whole)).values("sources"), output_field=output_field
    )


def linked(condition):
    return JSONBAgg(SOURCE, filter=condition, distinct=True, order_by=SOURCE)


def addresses(condition):
    address = source_address("source")
    return StringAgg(address, SEPARATOR, filter=condition, distinct=True, order_by=address)


def record_address():
    """The public address of the page that the record is on."""
    return of_subject(lambda name, subject: public_address(subject.page, subject.slug))


class ValueColumn(FigureColumn):
    """A figure that is money only where it has a currency."""

    def render(self, record):
        self.has_currency = bool(getattr(record, f"{self.figure}_currency"))
        return super().render(record)


class ConflictTable(Table):
    record = Column(accessor="record_name", verbose_name=_("Record"), attrs={"td": {"class": "title"}})
    figure = Column(verbose_name=_("Figure"))
    used = ValueColumn("used", verbose_name=_("Value used"))
    used_sources = Column(
        accessor="supporting",
        expression=lambda: supporting(addresses, TextField()),
        between=SEPARATOR,
        orderable=False,
        verbose_name=_("Its sources"),
    )
    stated = ValueColumn("stated", verbose_name=_("Other value"))
    source = Column(accessor="source__publisher", verbose_name=_("Stated by"))
    stance = Column(verbose_name=_("Stance"))
    difference = FigureColumn("difference", expression=F("difference_pct"), verbose_name=_("Difference"))
    note = Column(verbose_name=_("Why it is not used"))

    record_kind = FileColumn()
    company = FileColumn(accessor="company_name")
    region = FileColumn(accessor="batch__region__code")
    announced_on = FileColumn(accessor="batch__announced_on")
    used_low = FileColumn(expression=lambda: trimmed("used_low"))
    used_high = FileColumn(expression=lambda: trimmed("used_high"))
    used_precision = FileColumn()
    used_currency = FileColumn()
    used_grade = FileColumn()
    stated_low = FileColumn(expression=lambda: trimmed("stated_low"))
    stated_high = FileColumn(expression=lambda: trimmed("stated_high"))
    stated_currency = FileColumn()
    difference_low = FileColumn(expression=lambda: trimmed("difference_low"))
    difference_high = FileColumn(expression=lambda: trimmed("difference_high"))
    difference_pct = FileColumn()
    where = FileColumn()
    said_by = FileColumn(accessor="claim__said_by")
    answer = FileColumn(accessor="claim__answer")
    source_title = FileColumn(accessor="source__title")
    source_address = FileColumn(expression=lambda: source_address("source"))
    address = FileColumn(expression=record_address)

    def render_record(self, record):
        page = reverse(record.page_name, args=[record.page_slug])
        details = [name_shown(record.company_name)]
        details += (
            [record.batch.region.code, record.batch.announced_on]
            if record.batch
            else [gettext(record.record_kind)]
        )
        if record.claim:
            details += [
                gettext("said by %(who)s") % {"who": record.claim.said_by},
                gettext("answer: %(answer)s") % {"answer": record.claim.get_answer_display()},
            ]
        details = format_html_join(" · ", '<span class="whole">{}</span>', ((detail,) for detail in details))
        return format_html(
            '<a href="{}">{}</a> <small class="muted">{}</small>', page, record.record_name, details
        )

    def render_figure(self, record):
        return record.get_figure_display()

    def render_stance(self, record):
        return record.get_stance_display()

    def render_used_sources(self, value):
        return format_html_join(", ", "{}", ((_source(**source),) for source in value))

    def render_source(self, record):
        source = _source(record.source.publisher, record.source.slug)
        return format_html("{} <small>{}</small>", source, record.where) if record.where else source

    def render_difference(self, record):
        text = _ends(record.difference_low, record.difference_high)
        if record.difference_pct is None:
            return text
        percent = _signed(record.difference_pct) if record.difference_pct else gettext("below 0.1")
        return format_html("{} <small>{} %</small>", text, percent)


def _source(publisher, slug):
    return format_html('<a href="{}">{}</a>', reverse("evidence:source_detail", args=[slug]), publisher)


def _ends(low, high):
    """A difference at both ends of a range, or at the one that both values have."""
    if low is None and high is None:
        return UNKNOWN
    if low is None or high is None:
        end = gettext("%(number)s at the high end") if low is None else gettext("%(number)s at the low end")
        return end % {"number": _signed(high if low is None else low)}
    both = gettext("%(low)s to %(high)s") % {"low": _signed(low), "high": _signed(high)}
    return _signed(low) if low == high else both


def _signed(value):
    """A number with its sign: +36, −641,670, −47.2."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    text = f"{abs(value):,.2f}"
    return sign + text.rstrip("0").rstrip(".")


class ConflictFilterSet(FilterSet):
    q = SearchFilter(label=_("Text"))
    stance = ChoicesFilter(
        choices=[choice for choice in Stance.choices if choice[0] != Stance.SUPPORTS], label=_("Stance")
    )
    figure = ChoicesFilter(choices=FIGURES, label=_("Figure"))
    company = CodesFilter(queryset=visible(Company), method="about", label=_("Company"))
    region = CodesFilter(
        field_name="batch__region",
        short=True,
        queryset=lambda request: Region.objects.all(),
        to_field_name="code",
        upper=True,
        label=_("Region"),
    )

    phrases = {
        "company": pgettext_lazy("company", "about {}"),
        "region": pgettext_lazy("region", "in {}"),
        "figure": pgettext_lazy("figure", "over {}"),
        "stance": _("where a source {}"),
        "q": _("matching “{}”"),
    }

    class Meta:
        model = Conflict
        fields = []

    def about(self, queryset, name, value):
        return queryset.about(value) if value else queryset


class ConflictList(RecordList):
    title = _("Conflicts between sources")
    intro = _(
        "A row is a value that a source states and that is not used here. A source that rounds gives the same "
        "figure with fewer digits, which is no contradiction. The difference is the other value less ours."
    )
    file_name = "conflicts"
    nouns = pair("value that is not used", "values that are not used")
    table_class = ConflictTable
    filterset_class = ConflictFilterSet
    related_links = [(_("All sources"), "evidence:source_list"), (_("How figures are chosen"), "method")]

    @put_together_once
    def get_queryset(self):
        conflicts = Conflict.objects.visible().with_record().with_used().with_difference()
        return conflicts.annotate(supporting=supporting(linked, JSONField())).select_related(
            "source", "batch__region", "claim"
        )
