"""What imports leave to staff: quantities they refused, and notices named that are not linked yet."""

from django.contrib import admin
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from listing.retelling import retold
from recalls.admin.reading import ReadOnlyAdmin, WaitingFilter, to_page
from recalls.models import ImportedBatch, NoticeLink


@admin.register(ImportedBatch)
class ImportedBatchAdmin(ReadOnlyAdmin):
    list_display = ["its_batch", "text", "not_read", "nor_read", "its_record"]
    list_display_links = None
    list_filter = [WaitingFilter]
    list_select_related = ("batch__region", "batch__regulator", "record__regulator")
    search_fields = ["batch__title", "batch__notice_number", "batch__slug", "units_refused"]
    fields = ["its_batch", "text", "not_read", "nor_read", "its_record"]

    @admin.display(description=pgettext_lazy("column", "batch"), ordering="batch__title")
    def its_batch(self, imported):
        return to_page(imported.batch)

    @admin.display(description=_("units as published"))
    def text(self, imported):
        return imported.batch.raw_units or gettext("not stated")

    @admin.display(description=pgettext_lazy("model or column", "units refused"), ordering="units_refused")
    def not_read(self, imported):
        return retold(imported.units_refused)

    @admin.display(description=pgettext_lazy("model or column", "problems"), ordering="problems")
    def nor_read(self, imported):
        return retold(imported.problems)

    @admin.display(description=pgettext_lazy("model or column", "record"))
    def its_record(self, imported):
        return to_page(imported.record, imported.record.number)


@admin.register(NoticeLink)
class NoticeLinkAdmin(ReadOnlyAdmin):
    list_display = ["its_batch", "kind", "target", "followed_at"]
    list_display_links = None
    list_filter = [WaitingFilter, "kind"]
    list_select_related = ("batch__region",)
    search_fields = ["target", "batch__title", "batch__notice_number"]
    fields = ["its_batch", "kind", "target", "followed_at"]

    @admin.display(description=pgettext_lazy("column", "batch"), ordering="batch__title")
    def its_batch(self, link):
        return to_page(link.batch)
