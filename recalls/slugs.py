"""Short names of batches, made of what staff have entered."""

from django.utils.text import slugify

SLUG_LENGTH = 100  # leaves room for the number of a namesake


def batch_stem(region_code, notice_number, company_slug, title):
    """`us-25-338` from region and notice number; without a number from region, company and title."""
    named = slugify(notice_number or "") or f"{company_slug} {title or ''}"
    return slugify(f"{region_code} {named}")[:SLUG_LENGTH].strip("-") or "batch"


def numbered(stem, number):
    """The name of the first, second, third namesake."""
    return stem if number == 1 else f"{stem}-{number}"
