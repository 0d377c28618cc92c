"""What a notice says otherwise than before, field by field."""

from dataclasses import dataclass

from recalls.importers.writing.fields import Field, differ, fields_of, is_stated
from recalls.importers.writing.names import company_ids
from recalls.importers.writing.state import state_of
from recalls.importers.writing.wording import figure_of, in_words
from recalls.models import Revision


@dataclass(frozen=True, slots=True)
class Change:
    """A field with its old columns, None where nothing is known of them, and its new ones."""

    field: Field
    old: dict[str, object] | None
    new: dict[str, object]


def changes_of(batch, notice, before, format) -> list[Change]:
    """What the notice changes for this batch.

    Of another format only what it states counts, as formats leave out different things. Where no record is
    known, since staff entered the batch, it is compared with the batch itself.
    """
    region, own = batch.region.code, format.REGION
    new = with_company(fields_of(notice, region, own), notice)
    if before.notice is None:
        ours = state_of(batch)
        stated = [field for field in new if is_stated(new[field]) and differ(ours[field], new[field])]
        return [Change(field, None, new[field]) for field in stated]
    old = with_company(fields_of(before.notice, region, own), before.notice)
    changes = [Change(field, old[field], new[field]) for field in new if old[field] != new[field]]
    if not before.same_format:
        changes = [change for change in changes if is_stated(change.new) and differ(change.old, change.new)]
    return [change for change in changes if not _is_ignored(change, format)]


def _is_ignored(change, format):
    """A company is not taken away, and a day that only tells of an edit is no other day of announcement."""
    if change.field == Field.ANNOUNCED:
        return getattr(format, "FIRST_DAY_STANDS", False)
    return change.field == Field.COMPANY and not is_stated(change.new)


def with_company(fields, notice):
    """The same fields with the company as a record instead of a name."""
    key = company_ids([notice.company])[notice.company.name] if notice.company else None
    return {**fields, Field.COMPANY: {"company_id": key}}


def revisions_of(changes, batch, before, record) -> list[Revision]:
    """The changes that the regulator made; filling in what another format left out is none."""
    made = [change for change in changes if change.old is not None and differ(change.old, change.new)]
    if not before.same_format:
        made = [change for change in made if is_stated(change.old)]
    return [_revision(change, batch, before.record, record) for change in made]


def _revision(change, batch, old_record, record):
    values = {"batch": batch, "field": change.field, "old_record": old_record, "new_record_id": record}
    for name, columns in (("old", change.old), ("new", change.new)):
        values[f"{name}_text"] = in_words(change.field, columns)
        figure = figure_of(change.field, columns)
        for part, value in zip(("low", "high", "precision"), figure, strict=True):
            values[f"{name}_{part}"] = value
    return Revision(**values)
