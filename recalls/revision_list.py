"""The list of values that regulators changed under an old notice number."""

from django.db.models import F
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from listing.columns import (
    CodeColumn,
    Column,
    DateColumn,
    FileColumn,
    public_address,
)
from listing.figures import change, pair
from listing.filters import ChoicesFilter, CodesFilter, DayFilter, FilterSet, SearchFilter
from listing.lists import RecordList, put_together_once
from listing.tables import Table
from recalls.conflicts import trimmed
from recalls.feeds import revision_entries
from recalls.filters import visible
from recalls.models import Regulator, Revision
from recalls.models.record import ImportedField
from suppliers.models import Company

WIDE = {"td": {"class": "title"}}


class DayColumn(DateColumn):
    """The day of an instant on the page; the file has the instant."""

    def render(self, value):
        return value.date().isoformat()


class RevisionTable(Table):
    batch = Column(accessor="batch__title", verbose_name=_("Recall batch"), attrs=WIDE)
    regulator = Column(accessor="batch__regulator__abbreviation", verbose_name=_("Regulator"))
    notice_number = CodeColumn(accessor="batch__notice_number", verbose_name=_("Notice"))
    region = Column(accessor="batch__region__code", verbose_name=_("Region"))
    field = Column(verbose_name=_("Figure"))
    old = Column(accessor="old_text", verbose_name=_("Before"), attrs=WIDE)
    new = Column(accessor="new_text", verbose_name=_("Now"), attrs=WIDE)
    difference = Column(
        accessor="difference_pct",
        verbose_name=_("Difference"),
        exclude_from_export=True,
        attrs={"td": {"class": "figure"}, "th": {"class": "figure"}},
        default="",
    )
    old_first_seen = DayColumn(accessor="old_record__first_seen_at", verbose_name=_("Before: first seen"))
    old_last_seen = DayColumn(accessor="old_record__last_seen_at", verbose_name=_("Last seen"))
    new_first_seen = DayColumn(accessor="new_record__first_seen_at", verbose_name=_("Now: first seen"))

    company = FileColumn(accessor="batch__company__name")
    old_low = FileColumn(expression=lambda: trimmed("old_low"))
    old_high = FileColumn(expression=lambda: trimmed("old_high"))
    old_precision = FileColumn()
    new_low = FileColumn(expression=lambda: trimmed("new_low"))
    new_high = FileColumn(expression=lambda: trimmed("new_high"))
    new_precision = FileColumn()
    difference_pct = FileColumn()
    announced_on = FileColumn(accessor="batch__announced_on")
    slug = FileColumn(accessor="batch__slug")
    address = FileColumn(expression=lambda: public_address("recalls:recallbatch_detail", F("batch__slug")))

    def render_batch(self, record):
        batch = record.batch
        return format_html(
            '<a href="{}#revisions">{}</a> <small class="muted">{}, {}</small>',
            batch.get_absolute_url(),
            batch.title,
            batch.company,
            batch.announced_on,
        )

    def render_field(self, record):
        return record.get_field_display()

    def render_difference(self, value):
        return change(value)


class RevisionFilterSet(FilterSet):
    q = SearchFilter(label=_("Text"))
    regulator = CodesFilter(
        field_name="batch__regulator",
        short=True,
        queryset=lambda request: Regulator.objects.all(),
        label=_("Regulator"),
    )
    field = ChoicesFilter(choices=ImportedField, label=_("Figure"))
    company = CodesFilter(field_name="batch__company", queryset=visible(Company), label=_("Company"))
    seen_after = DayFilter(
        field_name="new_record__first_seen_at", lookup_expr="date__gte", label=_("Changed from")
    )
    seen_before = DayFilter(
        field_name="new_record__first_seen_at", lookup_expr="date__lte", label=_("Changed until")
    )

    phrases = {
        "field": pgettext_lazy("field", "of {}"),
        "company": _("in batches of {}"),
        "regulator": pgettext_lazy("regulator", "by {}"),
        "seen_after": _("seen from {} on"),
        "seen_before": _("seen until {}"),
        "q": _("matching “{}”"),
    }

    class Meta:
        model = Revision
        fields = []


class RevisionList(RecordList):
    title = _("Revisions by regulators")
    intro = _(
        "A row is a value that a regulator's own file gave otherwise before, under the same notice number. Files "
        "are read from time to time, so a change was made between the last day on which the old value was seen and "
        "the first day of the new one."
    )
    file_name = "revisions"
    nouns = pair("revision", "revisions")
    table_class = RevisionTable
    filterset_class = RevisionFilterSet
    entries = staticmethod(revision_entries)
    related_links = [
        (_("All recall batches"), "recalls:recallbatch_list"),
        (_("All sources"), "evidence:source_list"),
    ]

    @put_together_once
    def get_queryset(self):
        revisions = Revision.objects.visible().with_difference().with_records()
        return revisions.select_related("batch__company", "batch__region", "batch__regulator")
