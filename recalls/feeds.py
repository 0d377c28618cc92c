"""Recall batches and revisions as entries of a feed, and a batch in a sentence."""

from datetime import UTC, datetime, time

from django.db.models import Max

from history.models import Version
from listing.feeds import Entry
from listing.figures import NOT_STATED, money, not_shown, quantity
from recalls.models import RecallBatch


def batch_in_words(batch):
    """What is recalled, with its figures as precise and as sure as they are."""
    said = [
        f"{batch.get_kind_display().capitalize()} announced on {batch.announced_on} by {batch.regulator}",
        f"units: {_figure(batch, 'units')}",
        f"sales amount: {_figure(batch, 'amount')}",
        f"hazards: {', '.join(batch.hazards) or NOT_STATED}",
        f"remedies: {(batch.remedies_text or NOT_STATED).replace('; ', ', ')}",
    ]
    return "; ".join(said) + "."


def _figure(batch, name):
    """With its grade; a figure that the reader has switched off by its grade is not told."""
    if hidden := getattr(batch, f"{name}_hidden", ""):
        return not_shown(hidden)
    ends = getattr(batch, f"{name}_low"), getattr(batch, f"{name}_high")
    grade, precision = getattr(batch, f"{name}_grade"), getattr(batch, f"{name}_precision")
    told = money(*ends, batch.amount_currency, precision) if name == "amount" else quantity(*ends, precision)
    return f"{told} ({grade})" if grade else told


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
            title=f"{batch.title} ({batch.region.code}): {revision.get_field_display()} changed",
            path=batch.get_absolute_url(),
            mark=f"#{revision.field}-{seen:%Y%m%dT%H%M%SZ}",
            summary=f"{revision.get_field_display().capitalize()} before: {old}; now: {new}.",
            author=batch.regulator.name,
            updated=seen,
        )
