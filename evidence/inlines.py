"""The parts of a record, entered on its page: whoever may change the record may change them."""

from django.contrib import admin

from evidence.forms import CitationFormSet
from evidence.widgets import FormOptions


class PartInline(FormOptions, admin.StackedInline):
    """Parts of a record, which have no permissions of their own."""

    extra = 0

    @property
    def record_admin(self):
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request, obj=None):
        return self.record_admin.has_view_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return self.record_admin.has_add_permission(request)
        return self.record_admin.has_change_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


class PartTable(PartInline):
    """Parts of few fields, a row each."""

    template = "admin/edit_inline/tabular.html"


class LinkTable(admin.TabularInline):
    """Records that name this one, to read here and to change on their own pages."""

    extra = 0
    is_part = False
    can_delete = False
    show_change_link = True
    view_on_site = False
    list_select_related = ()

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.list_select_related)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class CitationInline(PartInline):
    """Citations of one kind of record: the table has a foreign key for each kind, and `fk_name` is the one."""

    formset = CitationFormSet
    autocomplete_fields = ["source"]
    fields = [
        ("source", "where", "figure", "stance"),
        ("stated_low", "stated_high", "stated_currency", "note"),
    ]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.is_needed = self.record_admin.needs_citation
        return formset

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")


def citations(citation, subject):
    """The inline that cites its page's record by the foreign key `subject`."""
    return type(f"{subject}_citations", (CitationInline,), {"model": citation, "fk_name": subject})
