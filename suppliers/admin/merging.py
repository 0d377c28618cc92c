"""How staff merge two records: chosen in the list, compared on a page of their own, one of them kept."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.publishing import RecordAdmin
from evidence.refusals import is_id
from listing.languages import in_english
from suppliers.merging import MergeError, merge, rehearse

PAIR = 2
CHOOSE_TWO = _("Tick exactly two to merge.")


@dataclass
class Option:
    """One way to merge two records, as it went in a rehearsal."""

    kept: models.Model
    merged: models.Model
    moves: list
    refusals: list

    @property
    def count(self):
        return sum(kind.count for kind in self.moves)

    @property
    def rank(self):
        """The better the lower: one that can be done, keeps what is reviewed, and moves least."""
        return bool(self.refusals), not getattr(self.kept, "is_reviewed", True), self.count, self.kept.pk


class MergeableAdmin(RecordAdmin):
    """A record that can be merged; once merged it is in no list or menu, and is only read."""

    readonly_fields = ["merged_into"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset.unmerged(), search_term)

    def get_fields(self, request, obj=None):
        return [*self.fields, "merged_into"] if obj and obj.merged_into_id else self.fields

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def has_merge_permission(self, request):
        name = f"{self.opts.app_label}.merge_{self.opts.model_name}"
        return self.has_change_permission(request) and request.user.has_perm(name)

    @admin.action(permissions=["merge"], description=_("Merge these two %(verbose_name_plural)s"))
    def merge(self, request, queryset):
        keys = list(queryset.values_list("pk", flat=True)[: PAIR + 1])
        if len(keys) != PAIR:
            return self.message_user(request, CHOOSE_TWO, messages.ERROR)
        return redirect(f"{reverse(self._merge_url)}?{urlencode({'of': sorted(keys)}, doseq=True)}")

    @property
    def _merge_url(self):
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_merge"

    def get_urls(self):
        page = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", page, name=self._merge_url.removeprefix("admin:")), *super().get_urls()]

    def merge_view(self, request):
        """Compare the two records and what either merge would move; by POST, merge them."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        keys = set(request.GET.getlist("of"))
        if len(keys) != PAIR or not all(map(is_id, keys)):
            return self._back(request, CHOOSE_TWO)
        pair = self._pair(request, keys)
        if len(pair) < PAIR:
            return self._back(request, gettext("One of the two is merged or deleted already."))
        return self._merged(request, pair) or self._compared(request, pair)

    def _back(self, request, why):
        """To the list, where the two are ticked."""
        self.message_user(request, why, messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _pair(self, request, keys):
        pair = list(self.get_queryset(request).unmerged().filter(pk__in=keys).order_by("pk"))
        if not all(self.has_change_permission(request, record) for record in pair):
            raise PermissionDenied
        return pair

    def _merged(self, request, pair):
        """Where to go after the merge that was asked for; None where there was none, or it is refused."""
        kept = [record for record in pair if str(record.pk) == request.POST.get("kept")]
        if not kept:
            return None
        (merged,) = (record for record in pair if record not in kept)
        try:
            record = merge(*kept, merged, request.user)
        except MergeError as error:
            return messages.error(request, str(error))
        with in_english():
            LogEntry.objects.log_actions(request.user.pk, pair, CHANGE, f"Merged {record}.")
        self.message_user(request, gettext("Merged %(merge)s.") % {"merge": record}, messages.SUCCESS)
        return redirect("admin:suppliers_merge_change", record.pk)

    def _compared(self, request, pair):
        options = [Option(*ends, *rehearse(*ends)) for ends in (pair, pair[::-1])]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Merge two %(records)s") % {"records": self.opts.verbose_name_plural},
            "opts": self.opts,
            "media": self.media,
            "options": sorted(options, key=lambda option: option.rank),
            "can_merge": not all(option.refusals for option in options),
        }
        return TemplateResponse(request, "admin/suppliers/merge.html", context)
