"""What every record of the admin has: its versions, and care for what others save at the same time."""

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from history.forms import asked
from history.meanwhile import GONE, Meanwhile, is_deleted, is_key, is_snapshot, lock, snapshot
from history.parts import all_new, note_parts, parts_of, renumbered
from history.restoring import NotRestoredError, restore
from history.telling import telling
from history.versions import history_of

REASON_NEEDED = _("Not restored: say why.")
CLASH = _("Not restored: what stands now, or rests on it, does not allow it ({}).")
SHOWN = 50


class RecordedAdmin(admin.ModelAdmin):
    """A record with its versions, saved by one person at a time."""

    object_history_template = "admin/history/versions.html"

    def parts(self, request, obj):
        return parts_of(self, request, obj)

    # Two people at once

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.history_seen = (
            request.POST.get("seen", "") if object_id and request.method == "POST" else None
        )
        request.history_snapshot = snapshot() if request.method != "POST" else ""
        request.history_meanwhile = None
        with telling(why=request.POST.get("reason", "").strip()):
            if request.history_seen and self._is_gone(request, object_id):
                return self._entered_anew(request, form_url, extra_context)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _is_gone(self, request, object_id):
        """Deleted while its page was open, by somebody whom the history knows."""
        key = unquote(object_id)
        return is_key(key) and self.has_add_permission(request) and is_deleted(self.model, int(key))

    def _entered_anew(self, request, form_url, extra_context):
        """What was typed stands in a form for a new record; sent once more, it is entered as one."""
        request.history_gone = request.history_seen != GONE
        request.history_seen, request.history_snapshot = None, GONE
        return super().changeform_view(request, None, form_url, extra_context)

    def get_object(self, request, object_id, from_field=None):
        """To be saved, it is locked with its parts before anybody looks whether others have saved it."""
        obj = super().get_object(request, object_id, from_field)
        if obj is None or getattr(request, "history_seen", None) is None:
            return obj
        parts = self.parts(request, obj)
        lock(obj, parts)
        request.history_snapshot = snapshot()
        if is_snapshot(request.history_seen):
            request.history_meanwhile = Meanwhile(obj, parts, request.history_seen)
        return super().get_object(request, object_id, from_field)

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = asked(kwargs.get("form") or self.form)
        form = super().get_form(request, obj, change=change, **kwargs)
        form.snapshot = getattr(request, "history_snapshot", "")
        form.meanwhile = getattr(request, "history_meanwhile", None)
        form.is_gone = getattr(request, "history_gone", False)
        return form

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        shown = flatten_fieldsets(fieldsets)
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        missing = [name for name in ("reason", "seen") if name not in shown]
        return [*fieldsets, (_("Why"), {"fields": missing})] if may and missing else fieldsets

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        meanwhile = getattr(request, "history_meanwhile", None)
        if "data" in given and hasattr(request, "history_gone"):
            given["data"] = all_new(given["data"], prefix, inline, self.model)
        elif meanwhile and "data" in given:
            form = inline.get_formset(request, obj).form
            given["data"] = renumbered(given["data"], prefix, inline.model, form, meanwhile)
        return given

    def _create_formsets(self, request, obj, change):
        """Django's own step between making the parts' forms and checking them."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        if meanwhile := getattr(request, "history_meanwhile", None):
            note_parts(formsets, meanwhile)
        return formsets, inlines

    def changelist_view(self, request, extra_context=None):
        with telling(why=request.POST.get("reason", "").strip()):
            return super().changelist_view(request, extra_context)

    # Django's own log, which is kept in English

    def log_addition(self, request, obj, message):
        with override("en"):
            return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        with override("en"):
            return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        with override("en"):
            return super().log_deletions(request, queryset)

    # Versions

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(require_POST(self.restore_view))
        return [path("<path:object_id>/history/<int:version>/restore/", view, name=name), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_permission(request, obj):
            return super().history_view(request, object_id, extra_context)
        entries = history_of(obj, self.parts(request, obj))
        context = {
            "entries": entries[:SHOWN],
            "further": len(entries) - SHOWN,
            "may_restore": self.has_change_permission(request, obj),
            "restore_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_restore",
        }
        return super().history_view(request, object_id, {**context, **(extra_context or {})})

    def restore_view(self, request, object_id, version):
        """Put a version back."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        for sentence in self._restored(obj, self.parts(request, obj), version, request):
            self.message_user(request, sentence, messages.ERROR)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return HttpResponseRedirect(reverse(name, args=[object_id]))

    def _restored(self, obj, parts, version, request):
        """The sentences that say why not; none where it is done."""
        why = request.POST.get("reason", "").strip()[:300]
        if not why:
            return [REASON_NEEDED]
        try:
            restore(obj, parts, version, why, check=connection.check_constraints)
        except NotRestoredError as error:
            return [gettext("Not restored. %(why)s") % {"why": sentence} for sentence in error.sentences]
        except IntegrityError as error:
            return [CLASH.format(error.__cause__.diag.message_primary)]
        self.log_change(request, obj, f"Restored an earlier version: {why}.")
        self.message_user(
            request, gettext("Restored. It is a change like any other: the versions before it are all here.")
        )
        return []
