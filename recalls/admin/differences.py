"""Where a regulator's file and a batch that staff have edited differ: one click takes either side."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from evidence.refusals import raise_now, sentence
from history.telling import telling
from listing.languages import in_english
from listing.retelling import kept
from listing.words import enumerated
from recalls.admin.reading import ReadOnlyAdmin, WaitingFilter, at, to_page
from recalls.importers.writing.differences import keep_ours, take_theirs
from recalls.models import Difference, RecallBatch
from recalls.models.record import DifferenceState

GONE = _("Somebody else has decided on this difference meanwhile; nothing was changed.")
DONE = {
    "theirs": _("{1}: the regulator's value is taken ({0})."),
    "ours": _("{1}: our value is kept ({0})."),
}
WHY = {"theirs": kept("The regulator's value was taken."), "ours": kept("Our value was kept.")}
BUTTONS = """<span class="decide">
<button type="submit" class="button" formaction="{}">{}</button>
<button type="submit" class="button" formaction="{}">{}</button></span>"""


def decide(side, difference, user):
    """Take one side of a difference that waits; False where somebody else was first."""
    with telling(why=WHY[side]), transaction.atomic():
        # An import locks the batch first too: in another order the two could wait for each other.
        RecallBatch.objects.select_for_update(no_key=True).get(pk=difference.batch_id)
        waiting = Difference.objects.waiting().select_for_update(of=("self",))
        difference = waiting.select_related("batch").filter(pk=difference.pk).first()
        if difference is None:
            return False
        {"theirs": take_theirs, "ours": keep_ours}[side](difference, user)
        with in_english():
            said = DONE[side].format(difference.get_field_display(), difference.batch.slug)
        LogEntry.objects.log_actions(user.pk, [difference.batch], CHANGE, said, single_object=True)
        raise_now()
    return True


@admin.register(Difference)
class DifferenceAdmin(ReadOnlyAdmin):
    list_display = ["field", "its_batch", "our_value", "their_value", "decision", "its_record", "found"]
    list_filter = [WaitingFilter, "field"]
    list_select_related = ("batch__region", "record__regulator", "decided_by")
    search_fields = ["batch__title", "batch__notice_number", "batch__slug"]
    fields = ["its_batch", "field", "our_value", "their_value", "found", "its_record", "outcome"]

    def get_urls(self):
        views = {"theirs": self.take_theirs, "ours": self.keep_ours}
        own = [
            path(
                f"<int:pk>/{side}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"recalls_difference_{side}",
            )
            for side, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request):
        """`may_decide`: whether this user may change the batch, which only a publisher may once it is public."""
        may_change, may_publish = powers(self.admin_site, request)
        may_decide = Case(When(batch__is_published=True, then=Value(may_publish)), default=Value(may_change))
        return super().get_queryset(request).annotate(may_decide=may_decide)

    def take_theirs(self, request, pk):
        return self._decided(request, pk, "theirs")

    def keep_ours(self, request, pk):
        return self._decided(request, pk, "ours")

    def _decided(self, request, pk, side):
        difference = get_object_or_404(self.get_queryset(request), pk=pk)
        if not difference.may_decide:
            raise PermissionDenied
        try:
            is_first = decide(side, difference, request.user)
        except IntegrityError as error:
            self.message_user(request, sentence(error), messages.ERROR)
        else:
            said = DONE[side].format(difference.get_field_display(), difference.batch)
            self.message_user(
                request, said if is_first else GONE, messages.SUCCESS if is_first else messages.WARNING
            )
        return HttpResponseRedirect(came_from(request, reverse("admin:recalls_difference_changelist")))

    @admin.display(description=pgettext_lazy("column", "batch"), ordering="batch__title")
    def its_batch(self, difference):
        return to_page(difference.batch)

    @admin.display(description=_("ours"))
    def our_value(self, difference):
        return difference.ours or gettext("not stated")

    @admin.display(description=_("the regulator's"))
    def their_value(self, difference):
        return difference.theirs or gettext("not stated")

    @admin.display(description=_("found"), ordering="found_at")
    def found(self, difference):
        return at(difference.found_at)

    @admin.display(description=pgettext_lazy("model or column", "record"))
    def its_record(self, difference):
        return to_page(difference.record, difference.record.number)

    @admin.display(description=_("decision"))
    def decision(self, difference):
        if difference.state != DifferenceState.WAITING or not difference.may_decide:
            return outcome(difference, difference.batch.is_published)
        theirs, ours = (reverse(f"admin:recalls_difference_{side}", args=[difference.pk]) for side in DONE)
        return format_html(BUTTONS, theirs, gettext("take the regulator's"), ours, gettext("keep ours"))

    @admin.display(description=_("decision"))
    def outcome(self, difference):
        return outcome(difference, difference.batch.is_published)


def powers(admin_site, request):
    """Whether this user may change draft batches, and published ones."""
    batches = admin_site.get_model_admin(RecallBatch)
    may_change = batches.has_change_permission(request)
    return may_change, may_change and batches.has_publish_permission(request)


def came_from(request, otherwise):
    """The page of ours that a button was pressed on."""
    address = request.headers.get("referer", "")
    hosts = {request.get_host()}
    return address if url_has_allowed_host_and_scheme(address, hosts, request.is_secure()) else otherwise


def outcome(record, is_public):
    """The state of a record that waits for staff or is decided, with who decided when.

    `is_public`: it is about what is published, on which only publishers decide.
    """
    if is_public and not record.decided_at and not record.may_decide:
        return gettext("waits for a publisher")
    said = record.get_state_display()
    if not record.decided_at:
        return said
    who = record.decided_by or gettext("somebody")
    return enumerated([said, who, at(record.decided_at)])
