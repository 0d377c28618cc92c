from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listing.languages import in_english
from suppliers.merging import MergeError
from suppliers.models import Merge
from suppliers.moves import moves
from suppliers.unmerging import undo

ENDS = ["kept_company", "merged_company", "kept_model", "merged_model"]


@admin.register(Merge)
class MergeAdmin(admin.ModelAdmin):
    """What was merged and what that moved, to read and to undo."""

    list_display = ["__str__", "kind", "merged_at", "merged_by", "undone_at", "undone_by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = [f"{end}__{'name' if 'company' in end else 'model_number'}" for end in ENDS]
    search_help_text = _("A company's name or a model number")

    class Media:
        css = {"all": ["admin/staff.css"]}

    @admin.display(description=_("of"))
    def kind(self, merge):
        return merge.kept._meta.verbose_name_plural

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*ENDS, "merged_by", "undone_by", "part_of")

    def get_search_results(self, request, queryset, search_term):
        """In the list without the merges that are part of another."""
        return super().get_search_results(request, queryset.filter(part_of=None), search_term)

    def lookup_allowed(self, lookup, value, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Only of a merge that has been undone: the record of any other is needed to undo it."""
        return bool(obj and obj.undone_at) and super().has_delete_permission(request, obj)

    def may_undo(self, request, merge):
        records = self.admin_site.get_model_admin(type(merge.kept))
        return not merge.undone_at and not merge.part_of_id and records.has_merge_permission(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        merge = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, merge):
            raise PermissionDenied
        if merge is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST":
            return self._undone(request, merge)
        return self._shown(request, merge)

    def _undone(self, request, merge):
        if not self.may_undo(request, merge):
            raise PermissionDenied
        try:
            undo(merge, request.user)
        except MergeError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            ends = [merge.kept, merge.merged]
            with in_english():
                LogEntry.objects.log_actions(request.user.pk, ends, CHANGE, f"Undid the merge of {merge}.")
            self.message_user(
                request, gettext("Undone: the merge of %(merge)s.") % {"merge": merge}, messages.SUCCESS
            )
        return redirect(request.path)

    def _shown(self, request, merge):
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Merge of %(merge)s") % {"merge": merge},
            "opts": self.opts,
            "media": self.media,
            "merge": merge,
            "kept_page": _page(merge.kept),
            "merged_page": _page(merge.merged),
            "moves": moves(merge),
            "may_undo": self.may_undo(request, merge),
            "may_delete": self.has_delete_permission(request, merge),
        }
        return TemplateResponse(request, "admin/suppliers/merge_record.html", context)


def _page(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
