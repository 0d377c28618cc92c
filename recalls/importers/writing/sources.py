"""The notices themselves as sources, each stored once."""

from django.db.models import Q

from evidence.models import Source, SourceKind
from evidence.partial_dates import PartialDate
from recalls.importers.notice import Notice
from recalls.importers.writing.among import Among
from recalls.importers.writing.copying import copy_rows, new_ids
from recalls.importers.writing.names import slug_of


def source_ids(notices: list[Notice], regulator) -> dict[str, int]:
    """Primary keys of the sources of notices by notice number: found by address or short name, or made."""
    slugs = {notice.number: source_slug(regulator, notice.number) for notice in notices}
    addresses = [notice.url for notice in notices if notice.url]
    found = Source.objects.filter(Q(Among("slug", slugs.values())) | Q(Among("url", addresses)))
    rows = list(found.values_list("pk", "slug", "url"))
    by_slug = {slug: key for key, slug, _ in rows}
    by_address = {url: key for key, _, url in rows if url}
    known = {
        notice.number: by_address.get(notice.url) or by_slug.get(slugs[notice.number]) for notice in notices
    }
    missing = [notice for notice in notices if not known[notice.number]]
    return known | _make(missing, slugs, regulator)


def source_slug(regulator, number: str) -> str:
    return slug_of(f"{regulator.slug}-{number}")[:50]


def complete_address(notice: Notice, regulator) -> None:
    """Give the source of a notice its address, should a file without addresses have made it."""
    taken = Source.objects.filter(url=notice.url)
    if notice.url and not taken.exists():
        Source.objects.filter(slug=source_slug(regulator, notice.number), url="").update(url=notice.url)


def _make(notices, slugs, regulator):
    ids = new_ids(Source, len(notices))
    rows = [
        {
            "id": key,
            "slug": slugs[notice.number],
            "title": notice.title,
            "publisher": regulator.name,
            "kind": SourceKind.NOTICE,
            "url": notice.url,
            "published_on": PartialDate(notice.announced_on, notice.announced_on),
            "language": notice.language,
        }
        for key, notice in zip(ids, notices, strict=True)
    ]
    copy_rows(Source, rows)
    return {notice.number: key for key, notice in zip(ids, notices, strict=True)}
