"""New notices into the database, a chunk of them at a time."""

from collections import Counter

from evidence.models import Stance
from recalls.importers.writing.copying import copy_rows, copying, new_ids
from recalls.importers.writing.digests import imported_now
from recalls.importers.writing.fields import is_inside
from recalls.importers.writing.incoming import Read, Source
from recalls.importers.writing.names import company_ids, free_slugs, model_ids, slug_of
from recalls.importers.writing.places import region_ids
from recalls.importers.writing.sources import source_ids
from recalls.models import (
    BatchCompany,
    BatchRemedy,
    Citation,
    JointGroup,
    NoticeLink,
    NoticeRecord,
    RecallBatch,
    RecalledProduct,
)
from recalls.models.record import LinkKind


def write_new(reads: list[Read], source: Source) -> None:
    """Write the batches of notices that the database does not hold, each notice number once among them."""
    records = write_records(reads, source)
    batches = [(read, region) for read in reads for region in read.columns]
    write_batches(batches, records, source)


def write_records(reads: list[Read], source: Source) -> dict[str, int]:
    """Keep the raw records; their primary keys by notice number."""
    ids = new_ids(NoticeRecord, len(reads))
    rows = [
        {
            "id": key,
            "regulator_id": source.regulator.pk,
            "number": read.notice.number,
            "format": source.format.FORMAT,
            "raw": read.incoming.raw,
            "sha256": read.incoming.sha256,
            "run_id": source.run.pk,
            "first_seen_at": source.seen_at,
            "last_seen_at": source.seen_at,
        }
        for key, read in zip(ids, reads, strict=True)
    ]
    copy_rows(NoticeRecord, rows)
    return {read.notice.number: key for key, read in zip(ids, reads, strict=True)}


def write_batches(
    wanted: list[tuple[Read, str]],
    records: dict[str, int],
    source: Source,
    holders: dict[tuple[str, str], int] | None = None,
) -> None:
    """Write batches of notices by region, with all their parts.

    records: the raw records by notice number. holders: batches that stand already, by notice number and region.
    """
    notices = list({read.notice.number: read.notice for read, _ in wanted}.values())
    companies = company_ids(firm for notice in notices for firm in (notice.company, *notice.firms))
    owners = {notice.number: companies[notice.company.name if notice.company else ""] for notice in notices}
    models = model_ids((owners[notice.number], model) for notice in notices for model in models_of(notice))
    sources = source_ids(notices, source.regulator)
    ids = _ids_by_batch(wanted)
    batches = _batch_rows(wanted, (holders or {}) | ids, owners, source)
    with copying() as copy:
        copy(RecallBatch, batches)
        _write_parts(copy, wanted, ids, companies)
        copy(RecalledProduct, _lines(wanted, ids, owners, models))
        copy(Citation, _citations(wanted, ids, sources))
    imported_now(
        [(ids[_key(read, region)], records[read.notice.number], *_unread(read)) for read, region in wanted]
    )


def _key(read, region):
    return read.notice.number, region


def _ids_by_batch(wanted):
    return dict(zip((_key(*entry) for entry in wanted), new_ids(RecallBatch, len(wanted)), strict=True))


def _batch_rows(wanted, ids, owners, source):
    regions = region_ids([region for _, region in wanted])
    slugs = free_slugs(RecallBatch, [_slug(read.notice, region, source) for read, region in wanted])
    groups = _joint_groups(wanted, source)
    return [
        {
            **read.columns[region],
            "id": ids[_key(read, region)],
            "slug": slug,
            "company_id": owners[read.notice.number],
            "region_id": regions[region],
            "regulator_id": source.regulator.pk,
            "notice_number": read.notice.number,
            "joint_group_id": groups.get(read.notice.number),
            "counted_in_id": _holder(read, region, ids, source),
            **_texts(read.notice),
            "is_published": source.publish and not read.notice.quantity.refused,
        }
        for (read, region), slug in zip(wanted, slugs, strict=True)
    ]


def _texts(notice):
    """What the database keeps with a batch of its models and remedies: right at once, it need not be written again."""
    numbers = {model.number for model in models_of(notice)}
    return {
        "models_text": "; ".join(sorted(numbers)) or None,
        "remedies_text": "; ".join(sorted(set(notice.remedies))) or None,
    }


def _slug(notice, region, source):
    return slug_of(f"{region}-{source.regulator.slug}-{notice.number}")


def _holder(read, region, ids, source):
    """The batch of the notice's own region, where its figure includes this region's units."""
    if not is_inside(read.notice, region):
        return None
    return ids.get(_key(read, source.format.REGION))


def _joint_groups(wanted, source):
    """Notices with batches in several regions, each with its group."""
    counts = Counter(read.notice.number for read, _ in wanted)
    names = {
        number: f"{source.regulator.abbreviation} {number}" for number, count in counts.items() if count > 1
    }
    JointGroup.objects.bulk_create([JointGroup(name=name) for name in names.values()], ignore_conflicts=True)
    keys = dict(JointGroup.objects.filter(name__in=names.values()).values_list("name", "pk"))
    return {number: keys[name] for number, name in names.items()}


def _write_parts(copy, wanted, ids, companies):
    remedies, roles, links = [], [], []
    for read, region in wanted:
        batch = ids[_key(read, region)]
        remedies += ({"batch_id": batch, "kind": remedy} for remedy in dict.fromkeys(read.notice.remedies))
        roles += (
            {"batch_id": batch, "company_id": company, "role": role}
            for company, role in dict.fromkeys(
                (companies[firm.name], firm.role) for firm in read.notice.firms
            )
        )
        links += (
            {"batch_id": batch, "kind": kind, "target": target} for kind, target in links_of(read.notice)
        )
    copy(BatchRemedy, remedies)
    copy(BatchCompany, roles)
    copy(NoticeLink, links)


def links_of(notice) -> dict[tuple[str, str], None]:
    """The notices that a notice names, as (kind, number or address)."""
    named = {
        LinkKind.EXPANDS: notice.expands,
        LinkKind.INCLUDES: notice.includes,
        LinkKind.UPGRADES: [notice.upgrades] if notice.upgrades else [],
        LinkKind.JOINT: notice.joint_with,
    }
    return dict.fromkeys((kind, target) for kind, targets in named.items() for target in targets)


def models_of(notice):
    """The product models of a notice; none where it names no company, since a number alone is nobody's model."""
    return notice.models if notice.company else ()


def _lines(wanted, ids, owners, models):
    named = (
        (ids[_key(read, region)], models[owners[read.notice.number], model.number.upper()])
        for read, region in wanted
        for model in models_of(read.notice)
    )
    return [{"batch_id": batch, "product_model_id": model} for batch, model in dict.fromkeys(named)]


def _citations(wanted, ids, sources):
    return [
        {
            "batch_id": ids[_key(read, region)],
            "source_id": sources[read.notice.number],
            "stance": Stance.SUPPORTS,
        }
        for read, region in wanted
    ]


def _unread(read):
    """Why the quantity was not read, and what else was not."""
    return read.notice.quantity.refused or "", read.notice.sale.problem
