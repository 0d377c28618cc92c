"""The list of recall batches by group: `?group=region`, as a page and as a file."""

import calendar
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.db import connections
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listing import figures
from listing.columns import UNKNOWN, Column, CountColumn, FigureColumn, LinkColumn
from listing.export import StatementStream
from listing.tables import Table
from recalls.exposure import with_exposure_figures
from recalls.group_keyset import EVERY, GroupKeyset
from recalls.group_of_batches import COLUMNS, FILE_COLUMNS, Group, named, total_of_groups
from recalls.grouping import GROUPINGS, MERELY_ALLEGED, grouped, grouped_whole
from recalls.lists import RecallBatchList
from recalls.summary import KEYS as SUMMED

OF_THE_GROUPED_PAGE = [
    "group",
    "sort",
    "page",
    "per_page",
    "cursor",
    "column",
    "export",
    "bom",
    "rows",
    "part",
    "whole",
]
SORTS = {
    "name": "name",
    "batches": "batches",
    "units": "coalesce(units_low, units_high)",
    "without_units": "without_units",
    "exposure": "coalesce(exposure_low, exposure_high)",
    "without_exposure": "without_exposure + without_rate",
}


def must_be_one_of(parameter, names):
    """Why what stands in the address is not taken."""
    return f"{parameter}: {gettext('Choose one of %(names)s.') % {'names': ', '.join(names)}}"


class GroupTable(Table):
    name = LinkColumn(verbose_name=_("Group"))
    batches = CountColumn(verbose_name=_("Recall batches"))
    units = FigureColumn("units", verbose_name=_("Units"))
    without_units = CountColumn(verbose_name=_("Without units"))
    amounts = Column(orderable=False, verbose_name=_("Sales amount as published"))
    exposure = FigureColumn("exposure", currency=True, verbose_name=_("Exposure"))
    without_exposure = CountColumn(verbose_name=_("Without exposure"))

    def render_batches(self, record):
        if not record.inside:
            return figures.number(record.batches)
        inside = gettext("%(count)s counted in another") % {"count": record.inside}
        return format_html("{} <small>{}</small>", record.batches, inside)

    def render_amounts(self, value):
        return amounts_in_words(
            (currency, *map(_decimal, ends), precision) for currency, *ends, precision in value
        )

    def render_without_exposure(self, record):
        return figures.number(record.without_exposure + record.without_rate)


def amounts_in_words(amounts):
    """Sums by currency, a line each."""
    texts = [(figures.money(low, high, currency, precision),) for currency, low, high, precision in amounts]
    return format_html_join(", ", '<span class="whole">{}</span>', texts) or UNKNOWN


def _decimal(text):
    return None if text is None else Decimal(text)


class GroupedBatchList(RecallBatchList):
    table_class = GroupTable
    entries = None
    shaped_by, choices = ("group",), GROUPINGS
    default_per_page = 100

    @cached_property
    def group(self):
        return self.params.get("group", "").strip().lower()

    @property
    def grouping(self):
        return GROUPINGS.get(self.group)

    @cached_property
    def errors(self):
        if self.grouping:
            return super().errors
        return [*super().errors, must_be_one_of("group", GROUPINGS)]

    @property
    def file_name(self):
        return f"recalls-by-{self.group}"

    @property
    def description(self):
        return super().description if self.errors else self._described(super().description)

    def _described(self, batches):
        return gettext("%(batches)s, by %(group)s") % {"batches": batches, "group": self.grouping.word}

    @property
    def sort(self):
        """Unless asked for otherwise the most units first, months in their course."""
        return super().sort or ("name" if self.group in ("month", "year") else "-units")

    @cached_property
    def groups(self):
        """All groups in their order; there are no more of them than companies."""
        if self.errors:
            return []
        with connections[self.rows.db].cursor() as cursor:
            cursor.execute(*self._statement(", ".join(COLUMNS)))
            return [self._made(row) for row in cursor.fetchall()]

    def _made(self, row):
        return named(Group(*row, exposure_currency=self.currency), self.group)

    @cached_property
    def keyset(self):
        """The groups in their order, to be read on from any of them."""
        value = SORTS[self.sort.removeprefix("-")]
        return GroupKeyset(self.rows.db, self.sort, value, COLUMNS, self._statement, self._made)

    @property
    def total(self):
        """All batches as one `Group`, each unit counted once."""
        return total_of_groups(self.totals, self.exposure)

    @cached_property
    def page(self):
        per_page = None if self.errors else self.options.cleaned_data["per_page"]
        page = Paginator(self.groups, per_page or self.default_per_page).get_page(self.params.get("page"))
        for group in page.object_list:
            group.address = self.address_of(group.key)
        return page

    @cached_property
    def table(self):
        table = super().table
        table.kept = ""  # the address of a group has it already
        table.columns["name"].column.verbose_name = self.grouping.heading if self.grouping else _("Group")
        return table

    @property
    def total_amounts(self):
        amounts = self.totals.amounts.items()
        return amounts_in_words((code, total.low, total.high, total.precision) for code, total in amounts)

    def file(self):
        columns = {"group": f"'{self.group}'", **FILE_COLUMNS, "exposure_currency": f"'{self.currency}'"}
        statement, params = self._statement(", ".join(columns.values()))
        with connections[self.rows.db].cursor() as cursor:
            inner = cursor.mogrify(statement, params).decode()
        if self.has_page_asked:
            inner = (
                f"({inner}) LIMIT {self.page.paginator.per_page} OFFSET {max(self.page.start_index() - 1, 0)}"
            )
        return StatementStream(inner, list(columns), bom=self.options.cleaned_data["bom"])

    def _statement(self, columns, after=EVERY, limit=None):
        direction = "DESC" if self.sort.startswith("-") else "ASC"
        order = f"key IS NULL, {SORTS[self.sort.removeprefix('-')]} {direction} NULLS LAST, key {direction}"
        order += f" LIMIT {limit:d}" if limit else ""
        if self.is_summed:
            return grouped_whole(self.grouping, self.group, self.currency, columns, order, after)
        rows = with_exposure_figures(self.figures, self.currency)
        return grouped(rows, self.grouping, columns, order, are_many=self.is_whole, after=after)

    @property
    def is_summed(self):
        """The summary has its groups."""
        return self.is_whole and self.group in SUMMED

    @property
    def comes_later(self):
        return not self.is_small and not self.is_summed

    def address_of(self, key):
        """The list of just this group's batches; None where no filter of the list can tell them apart."""
        params = self.params.copy()
        for name in OF_THE_GROUPED_PAGE:
            params.pop(name, None)
        if key is None or not (narrowed := self._narrowed(key)):
            return None
        for name, value in narrowed.items():
            params[name] = value
        return f"{reverse('recalls:recallbatch_list')}?{params.urlencode()}"

    def _narrowed(self, key):
        if self.group == "month":
            first = date.fromisoformat(f"{key}-01")
            return self._within(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
        if self.group == "year":
            return self._within(date(int(key), 1, 1), date(int(key), 12, 31))
        code = key.removesuffix(MERELY_ALLEGED)
        is_split = self.group == "supplier" and {code, f"{code}{MERELY_ALLEGED}"} <= self._keys
        return None if is_split or (self._chosen and code not in self._chosen) else {self.group: code}

    def _within(self, first, last):
        """The month or year, as far as the filters leave it."""
        chosen = self.filterset.form.cleaned_data
        return {
            "announced_after": max(first, chosen["announced_after"] or first).isoformat(),
            "announced_before": min(last, chosen["announced_before"] or last).isoformat(),
        }

    @cached_property
    def _keys(self):
        return {group.key for group in self.groups}

    @cached_property
    def _chosen(self):
        """The codes that the filter of the same name has chosen already."""
        field = self.filterset.form.fields[self.group]
        values = self.filterset.form.cleaned_data[self.group]
        return {getattr(value, getattr(field, "to_field_name", ""), value) for value in values or ()}
