"""Changes into a batch that staff have not edited, or that they have said yes to."""

from recalls.importers.writing.fields import Field, columns_of
from recalls.importers.writing.names import company_ids, model_ids
from recalls.importers.writing.new import links_of, models_of
from recalls.models import BatchCompany, BatchRemedy, JointGroup, NoticeLink, RecallBatch, RecalledProduct


def update(batch, changes, notice, own) -> None:
    """Write changes; a batch whose quantity could not be read any more becomes a draft."""
    columns = columns_of({change.field: change.new for change in changes})
    unread = notice.quantity.refused and batch.region.code == own
    if unread and any(change.field == Field.UNITS for change in changes):
        columns["is_published"] = False
    if columns:
        RecallBatch.objects.filter(pk=batch.pk).update(**columns)
    for change in changes:
        if change.field == Field.REMEDIES:
            set_remedies(batch, change.new["remedies"])


def set_remedies(batch, remedies) -> None:
    """Make these the batch's remedies; those that stay keep their notes."""
    batch.remedies.exclude(kind__in=remedies).delete()
    rows = [BatchRemedy(batch=batch, kind=kind) for kind in remedies]
    BatchRemedy.objects.bulk_create(rows, ignore_conflicts=True)


def add_parts(batch, notice) -> bool:
    """Add the companies, models and links that a notice names and the batch lacks; whether there were any."""
    companies = company_ids(notice.firms)
    models = model_ids((batch.company_id, model) for model in models_of(notice))
    wanted = [
        *(
            BatchCompany(batch=batch, company_id=companies[firm.name], role=firm.role)
            for firm in notice.firms
        ),
        *(RecalledProduct(batch=batch, product_model_id=model) for model in models.values()),
        *(NoticeLink(batch=batch, kind=kind, target=target) for kind, target in links_of(notice)),
    ]
    return sum(_add(row) for row in wanted) > 0


def _add(row):
    keys = {
        BatchCompany: ("batch", "company_id", "role"),
        RecalledProduct: ("batch", "product_model_id"),
        NoticeLink: ("batch", "kind", "target"),
    }[type(row)]
    return type(row).objects.get_or_create(**{name: getattr(row, name) for name in keys})[1]


def join_up(number, regulator) -> None:
    """Put the batches of a notice into one joint group."""
    batches = RecallBatch.objects.filter(regulator=regulator, notice_number=number)
    group = JointGroup.objects.filter(batches__in=batches).first()
    group = group or JointGroup.objects.get_or_create(name=f"{regulator.abbreviation} {number}")[0]
    batches.filter(joint_group=None).update(joint_group=group)
