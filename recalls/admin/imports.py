"""Imports: each run, what it refused, and the raw records that it read."""

import json

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from listing.export import CopyStream
from listing.retelling import retold
from listing.words import with_count
from recalls.admin.reading import AllFilter, ReadOnlyAdmin, at, to_list, to_page, to_versions
from recalls.models import ImportedBatch, ImportRun, NoticeRecord, RefusedRow
from recalls.spreadsheets.report import reasons_retold

REFUSED = {name: F(name) for name in ("position", "number", "reason", "raw")}


class RunFilter(AllFilter):
    def lookups(self, request, model_admin):
        return [
            ("all", gettext("All")),
            ("waiting", gettext("Failed or broken off, and not made good since")),
        ]


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = [
        "started",
        "format",
        "regulator",
        "who",
        "standing",
        "duration",
        "read",
        "new",
        "changed",
        "unchanged",
        "refused",
        "waiting",
    ]
    list_filter = [RunFilter, "regulator", "format"]
    list_select_related = ("regulator", "who")
    search_fields = ["address", "sha256", "format"]
    fields = [
        ("format", "regulator", "started_by"),
        "address",
        "sha256",
        ("retrieved", "started", "finished", "duration"),
        "standing",
        "fault",
        ("read", "new", "changed", "unchanged", "refused"),
        ("unread_quantities", "waiting"),
        "refused_records",
        "raw_records",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_standing()

    @admin.display(description=_("Who"))
    def started_by(self, run):
        """The name alone: not everybody may open the account's page."""
        return run.who or "-"

    def get_urls(self):
        refused = self.admin_site.admin_view(self.refused_file)
        own = path("<int:pk>/refused.csv", refused, name="recalls_importrun_refused")
        return [own, *super().get_urls()]

    def refused_file(self, request, pk):
        """The refused records of a run as a CSV file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = get_object_or_404(ImportRun, pk=pk)
        name = f'attachment; filename="refused-{run.format}-{run.pk}.csv"'
        return StreamingHttpResponse(
            CopyStream(run.refused_rows.all(), REFUSED),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": name},
        )

    @admin.display(description=_("started"), ordering="started_at")
    def started(self, run):
        return at(run.started_at)

    @admin.display(description=_("fetched"))
    def retrieved(self, run):
        return at(run.retrieved_at)

    @admin.display(description=_("finished"))
    def finished(self, run):
        return at(run.finished_at)

    @admin.display(description=_("state"), ordering="standing")
    def standing(self, run):
        return format_html('<span class="standing {}">{}</span>', run.standing, gettext(run.standing))

    @admin.display(description=pgettext_lazy("model or column", "error"))
    def fault(self, run):
        return retold(run.error) or "-"

    @admin.display(description=_("duration"))
    def duration(self, run):
        if run.finished_at is None:
            return "-"
        seconds = round((run.finished_at - run.started_at).total_seconds())
        minutes, seconds = divmod(seconds, 60)
        if not minutes:
            return gettext("%(seconds)s s") % {"seconds": seconds}
        return gettext("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": seconds}

    @admin.display(description=_("refused records"))
    def refused_records(self, run):
        count = run.refused_rows.count()
        if not count:
            return gettext("none")
        said = with_count(
            ngettext("%(count)s record with reasons", "%(count)s records with reasons", count), count
        )
        rows = to_list("recalls_refusedrow", said, run__id__exact=run.pk)
        file = reverse("admin:recalls_importrun_refused", args=[run.pk])
        return format_html('{} · <a href="{}">{}</a>', rows, file, gettext("as CSV"))

    @admin.display(description=_("raw records"))
    def raw_records(self, run):
        return to_list(
            "recalls_noticerecord",
            gettext("Raw records that this run was the first to read"),
            run__id__exact=run.pk,
        )


@admin.register(RefusedRow)
class RefusedRowAdmin(ReadOnlyAdmin):
    list_display = ["position", "number", "why", "its_run"]
    list_select_related = ("run",)
    search_fields = ["number", "reason"]
    fields = ["its_run", "position", "number", "why", "record"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("raw")

    @admin.display(description=pgettext_lazy("model or column", "reason"), ordering="reason")
    def why(self, row):
        return reasons_retold(row.reason)

    @admin.display(description=_("run"), ordering="run")
    def its_run(self, row):
        return to_page(row.run)

    @admin.display(description=pgettext_lazy("model or column", "record"))
    def record(self, row):
        return pretty(row.raw)


@admin.register(NoticeRecord)
class NoticeRecordAdmin(ReadOnlyAdmin):
    list_display = ["number", "regulator", "format", "first_seen", "last_seen", "is_current"]
    list_filter = ["is_current", "regulator", "format"]
    list_select_related = ("regulator",)
    search_fields = ["number__exact"]
    search_help_text = _("The whole notice number")
    fields = [
        ("number", "regulator", "format"),
        ("first_seen", "last_seen", "is_current"),
        "first_read_by",
        "batches",
        "versions",
        "sha256",
        "record",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("raw")

    def lookup_allowed(self, lookup, value, request):
        return lookup == "number" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("first seen"), ordering="first_seen_at")
    def first_seen(self, record):
        return at(record.first_seen_at)

    @admin.display(description=_("last seen"), ordering="last_seen_at")
    def last_seen(self, record):
        return at(record.last_seen_at)

    @admin.display(description=_("first read by"))
    def first_read_by(self, record):
        return to_page(record.run)

    @admin.display(description=_("batches made of it"))
    def batches(self, record):
        made = ImportedBatch.objects.filter(record=record).select_related("batch__region")
        return format_html_join(", ", "{}", ((to_page(imported.batch),) for imported in made)) or "-"

    @admin.display(description=_("what files have said of this notice"))
    def versions(self, record):
        return to_versions(record)

    @admin.display(description=_("raw record"))
    def record(self, record):
        return pretty(record.raw)


def pretty(raw):
    """A record as it came, indented where it is JSON."""
    try:
        text = json.dumps(json.loads(raw), indent=2, ensure_ascii=False)
    except ValueError:
        text = raw
    return format_html('<pre class="raw">{}</pre>', text)
