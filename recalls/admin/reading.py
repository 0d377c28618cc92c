"""What staff read in the admin and nobody enters there: imports and what they leave behind."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from evidence.publishing import RecordAdmin
from listing.words import with_count
from recalls.models import NoticeRecord


class ReadOnlyAdmin(RecordAdmin):
    """Records that imports write: staff look at them, and decide elsewhere."""

    actions = None

    def is_public(self, obj):
        return False

    def lookup_allowed(self, lookup, value, request):
        own = [getattr(entry, "parameter_name", None) for entry in self.list_filter]
        return lookup in own or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class WaitingFilter(admin.SimpleListFilter):
    """What waits for staff, or all: each queryset names by `waiting()` what does."""

    title = _("state")
    parameter_name = "show"
    default = "waiting"

    def lookups(self, request, model_admin):
        return [("waiting", gettext("Waiting for staff")), ("all", gettext("All"))]

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            yield {
                "selected": self.chosen == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }

    @property
    def chosen(self):
        return self.value() if self.value() in ("waiting", "all") else self.default

    def queryset(self, request, queryset):
        return queryset.waiting() if self.chosen == "waiting" else queryset


class AllFilter(WaitingFilter):
    """The same with all of them first."""

    default = "all"


def to_page(record, text=None):
    """A link to a record's page of the admin; nothing where there is none."""
    if record is None:
        return "-"
    name = record._meta.label_lower.replace(".", "_")
    return format_html(
        '<a href="{}">{}</a>', reverse(f"admin:{name}_change", args=[record.pk]), text or record
    )


def to_list(name, text, **query):
    """A link to a list of the admin, narrowed."""
    return format_html('<a href="{}">{}</a>', reverse(f"admin:{name}_changelist", query=query or None), text)


def to_versions(record):
    """A link to all raw records of a notice, by whichever file."""
    count = NoticeRecord.objects.versions_of(record).count()
    query = {"regulator__id__exact": record.regulator_id, "number": record.number}
    said = with_count(ngettext("%(count)s raw record", "%(count)s raw records", count), count)
    return to_list("recalls_noticerecord", said, **query)


def at(instant):
    """An instant as people read it; the site's clock is UTC."""
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC" if instant else "-"
