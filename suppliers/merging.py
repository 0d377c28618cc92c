"""Merging two companies or two product models: everything that names the one comes to name the other.

Nothing is lost. A row that the kept record has already, word for word, is set aside whole; where the two rows say
different things the merge is refused. Models of the same number are merged with their companies.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.refusals import raise_now, sentence
from suppliers.links import links_to
from suppliers.models import Company, CompanyAlias, Merge, MovedRow, ProductModel
from suppliers.models.merge import Move
from suppliers.moves import moves
from suppliers.names import NOT_NAMED

ALL_MERGES = 7_305_201  # the key of the lock that lets one merge or undo pass at a time

SET_ASIDE = """
INSERT INTO suppliers_movedrow (merge_id, move, "table", "column", row_pk, twin_pk, "row")
SELECT %s, %s, %s, %s, %s, %s, to_jsonb(held) FROM {} AS held WHERE {} = %s
"""
DIFFERENT = _(
    "Both have a {} with the same {}, and the two differ or are cited: change or delete one of them first."
)


class MergeError(Exception):
    """Why two records can't be merged, or a merge not undone: `sentences` for the person who tried."""

    def __init__(self, sentences):
        self.sentences = sentences
        super().__init__(" ".join(sentences))


def merge(kept, merged, by):
    """Merge the second record into the first, which stands for both from now on; a `Merge`, or `MergeError`."""
    with transaction.atomic():
        wait_for_other_merges()
        kept, merged = _locked(kept, merged)
        record, refusals = carry_out(kept, merged, by)
        if not refusals:
            refusals = held_back()
        if refusals:
            raise MergeError(refusals)
    return record


def rehearse(kept, merged):
    """Merge and take it back at once: what it would move, and why it can't be done, if so."""
    with transaction.atomic():
        try:
            wait_for_other_merges()
            record, refusals = carry_out(*_locked(kept, merged), by=None)
            return moves(record), refusals or held_back()
        except MergeError as error:
            return [], error.sentences
        finally:
            transaction.set_rollback(True)


def wait_for_other_merges():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALL_MERGES])


def held_back():
    """What deferred rules of the database say to what has been done, before it can't be shown any more."""
    try:
        with transaction.atomic():
            raise_now()
    except IntegrityError as error:
        return [sentence(error)]
    return []


def _locked(*records):
    """The two records as they stand, kept by row locks from being named anew until this ends."""
    model, keys = type(records[0]), [record.pk for record in records]
    rows = model.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=["self"])
    found = {row.pk: row for row in rows}
    if len(found) < len(records):
        raise MergeError([gettext("Choose two different records that are both still there.")])
    kept, merged = (found[key] for key in keys)
    if refusals := [
        *map(_merged_already, filter(_is_merged, (kept, merged))),
        *_of_two_companies(kept, merged),
        *map(_stands_in, filter(_is_stand_in, (kept, merged))),
    ]:
        raise MergeError(refusals)
    return kept, merged


def _is_merged(record):
    return record.merged_into_id is not None


def _merged_already(record):
    said = gettext("“%(merged)s” has been merged into “%(kept)s” already.")
    return said % {"merged": record, "kept": record.merged_into}


def _is_stand_in(record):
    return isinstance(record, Company) and record.name == NOT_NAMED


def _stands_in(record):
    said = gettext(
        "“%(record)s” is no company: it stands in where a notice names none, so it can't be merged."
    )
    return said % {"record": record}


def _of_two_companies(kept, merged):
    if isinstance(kept, Company) or kept.company_id == merged.company_id:
        return []
    said = gettext("These are models of %(kept)s and of %(merged)s: merge the two companies first.")
    return [said % {"kept": kept.company, "merged": merged.company}]


def carry_out(kept, merged, by, part_of=None):
    """Do it, within a transaction and with both locked; the `Merge`, and why it must not stay done."""
    kind = "company" if isinstance(kept, Company) else "model"
    ends = {f"kept_{kind}": kept, f"merged_{kind}": merged}
    record = Merge.objects.create(**ends, merged_by=by, part_of=part_of)
    type(kept).objects.filter(pk=merged.pk).update(merged_into=kept)
    refusals = [refusal for link in links_to(type(kept)) for refusal in _move(record, link)]
    if kind == "company":
        add_names(record)
    return record, refusals


def _move(record, link):
    """Move all rows of one link; the sentences about those that can't be."""
    kept, merged = record.kept, record.merged
    twins, refusals = list(link.twins(merged, kept)), list(_untrue(link, kept, merged))
    for twin in twins:
        refusals += _settle(record, link, twin)
    if not refusals:
        rows = link.rows(merged).exclude(pk__in=[twin.pk for twin in twins])
        keys = list(rows.select_for_update(of=["self"]).values_list("pk", flat=True))
        link.model._base_manager.filter(pk__in=keys).update(**{link.field.name: kept})
        place = {"merge": record, "table": link.table, "column": link.field.column}
        MovedRow.objects.bulk_create((MovedRow(row_pk=key, **place) for key in keys), batch_size=2_000)
    return refusals


def _settle(record, link, twin):
    """Deal with a row that the kept record has already; the sentences about it where that can't be done."""
    if link.model is ProductModel:
        return _merge_models(record, twin)
    if _says_no_more(link, twin):
        _set_aside(record, link, twin)
        return []
    return [DIFFERENT.format(link.model._meta.verbose_name, link.same_in(twin))]


def _merge_models(record, model):
    """Models of the same number of the two companies are one; what is merged already stays where it is."""
    if model.merged_into_id:
        return []
    other = ProductModel.objects.select_for_update(of=["self"]).get(pk=model.twin_pk).standing
    __, refusals = carry_out(other, model, record.merged_by, part_of=record)
    return refusals


def _says_no_more(link, row):
    """Nothing rests on the row, and it says what its twin says; a name is the same in whatever language."""
    if any(other.rows(row).exists() for other in links_to(link.model)):
        return False
    twin = link.model._base_manager.get(pk=row.twin_pk)
    said = [f for f in link.model._meta.concrete_fields if f not in (link.field, link.model._meta.pk)]
    return link.model is CompanyAlias or all(
        f.value_from_object(row) == f.value_from_object(twin) for f in said
    )


def _set_aside(record, link, row):
    values = [record.pk, Move.SET_ASIDE, link.table, link.field.column, row.pk, row.twin_pk, row.pk]
    with connection.cursor() as cursor:
        cursor.execute(SET_ASIDE.format(link.table, link.model._meta.pk.column), values)
    link.model._base_manager.filter(pk=row.pk).delete()


def _untrue(link, kept, merged):
    """What rows that name both records would say of one: “A company does not own itself.”"""
    others = [f for f in link.model._meta.fields if f.related_model is type(kept) and f != link.field]
    names_both = Q(*((other.name, kept) for other in others), _connector=Q.OR)
    for row in link.rows(merged).filter(names_both) if others else ():
        words = str(row)
        setattr(row, link.field.name, kept)
        for check in link.model._meta.constraints:
            if isinstance(check, CheckConstraint):
                yield from (f"“{words}”: {refusal}" for refusal in _violations(check, row))


def _violations(check, row):
    try:
        check.validate(type(row), row)
    except ValidationError as error:
        return error.messages
    return []


def add_names(record):
    """Let a company go by the names of the one merged into it as well, so that any search finds it by them."""
    kept, merged = record.kept, record.merged
    for name in (merged.name, merged.legal_name):
        names = {kept.name, kept.legal_name, *kept.aliases.values_list("name", flat=True), ""}
        if name not in names:
            alias = CompanyAlias.objects.create(company=kept, name=name)
            place = {"table": CompanyAlias._meta.db_table, "column": "company_id"}
            MovedRow.objects.create(merge=record, move=Move.ADDED, row_pk=alias.pk, **place)
