"""What staff make of a proposed pair of batches. Each is one transaction; a second click finds nothing to do."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from evidence.refusals import raise_now
from recalls.models import DuplicateProposal, JointGroup, RecallBatch
from recalls.models.duplicate import DuplicateLink, DuplicateState

NAME_LENGTH = 180  # leaves room for the number of a namesake


class RefusedDecision(Exception):  # noqa: N818
    """Why a decision can't be taken, in a sentence for staff."""


@transaction.atomic
def link_jointly(proposal, user):
    """Make both batches, and those announced with them, one joint announcement."""
    proposal = _locked(proposal, DuplicateState.PROPOSED)
    first, second = _locked_batches(proposal)
    source, target = second.joint_group, first.joint_group
    if target is None:
        source, target = None, second.joint_group or _new_group(first)
    moved = _moved(first, second, source, target)
    RecallBatch.objects.filter(pk__in=moved).update(joint_group=target)
    _decide(
        proposal, user, DuplicateLink.JOINT, moved_batches=sorted(moved), moved_from=source, moved_to=target
    )


@transaction.atomic
def count_in(proposal, user, batch_id):
    """Count one batch of the pair, by its primary key, in the other; or in what that is counted in itself."""
    proposal = _locked(proposal, DuplicateState.PROPOSED)
    batches = _locked_batches(proposal)
    batch, other = batches if batches[0].pk == batch_id else reversed(batches)
    holder = other.counted_in or other
    if batch.counted_in_id:
        raise _counted_already(batch, batch.counted_in)
    if holder == batch:
        raise _counted_already(other, batch)
    RecallBatch.objects.filter(pk=batch.pk).update(counted_in=holder)
    _decide(proposal, user, DuplicateLink.COUNTED, counted_batch=batch, counted_holder=holder)
    raise_now()


def _counted_already(batch, holder):
    said = gettext("%(batch)s is counted in %(holder)s already.")
    return RefusedDecision(said % {"batch": batch, "holder": holder})


@transaction.atomic
def dismiss(proposal, user):
    """The two are not the same; the pair is never proposed again."""
    proposal = _locked(proposal, DuplicateState.PROPOSED)
    proposal.state, proposal.decided_at, proposal.decided_by = (
        DuplicateState.DISMISSED,
        timezone.now(),
        user,
    )
    proposal.save()


@transaction.atomic
def undo(proposal):
    """Put back what stood before the decision, except what staff have changed since; the pair waits again."""
    proposal = _locked(proposal, DuplicateState.LINKED, DuplicateState.DISMISSED)
    if later := _on_top(proposal):
        said = gettext("Another link was made on top of this one; undo that first: %(link)s.")
        raise RefusedDecision(said % {"link": later})
    batches = RecallBatch.objects
    if proposal.moved_to:
        moved = batches.filter(pk__in=proposal.moved_batches, joint_group=proposal.moved_to)
        moved.update(joint_group=proposal.moved_from)
        _without_batches(proposal.moved_to).delete()
    if proposal.counted_batch_id:
        counted = batches.filter(pk=proposal.counted_batch_id, counted_in=proposal.counted_holder_id)
        counted.update(counted_in=None)
    _reopen(proposal)


def _locked(proposal, *states):
    """The pair, locked, in one of these states: whoever comes second is told."""
    pairs = DuplicateProposal.objects.select_for_update().filter(pk=proposal.pk, state__in=states)
    locked = pairs.first()
    if locked is None:
        raise RefusedDecision(gettext("Somebody else has decided on this pair meanwhile: look at it again."))
    return locked


def _locked_batches(proposal):
    keys = [proposal.first_id, proposal.second_id]
    return list(RecallBatch.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _new_group(batch):
    """A joint announcement by the name of a batch's title, numbered where that is taken."""
    stem, number = batch.title[:NAME_LENGTH], 1
    name = stem
    while JointGroup.objects.filter(name=name).exists():
        number += 1
        name = f"{stem} ({number})"
    return JointGroup.objects.create(name=name)


def _moved(first, second, source, target):
    """Primary keys of the batches that go from `source` (None: no joint announcement) to `target`."""
    if source is None:
        return {batch.pk for batch in (first, second) if batch.joint_group_id is None}
    if source == target:
        return set()
    return set(RecallBatch.objects.filter(joint_group=source).values_list("pk", flat=True))


def _decide(proposal, user, link, **done):
    fields = {"state": DuplicateState.LINKED, "link": link, "decided_by": user, **done}
    DuplicateProposal.objects.filter(pk=proposal.pk).update(decided_at=timezone.now(), **fields)


def _on_top(proposal):
    """A later link that moved batches out of, or into, the joint announcement that this one made or joined."""
    if not proposal.moved_to_id:
        return None
    same = Q(moved_to=proposal.moved_to_id) | Q(moved_from=proposal.moved_to_id)
    later = DuplicateProposal.objects.filter(same, decided_at__gt=proposal.decided_at)
    return later.exclude(moved_batches=[]).select_related("first__region", "second__region").first()


def _without_batches(group):
    return JointGroup.objects.filter(pk=group.pk, batches=None)


def _reopen(proposal):
    DuplicateProposal.objects.filter(pk=proposal.pk).update(
        state=DuplicateState.PROPOSED,
        link="",
        decided_at=None,
        decided_by=None,
        moved_batches=[],
        moved_from=None,
        moved_to=None,
        counted_batch=None,
        counted_holder=None,
    )
