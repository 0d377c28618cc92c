"""Undoing a merge: exactly what it moved goes back, as far as it still names the record that was kept."""

from itertools import groupby

from django.db import IntegrityError, connection, transaction
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.refusals import said_by_database
from listing.conditions import Exists
from suppliers.merging import MergeError, add_names, held_back, wait_for_other_merges
from suppliers.models import CompanyAlias, Merge, MovedRow, ProductModel
from suppliers.models.merge import Move

PUT_BACK = """
INSERT INTO {table} ({columns})
SELECT {columns} FROM jsonb_populate_record(
    NULL::{table}, (SELECT "row" FROM suppliers_movedrow WHERE id = %s)
)
"""
MEANWHILE = _("What has been saved since then rests on both together, so they can't be parted: {}")


def undo(record, by):
    """Undo a merge with the merges of models that are part of it; `MergeError` where later ones rest on it."""
    with transaction.atomic():
        wait_for_other_merges()
        record = Merge.objects.select_for_update(of=["self"]).get(pk=record.pk)
        refusals = _refusals(record)
        if not refusals:
            refusals = _tried(record, by) or held_back()
        if refusals:
            raise MergeError(refusals)
    return record


def _tried(record, by):
    try:
        with transaction.atomic():
            for part in [*record.parts.in_force().order_by("-pk"), record]:
                _part(part, by)
    except IntegrityError as error:
        return [MEANWHILE.format(said_by_database(error))]
    return []


def _refusals(record):
    if record.undone_at:
        return [gettext("This merge is undone already.")]
    if record.part_of:
        said = gettext("It is part of another merge, “%(merge)s”: undo that one.")
        return [said % {"merge": record.part_of}]
    parts = [record, *record.parts.in_force()]
    ends = [end for part in parts for end in (part.kept, *_owners(part))]
    since = gettext("“%(merged)s” has since been merged into “%(kept)s”: undo that merge first.")
    resting = gettext("“%(merge)s” was merged since and rests on it: undo that merge first.")
    later = [since % {"merged": end, "kept": end.merged_into} for end in ends if end.merged_into_id]
    later += [resting % {"merge": other} for other in _resting_on(record, parts)]
    return list(dict.fromkeys(later))


def _owners(part):
    """The company that a product model goes back to, unless it goes back with it."""
    return [part.merged.company] if part.merged_model and not part.part_of else []


def _resting_on(record, parts):
    """Later merges that set rows aside for ones that this merge moved, or that merged models it moved."""
    moved = MovedRow.objects.filter(merge__in=parts, move=Move.MOVED)
    twins = moved.filter(table=OuterRef("table"), row_pk=OuterRef("twin_pk"))
    for_ours = MovedRow.objects.filter(Exists(twins), merge=OuterRef("pk"), move=Move.SET_ASIDE)
    models = moved.filter(table=ProductModel._meta.db_table, column="company_id").values("row_pk")
    rests = Q(Exists(for_ours)) | Q(kept_model__in=models) | Q(merged_model__in=models)
    later = (
        Merge.objects.in_force().filter(rests, pk__gt=record.pk).exclude(pk__in=[part.pk for part in parts])
    )
    return dict.fromkeys(other.part_of or other for other in later.order_by("-pk"))


def _part(record, by):
    """Undo one merge without its parts."""
    type(record.merged).objects.filter(pk=record.merged.pk).update(merged_into=None)
    _take_names_back(record)
    _move_back(record)
    for row in record.moved_rows.filter(move=Move.SET_ASIDE):
        _put_back(row)
    Merge.objects.filter(pk=record.pk).update(undone_at=timezone.now(), undone_by=by)
    if record.kept_company:
        for other in Merge.objects.in_force().filter(kept_company=record.kept_company):
            add_names(other)


def _move_back(record):
    def place(row):
        return row.table, row.column

    rows = record.moved_rows.filter(move=Move.MOVED).order_by("table", "column", "pk")
    for __, group in groupby(rows, key=place):
        first, *others = group
        field = next(f for f in first.model._meta.fields if f.column == first.column)
        keys = [first.row_pk, *(row.row_pk for row in others)]
        stayed = first.model._base_manager.filter(pk__in=keys, **{field.name: record.kept})
        stayed.update(**{field.name: record.merged})


def _take_names_back(record):
    """Drop the names that the merge added, unless staff have changed them since."""
    keys = record.moved_rows.filter(move=Move.ADDED).values("row_pk")
    if record.kept_company:
        names = [record.merged.name, record.merged.legal_name]
        CompanyAlias.objects.filter(pk__in=keys, company=record.kept, name__in=names).delete()


def _put_back(row):
    """Restore a row that was set aside, unless what it was about is no longer there."""
    fields = [field for field in row.model._meta.concrete_fields if not field.generated]
    named = [(f, row.row[f.column]) for f in fields if f.many_to_one and row.row[f.column] is not None]
    if all(field.related_model._base_manager.filter(pk=key).exists() for field, key in named):
        columns = ", ".join(f'"{field.column}"' for field in fields)
        with connection.cursor() as cursor:
            cursor.execute(PUT_BACK.format(table=row.table, columns=columns), [row.pk])
