"""Pairs of batches that may be one and the same recall, announced by two regulators; staff decide."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, one_of
from listing.words import clauses, enumerated, listed, with_count
from recalls.import_querysets import DuplicateProposalQuerySet
from recalls.models.batch import RecallBatch
from recalls.models.joint_group import JointGroup


class DuplicateState(models.TextChoices):
    PROPOSED = "proposed", _("waits for staff")
    LINKED = "linked", _("linked")
    DISMISSED = "dismissed", _("not the same")


class DuplicateLink(models.TextChoices):
    JOINT = "joint", _("one joint announcement")
    COUNTED = "counted", _("one is counted in the other")


def _batch(help_text):
    return models.ForeignKey(
        RecallBatch, models.CASCADE, null=True, blank=True, related_name="+", help_text=help_text
    )


def _group(help_text):
    return models.ForeignKey(
        JointGroup, models.SET_NULL, null=True, blank=True, related_name="+", help_text=help_text
    )


class DuplicateProposal(models.Model):
    """Two batches of different regulators that look like one recall, why, and what staff made of it."""

    first = models.ForeignKey(RecallBatch, models.CASCADE, related_name="duplicates_after")
    second = models.ForeignKey(RecallBatch, models.CASCADE, related_name="duplicates_before")
    model_numbers = ArrayField(
        models.CharField(max_length=100),
        default=list,
        blank=True,
        help_text=_("Product models that are in both."),
    )
    days_apart = models.PositiveIntegerField(help_text=_("Days between the two announcements."))
    is_named = models.BooleanField(
        _("named as joint"),
        default=False,
        help_text=_("One notice names the address of the other as its own."),
    )
    is_same_company = models.BooleanField(_("same company"), help_text=_("Both are of the same company."))
    is_same_region = models.BooleanField(
        _("same region"), help_text=_("Both are for the same region, so the same units may be in both.")
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=9, choices=DuplicateState, default=DuplicateState.PROPOSED)
    link = models.CharField(
        max_length=7, choices=DuplicateLink, blank=True, help_text=_("How they were linked; empty if not.")
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    moved_batches = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        help_text=_("Batches that the link put into another joint announcement."),
    )
    moved_from = _group(_("Where they were before; empty for none."))
    moved_to = _group(_("Where the link put them."))
    counted_batch = _batch(_("The batch that the link counted in the other."))
    counted_holder = _batch(_("The batch it was counted in."))

    objects = DuplicateProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        ordering = ["-is_named", "days_apart", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="recalls_duplicateproposal_pair_once"),
            models.CheckConstraint(
                name="recalls_duplicateproposal_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_message=_("The first batch of a pair is the one entered first."),
            ),
            one_of("recalls_duplicateproposal_state_listed", "state", DuplicateState),
            one_of("recalls_duplicateproposal_link_listed", "link", DuplicateLink, empty=True),
            FieldCheck(
                field="link",
                name="recalls_duplicateproposal_linked_somehow",
                condition=(Q(state=DuplicateState.LINKED) & ~Q(link=""))
                | (~Q(state=DuplicateState.LINKED) & Q(link="")),
                violation_error_message=_("A linked pair says how it is linked."),
            ),
            FieldCheck(
                field="decided_at",
                name="recalls_duplicateproposal_decided",
                condition=Q(state=DuplicateState.PROPOSED, decided_at__isnull=True)
                | (~Q(state=DuplicateState.PROPOSED) & Q(decided_at__isnull=False)),
                violation_error_message=_("A decision has its time."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-is_named", "days_apart", "id"],
                condition=Q(state=DuplicateState.PROPOSED),
                name="recalls_duplicate_waiting",
            )
        ]

    def __str__(self):
        return listed([self.first, self.second])

    @property
    def evidence(self):
        """Why they may be one recall, in words."""
        return clauses(filter(None, self._reasons()))

    def _reasons(self):
        days = self.days_apart
        apart = ngettext("announced %(count)s day apart", "announced %(count)s days apart", days)
        yield self.is_named and gettext("one notice names the other as its own recall")
        yield self.model_numbers and _same_models(self.model_numbers)
        yield self.is_same_company and gettext("the same company")
        yield with_count(apart, days) if days else gettext("announced on the same day")
        yield self.is_same_region and gettext("for the same region, so the same units may be in both")


MOST_NAMED = 10


def _same_models(numbers):
    more = len(numbers) - MOST_NAMED
    named = enumerated(numbers[:MOST_NAMED])
    if more > 0:
        return gettext("the same product models %(numbers)s and %(more)s more") % {
            "numbers": named,
            "more": more,
        }
    said = ngettext("the same product model %(numbers)s", "the same product models %(numbers)s", len(numbers))
    return said % {"numbers": named}
