"""Who and what notices name, as records: matched by exact name or number, otherwise made anew, never by likeness."""

import re
from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import Model as DatabaseModel
from django.db.models.functions import Coalesce, Upper
from django.utils.text import slugify

from recalls.importers.notice import Firm, Model
from recalls.importers.writing.among import Among
from recalls.importers.writing.copying import copy_rows, new_ids
from suppliers.models import Company, CompanyAlias, ProductModel
from suppliers.names import NOT_NAMED

LONGEST_SLUG = 60
IS_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# By the order of bytes, in which "." comes after "-": an index of a slug's beginnings finds these.
NUMBERED = """
SELECT slug FROM unnest(%s::text[]) AS stem JOIN {} ON slug ~>=~ (stem || '-') AND slug ~<~ (stem || '.')
"""


def company_ids(firms: Iterable[Firm | None]) -> dict[str, int]:
    """Primary keys of companies by the names of these firms; new ones wait for a review by staff.

    The empty name stands for the firm of a notice that names none.
    """
    by_name = {firm.name if firm else "": firm or Firm(NOT_NAMED) for firm in firms}
    written = {name: firm.name for name, firm in by_name.items()}
    known = Company.objects.named(written.values())
    missing = {firm.name: firm for firm in by_name.values() if firm.name not in known}
    if missing:
        _make_companies(missing.values())
        known = Company.objects.named(written.values())
    return {name: known[full] for name, full in written.items()}


def _make_companies(firms):
    slugs = free_slugs(Company, [slug_of(firm.name)[:LONGEST_SLUG] or "company" for firm in firms])
    ids = new_ids(Company, len(slugs))
    rows = [
        {
            "id": key,
            "slug": slug,
            "name": firm.name,
            "country": firm.country,
            "is_reviewed": firm.name == NOT_NAMED,
        }
        for key, firm, slug in zip(ids, firms, slugs, strict=True)
    ]
    copy_rows(Company, rows)
    traded = [(key, firm.trading_as) for key, firm in zip(ids, firms, strict=True) if firm.trading_as]
    copy_rows(CompanyAlias, [{"company_id": key, "name": name, "language": "en"} for key, name in traded])


def model_ids(wanted: Iterable[tuple[int, Model]]) -> dict[tuple[int, str], int]:
    """Primary keys of product models by company and number; a number differs by more than its capitals."""
    wanted = {(company, model.number.upper()): (company, model) for company, model in wanted}
    known = _known_models(wanted)
    missing = [wanted[key] for key in wanted if key not in known]
    if missing:
        known |= _make_models(missing)
    return known


def _known_models(wanted):
    models = ProductModel.objects.annotate(key=Upper("model_number")).filter(
        Among("company_id", {company for company, _ in wanted}),
        Among("key", {number for _, number in wanted}),
    )
    rows = models.order_by("-pk").values_list("company", "key", Coalesce("merged_into", "pk"))
    return {(company, number): key for company, number, key in rows}


def _make_models(missing):
    ids = new_ids(ProductModel, len(missing))
    slugs = free_slugs(
        ProductModel, [slug_of(model.number)[:LONGEST_SLUG] or "model" for _, model in missing]
    )
    rows = [
        {"id": key, "slug": slug, "company_id": company, "model_number": model.number, "name": model.name}
        for key, slug, (company, model) in zip(ids, slugs, missing, strict=True)
    ]
    copy_rows(ProductModel, rows)
    return {(company, model.number.upper()): key for key, (company, model) in zip(ids, missing, strict=True)}


def slug_of(text: str) -> str:
    """A text as a short name; most notice and model numbers are one already."""
    lower = text.lower()
    return lower if IS_SLUG.fullmatch(lower) else slugify(text.replace("/", "-"))


def free_slugs(model: type[DatabaseModel], wanted: list[str]) -> list[str]:
    """These slugs in their order, each with a number behind it where it is taken already."""
    taken = set(model.objects.filter(Among("slug", wanted)).values_list("slug", flat=True))
    twice = taken | {slug for slug, count in Counter(wanted).items() if count > 1}
    if twice:
        with connection.cursor() as cursor:
            cursor.execute(NUMBERED.format(model._meta.db_table), [list(twice)])
            taken.update(slug for (slug,) in cursor)
    return [_free(slug, taken) for slug in wanted]


def _free(slug, taken):
    number, candidate = 1, slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    taken.add(candidate)
    return candidate
