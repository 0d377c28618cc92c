"""Who may change what the public sees: the classes that every form of the admin stands on."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import model_ngettext
from django.contrib.auth import get_permission_codename
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from evidence.inlines import LinkTable
from evidence.models import Stance
from evidence.refusals import raise_now, sentence
from evidence.widgets import FormOptions
from history.admin import RecordedAdmin
from listing.conditions import Exists
from listing.languages import in_english
from listing.words import clauses

NAMED_AT_MOST = 20
REASON_NEEDED = {
    True: _("Not published: give the reason in the box beside the menu; the public reads it."),
    False: _("Not withdrawn: give the reason in the box beside the menu; the public reads it."),
}
DONE = {True: _("%(records)s published."), False: _("%(records)s withdrawn.")}


class RecordAdmin(FormOptions, RecordedAdmin):
    """A record that only a publisher changes once the public sees it."""

    list_per_page = 50
    show_full_result_count = False
    public_when = ""  # a lookup that says so; without one the queryset's own visible() does
    needs_citation = False

    class Media:
        css = {"all": ["admin/staff.css"]}
        js = ["admin/staff.js"]

    def is_public(self, obj):
        rows = self.model._default_manager.filter(pk=obj.pk)
        return (rows.filter(**{self.public_when: True}) if self.public_when else rows.visible()).exists()

    def has_publish_permission(self, request):
        """Where a model has no permission of this name, whoever may delete a record may change a public one."""
        action = "publish" if "publish" in self.opts.default_permissions else "delete"
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request, obj):
        return (
            obj is None or obj.pk is None or self.has_publish_permission(request) or not self.is_public(obj)
        )

    def get_queryset(self, request):
        related = self.list_select_related
        return super().get_queryset(request).select_related(*(related if isinstance(related, tuple) else ()))

    def get_search_results(self, request, queryset, search_term):
        """What the public list of these records finds, where there is one."""
        if search_term.strip() and hasattr(queryset, "matching"):
            return queryset.matching(search_term), False
        return super().get_search_results(request, queryset, search_term)

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj and self.is_public(obj) else None

    def get_inlines(self, request, obj):
        """On a new record without the tables of what names it: nothing does yet."""
        inlines = super().get_inlines(request, obj)
        return inlines if obj else [inline for inline in inlines if not issubclass(inline, LinkTable)]

    def lookup_allowed(self, lookup, value, request):
        """The filters of the page and foreign keys: any other column takes a wrong value to the database."""
        links = [field.name for field in self.opts.fields if field.many_to_one]
        offered = lookup.split("__")[0] in (*links, *self.list_filter, self.date_hierarchy)
        return offered and super().lookup_allowed(lookup, value, request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show what the database refuses above the form, with all that was typed still in it."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            request.refusal = sentence(error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        raise_now()


class ReasonActionForm(ActionForm):
    """The menu of actions with the reason that some of them need."""

    reason = forms.CharField(
        required=False, max_length=300, label=_("Reason:"), widget=forms.TextInput(attrs={"size": 30})
    )


class PublishableAdmin(RecordAdmin):
    """A record with a draft and a published state, and the actions that change it."""

    actions = ["publish", "withdraw"]
    public_when = "is_published"
    needs_citation = True
    action_form = ReasonActionForm

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if self.has_publish_permission(request) else [*fields, "is_published"]

    @admin.action(permissions=["publish"], description=_("Publish selected %(verbose_name_plural)s"))
    def publish(self, request, queryset):
        drafts = queryset.filter(is_published=False)
        if not self._set_published(request, queryset, drafts.filter(self._is_supported()), True):
            return
        if uncited := drafts.exclude(self._is_supported()):
            self.message_user(request, _uncited(list(uncited)), messages.ERROR)

    @admin.action(permissions=["publish"], description=_("Withdraw selected %(verbose_name_plural)s"))
    def withdraw(self, request, queryset):
        self._set_published(request, queryset, queryset.filter(is_published=True), False)

    def _is_supported(self):
        if not self.needs_citation:
            return Q()
        link = self.opts.get_field("citations")
        supporting = link.related_model.objects.filter(stance=Stance.SUPPORTS)
        return Q(Exists(supporting.filter(**{link.field.name: OuterRef("pk")})))

    def _set_published(self, request, ticked, queryset, is_published):
        """Publish or withdraw those of the ticked records that still wait for it; False where it was refused."""
        done = "published" if is_published else "withdrawn"
        if not request.POST.get("reason", "").strip():
            return self.message_user(request, REASON_NEEDED[is_published], messages.ERROR)
        try:
            count = self._update_and_log(request, queryset, is_published, done)
        except IntegrityError as error:
            return self.message_user(request, sentence(error), messages.ERROR)
        records = f"{count:,} {model_ngettext(self.opts, count)}"
        self.message_user(request, DONE[is_published] % {"records": records})
        others = ticked.filter(is_published=is_published).count() - count
        self._tell_of_others(request, others, is_published)
        return True

    def _tell_of_others(self, request, count, is_published):
        if count > 0:
            said = (
                ngettext("%(records)s was published already.", "%(records)s were published already.", count)
                if is_published
                else ngettext("%(records)s was a draft already.", "%(records)s were drafts already.", count)
            )
            records = f"{count:,} {model_ngettext(self.opts, count)}"
            self.message_user(request, said % {"records": records}, messages.WARNING)

    @transaction.atomic
    def _update_and_log(self, request, queryset, is_published, done):
        """Who comes second waits for the lock, then finds the records changed and leaves them alone."""
        records = list(queryset.select_for_update(of=("self",)))
        with in_english():
            LogEntry.objects.log_actions(request.user.pk, records, CHANGE, f"{done.capitalize()}.")
        own = self.model._default_manager.filter(pk__in=[record.pk for record in records])
        count = own.exclude(is_published=is_published).update(is_published=is_published)
        raise_now()
        return count


def _uncited(records):
    names = clauses(records[:NAMED_AT_MOST])
    if (more := len(records) - NAMED_AT_MOST) > 0:
        names = clauses([names, gettext("and %(count)s more") % {"count": more}])
    return gettext("Not published, because no citation supports it: %(names)s.") % {"names": names}
