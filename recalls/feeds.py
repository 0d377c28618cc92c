"""Recall batches and revisions as entries of a feed, and a batch in a sentence."""

from datetime import UTC, datetime, time

from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext

from evidence.figures import Grade
from history.models import Version
from listing.columns import SEPARATOR
from listing.feeds import Entry
from listing.figures import NOT_STATED, money, not_shown, quantity
from listing.words import clauses, label_of, labels_of
from recalls.choices import Hazard, Remedy
from recalls.models import RecallBatch


def batch_in_words(batch):
    """What is recalled, with its figures as precise and as sure as they are."""
    names = {"kind": capfirst(batch.get_kind_display()), "day": batch.announced_on, "by": batch.regulator}
    said = [
        gettext("%(kind)s announced on %(day)s by %(by)s") % names,
        gettext("units: %(figure)s") % {"figure": _figure(batch, "units")},
        gettext("sales amount: %(figure)s") % {"figure": _figure(batch, "amount")},
        gettext("hazards: %(words)s") % {"words": labels_of(Hazard, batch.hazards) or NOT_STATED},
        gettext("remedies: %(words)s") % {"words": remedies_in_words(batch.remedies_text) or NOT_STATED},
    ]
    return gettext("%(clauses)s.") % {"clauses": clauses(said)}


def remedies_in_words(text):
    """The kinds of remedies that the database has put into one text."""
    return labels_of(Remedy, text.split(SEPARATOR)) if text else ""


def _figure(batch, name):
    """With its grade; a figure that the reader has switched off by its grade is not told."""
    if hidden := getattr(batch, f"{name}_hidden", ""):
        return not_shown(hidden)
    ends = getattr(batch, f"{name}_low"), getattr(batch, f"{name}_high")
    grade, precision = getattr(batch, f"{name}_grade"), getattr(batch, f"{name}_precision")
    told = money(*ends, batch.amount_currency, precision) if name == "amount" else quantity(*ends, precision)
    return with_grade(told, grade)


def with_grade(told, grade):
    """A figure in words, with its grade where it has one."""
    names = {"figure": told, "grade": label_of(Grade, grade)}
    return gettext("%(figure)s (%(grade)s)") % names if grade else told


def batch_entries(batches):
    """Changed when the history says so; what it knows nothing of, on the day of its announcement."""
    changed = _changed(RecallBatch, [batch.pk for batch in batches])
    for batch in batches:
        announced = datetime.combine(batch.announced_on, time(), UTC)
        yield Entry(
            title=f"{batch.company}: {batch.title} ({batch.region.code})",
            path=batch.get_absolute_url(),
            summary=batch_in_words(batch),
            author=batch.regulator.name,
            updated=changed.get(batch.pk, announced),
            published=announced,
            categories=tuple(batch.hazards),
        )


def _changed(model, keys):
    versions = Version.objects.filter(table=model._meta.db_table, row_id__in=keys)
    return dict(versions.order_by().values_list("row_id").annotate(Max("change__at")))


def revision_entries(revisions):
    for revision in revisions:
        batch, seen = revision.batch, revision.new_record.first_seen_at
        old, new = (text or NOT_STATED for text in (revision.old_text, revision.new_text))
        yield Entry(
            title=gettext("%(batch)s: %(figure)s changed")
            % {"batch": f"{batch.title} ({batch.region.code})", "figure": revision.get_field_display()},
            path=batch.get_absolute_url(),
            mark=f"#{revision.field}-{seen:%Y%m%dT%H%M%SZ}",
            summary=gettext("%(figure)s before: %(old)s; now: %(new)s.")
            % {"figure": capfirst(revision.get_field_display()), "old": old, "new": new},
            author=batch.regulator.name,
            updated=seen,
        )
