"""Named queries on imports and on what they leave to staff: what waits for them is `waiting()` everywhere."""

from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Round

from evidence.figures import Precision
from listing.conditions import Exists
from listing.search import any_of, every_word

LOCK_CLASS = 7208  # of the advisory lock that an import holds while it runs; its object is the regulator


class _LockIsHeld(Func):
    """Whether some session of this database holds the advisory lock of an import."""

    template = (
        "EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted"
        " AND classid = %(lock_class)s AND objid = (%(expressions)s)::oid"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    )
    output_field = BooleanField()


class ImportRunQuerySet(models.QuerySet):
    def latest_finished(self):
        """The last run of each regulator that went through."""
        runs = self.filter(state="finished", regulator__isnull=False)
        return runs.order_by("regulator_id", "-retrieved_at", "-pk").distinct("regulator_id")

    def with_standing(self):
        """`standing`: its state, and “interrupted” where it says “running” but nothing runs any more."""
        is_dead = Q(state="running") & ~Q(_LockIsHeld(Coalesce("regulator", 0), lock_class=LOCK_CLASS))
        return self.annotate(
            standing=Case(
                When(is_dead, then=Value("interrupted")), default=F("state"), output_field=CharField()
            )
        )

    def waiting(self):
        """Runs that failed or broke off, and no later one of the same regulator and format went through."""
        same = {"whose": Coalesce(OuterRef("regulator"), 0), "format": OuterRef("format")}
        later = self.model._default_manager.alias(whose=Coalesce("regulator", 0)).filter(
            **same, state="finished", started_at__gt=OuterRef("started_at")
        )
        return self.with_standing().filter(~Exists(later), standing__in=["failed", "interrupted"])


class NoticeRecordQuerySet(models.QuerySet):
    def current(self):
        """What the latest file of each format says."""
        return self.filter(is_current=True)

    def standing(self):
        """The current ones, and those that a file gave beside them: versions of one notice in one file."""
        beside = self.model._default_manager.current().filter(
            **{name: OuterRef(name) for name in ("run", "regulator", "number", "format")}
        )
        return self.filter(Q(is_current=True) | Exists(beside))

    def versions_of(self, record):
        """All that files have said under the notice number of a record."""
        return self.filter(regulator=record.regulator_id, number=record.number)


class ImportedBatchQuerySet(models.QuerySet):
    def waiting(self):
        """Drafts whose quantity an import refused, and whose units nobody has entered since."""
        unread = self.exclude(units_refused="")
        return unread.filter(batch__is_published=False, batch__units_precision=Precision.UNKNOWN)


class NoticeLinkQuerySet(models.QuerySet):
    def waiting(self):
        """Notices that another one names and that are not linked to it yet."""
        return self.filter(followed_at__isnull=True)


class RevisionQuerySet(models.QuerySet):
    def visible(self):
        """Revisions of published batches."""
        return self.filter(batch__is_published=True)

    def with_difference(self):
        """`difference_pct`: how much the new figure is above the old one, of the low ends, or else the high ones.

        Empty for what is no figure, where the two have no end in common, and from zero.
        """
        low, high = (_percent(f"old_{end}", f"new_{end}") for end in ("low", "high"))
        return self.annotate(difference_pct=Coalesce(low, high))

    def with_records(self):
        """With the records of both values, without their raw texts."""
        records = self.select_related("old_record", "new_record")
        return records.defer("old_record__raw", "new_record__raw")

    def matching(self, text):
        """Revisions in which every word is found: batch, notice number, the values."""
        paths = ("batch__title", "batch__notice_number", "batch__slug", "old_text", "new_text")
        return self.filter(every_word(text, lambda word: any_of(word, *paths)))


def _percent(old, new):
    percent = Round((F(new) - F(old)) * 100 / F(old), precision=1)
    return Case(When(**{f"{old}__gt": 0}, then=percent))


class DifferenceQuerySet(models.QuerySet):
    def waiting(self):
        """Differences on which staff have not decided."""
        return self.filter(state="waiting")


class DuplicateProposalQuerySet(models.QuerySet):
    def waiting(self):
        """Pairs on which staff have not decided and that nothing ties together yet."""
        together = Q(first__joint_group=F("second__joint_group"))
        counted = Q(first__counted_in=F("second")) | Q(second__counted_in=F("first"))
        # A comparison with NULL is neither true nor false, and must not hide a pair.
        is_tied = ExpressionWrapper(together | counted, BooleanField())
        return self.filter(state="proposed").alias(is_tied=Coalesce(is_tied, False)).filter(is_tied=False)
