"""Pairs of batches that may be one recall: both side by side, the evidence, and what staff make of it."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Case, Q, Value, When
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from evidence.refusals import sentence
from history.telling import telling
from listing.figures import NOT_STATED, money, quantity
from listing.languages import in_english
from listing.retelling import kept
from listing.words import enumerated, labels_of, listed
from recalls.admin.differences import outcome, powers
from recalls.admin.reading import ReadOnlyAdmin, WaitingFilter, to_page
from recalls.choices import Hazard
from recalls.duplicate_decisions import RefusedDecision, count_in, dismiss, link_jointly, undo
from recalls.models import DuplicateProposal

DECISIONS = {
    "joint": (_("linked as one joint announcement"), link_jointly),
    "first-in-second": (
        _("the first is counted in the second"),
        lambda p, user: count_in(p, user, p.first_id),
    ),
    "second-in-first": (
        _("the second is counted in the first"),
        lambda p, user: count_in(p, user, p.second_id),
    ),
    "not-the-same": (_("not the same"), dismiss),
    "undo": (_("undone, and waiting again"), lambda p, user: undo(p)),
}


@admin.register(DuplicateProposal)
class DuplicateProposalAdmin(ReadOnlyAdmin):
    list_display = ["pair", "evidence", "outcome"]
    list_filter = [WaitingFilter, "is_named", "is_same_region"]
    list_select_related = (
        "first__region",
        "second__region",
        "first__regulator",
        "second__regulator",
        "decided_by",
    )
    search_fields = ["first__title", "second__title", "first__notice_number", "second__notice_number"]

    def get_urls(self):
        decide = self.admin_site.admin_view(require_POST(self.decide))
        own = path("<int:pk>/decide/", decide, name="recalls_duplicateproposal_decide")
        return [own, *super().get_urls()]

    def get_queryset(self, request):
        """`may_decide`: whether this user may change both batches."""
        may_change, may_publish = powers(self.admin_site, request)
        is_public = Q(first__is_published=True) | Q(second__is_published=True)
        may_decide = Case(When(is_public, then=Value(may_publish)), default=Value(may_change))
        return super().get_queryset(request).annotate(may_decide=may_decide)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        proposal = self.get_object(request, object_id)
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Are these one recall?"),
            "proposal": proposal,
            "outcome": self.outcome(proposal),
            "rows": side_by_side(proposal.first, proposal.second),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/recalls/duplicateproposal/decide.html", context)

    def decide(self, request, pk):
        proposal = get_object_or_404(self.get_queryset(request), pk=pk)
        said, act = DECISIONS.get(request.POST.get("decision"), (None, None))
        if act is None or not proposal.may_decide:
            raise PermissionDenied
        try:
            with telling(why=_in_english(kept("Possible duplicate: {0}."), said)):
                act(proposal, request.user)
        except (RefusedDecision, IntegrityError) as error:
            refusal = sentence(error) if isinstance(error, IntegrityError) else str(error)
            self.message_user(request, refusal, messages.ERROR)
        else:
            pair = [proposal.first, proposal.second]
            LogEntry.objects.log_actions(
                request.user.pk, pair, CHANGE, _in_english("{0}: {1}.", proposal, said)
            )
            done = gettext("%(pair)s: %(done)s.") % {"pair": proposal, "done": said}
            self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:recalls_duplicateproposal_change", args=[pk]))

    @admin.display(description=_("pair"))
    def pair(self, proposal):
        return listed(f"{batch.regulator}: {batch}" for batch in (proposal.first, proposal.second))

    @admin.display(description=_("evidence"))
    def evidence(self, proposal):
        return proposal.evidence

    @admin.display(description=_("decision"))
    def outcome(self, proposal):
        return outcome(proposal, proposal.first.is_published or proposal.second.is_published)


def _in_english(form, *words):
    """For what is kept."""
    with in_english():
        return form.format(*words)


SHOWN = {
    _("Batch"): to_page,
    _("Regulator"): lambda batch: batch.regulator,
    _("Region"): lambda batch: batch.region,
    _("Notice number"): lambda batch: batch.notice_number,
    _("Announced"): lambda batch: batch.announced_on.isoformat(),
    _("Company"): lambda batch: batch.company,
    _("Product models"): lambda batch: _models(batch),
    _("Units"): lambda batch: quantity(batch.units_low, batch.units_high, batch.units_precision),
    _("Units as published"): lambda batch: batch.raw_units,
    _("Price of one unit"): lambda batch: money(batch.price_low, batch.price_high, batch.price_currency),
    _("Sold"): lambda batch: " – ".join(str(end) for end in (batch.sold_from, batch.sold_until) if end),
    _("Hazards"): lambda batch: labels_of(Hazard, batch.hazards),
    _("Cause"): lambda batch: batch.cause,
    _("Remedies"): lambda batch: enumerated(map(str, batch.remedies.all())),
    _("Notice"): lambda batch: _addresses(batch),
    _("Announced together with"): lambda batch: batch.joint_group,
    _("Counted in"): lambda batch: to_page(batch.counted_in) if batch.counted_in else "",
    _("Published"): lambda batch: gettext("yes") if batch.is_published else gettext("no, a draft"),
}


def side_by_side(first, second):
    """What is known of both, a row each: its name, the first's, the second's, whether they are alike."""
    pairs = ((name, _said(show(first)), _said(show(second))) for name, show in SHOWN.items())
    return [(name, one, two, bool(one) and str(one) == str(two)) for name, one, two in pairs if one or two]


def _said(value):
    return "" if value in (None, NOT_STATED) else value


def _models(batch):
    return ", ".join(
        sorted(line.product_model.model_number for line in batch.products.select_related("product_model"))
    )


def _addresses(batch):
    sources = {citation.source for citation in batch.citations.select_related("source")}
    links = ((source.url, source.publisher) for source in sources if source.url)
    return format_html_join(", ", '<a href="{}" rel="noopener noreferrer">{}</a>', sorted(links))
