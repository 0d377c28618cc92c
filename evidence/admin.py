from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from evidence.forms import RecordForm
from evidence.inlines import PartTable
from evidence.models import Source, SourceReference
from evidence.publishing import RecordAdmin


class ReferenceInline(PartTable):
    model = SourceReference
    fk_name = "by"
    fields = ["number", "to", "credited_publisher"]
    autocomplete_fields = ["to"]
    verbose_name_plural = _("numbered references to other sources")


class SourceForm(RecordForm):
    class Meta:
        widgets = {"title": AdminTextInputWidget}


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    form = SourceForm
    list_display = ["title", "publisher", "kind", "published_on", "language"]
    list_filter = ["kind", "language"]
    search_fields = ["title", "publisher", "slug", "url"]
    prepopulated_fields = {"slug": ["publisher", "title"]}
    fields = [
        "title",
        ("publisher", "kind"),
        "url",
        ("published_on", "language"),
        "slug",
        "note",
    ]
    inlines = [ReferenceInline]
