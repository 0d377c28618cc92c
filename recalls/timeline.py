"""All that is dated about an incident, in one order."""

from collections import Counter
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.partial_dates import PartialDate
from suppliers.choices import ClaimKind


class TimelineKind(models.TextChoices):
    """What an entry is about; its order is that of entries that begin on the same day. Never stored."""

    NOTICE = "notice", _("notice")
    EXPANSION = "expansion", _("notice that widens another")
    EVENT = "event", _("event")
    SUPPLIER = "supplier", _("supplier change")
    CERTIFICATE = "certificate", _("certificate")
    CLAIM = "claim", _("said of a supplier")
    IMPACT = "impact", _("impact")
    MEASURE = "measure", _("measure")
    PROGRESS = "progress", _("progress")


ORDER = list(TimelineKind)


@dataclass(frozen=True)
class Entry:
    """What `record` tells, and when; `when` is None where no date is stated. `step` says what an agreement did."""

    kind: TimelineKind
    when: PartialDate | None
    record: models.Model
    step: str = ""


@dataclass(frozen=True)
class Timeline:
    """Entries of the chosen kinds in order, those without a date apart, and how many of each kind there are."""

    dated: list[Entry]
    undated: list[Entry]
    kinds: list[tuple[TimelineKind, int]]


def timeline(entries, chosen=()):
    """The `Timeline` of some entries: all of them, or those of the chosen kinds."""
    entries = list(entries)
    counts = Counter(entry.kind for entry in entries)
    shown = [entry for entry in entries if not chosen or entry.kind in chosen]
    return Timeline(
        dated=sorted((entry for entry in shown if entry.when), key=_order),
        undated=sorted((entry for entry in shown if not entry.when), key=_kind_order),
        kinds=[(kind, counts[kind]) for kind in TimelineKind if counts[kind]],
    )


def _order(entry):
    return entry.when.first, *_kind_order(entry)


def _kind_order(entry):
    return ORDER.index(entry.kind), entry.record.pk


def entries(records, batches):
    """Every `Entry` of an incident: its `IncidentRecords`, whose incident has its parts, and its batches as shown."""
    incident = records.incident
    for batch in batches:
        kind = TimelineKind.EXPANSION if batch.expands else TimelineKind.NOTICE
        yield Entry(kind, _whole(batch.announced_on), batch)
        for row in batch.progress.all():
            yield Entry(TimelineKind.PROGRESS, _whole(row.as_of), row)
    for kind, parts in (
        (TimelineKind.EVENT, incident.events),
        (TimelineKind.IMPACT, incident.impacts),
        (TimelineKind.MEASURE, incident.measures),
    ):
        yield from (Entry(kind, part.happened_on, part) for part in parts.all())
    yield from _of_suppliers(records)


def _of_suppliers(records):
    for agreement in records.agreements:
        yield from _steps(agreement)
    for certificate in records.certificates:
        yield Entry(TimelineKind.CERTIFICATE, certificate.changed_on, certificate)
    for claim in records.claims:
        ended = claim.kind == ClaimKind.RELATION_ENDED
        yield Entry(TimelineKind.SUPPLIER if ended else TimelineKind.CLAIM, claim.said_on, claim)


def _steps(agreement):
    """An agreement stands at each of its dates."""
    steps = {
        gettext("announced"): agreement.announced_on,
        gettext("begins"): agreement.started_on,
        gettext("ends"): agreement.ended_on,
    }
    dated = {step: when for step, when in steps.items() if when} or {"": None}
    return (Entry(TimelineKind.SUPPLIER, when, agreement, step) for step, when in dated.items())


def _whole(day):
    return PartialDate(day, day)
