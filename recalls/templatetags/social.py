"""What a page says of itself to those who link it: a card for people, and structured data for search engines."""

import json

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listing.feeds import SITE
from recalls.feeds import batch_in_words
from recalls.models import RecallBatch
from suppliers.templatetags.companies import is_named

register = template.Library()
LEAD = _(
    "Product recalls as regulators announced them, each figure with its source and with how well it is established."
)
# So that no text in it ends the element.
SAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag(takes_context=True)
def card(context):
    """Title, description and address of the page; a figure stands in it with its precision and its grade only."""
    record, records, request = context.get("object"), context.get("records"), context.get("request")
    title, description = gettext(SITE), LEAD
    if isinstance(record, RecallBatch):
        title = f"{record.company}: {record.title} ({record.region})"
        description = LEAD if context.get("errors") else batch_in_words(record)
    elif records:
        title, description = records.title, LEAD if records.errors else _described(records)
    elif record is not None:
        title = str(record)
    address = settings.PUBLIC_URL + request.path if record or records else ""
    return {"title": title, "description": description, "site": gettext(SITE), "address": address}


def _described(records):
    return gettext("%(list)s. %(lead)s") % {"list": records.description, "lead": LEAD}


@register.simple_tag
def structured(batch):
    """A batch for search engines. schema.org knows no recall: it is a report of an authority about products."""
    page = settings.PUBLIC_URL + batch.get_absolute_url()
    told = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": page,
        "url": page,
        "name": f"{batch.title} ({batch.region})",
        "isAccessibleForFree": True,
        "mainEntity": _report(batch),
        "citation": [
            _source(source) for source in dict.fromkeys(one.source for one in batch.citations.all())
        ],
    }
    text = json.dumps(told, ensure_ascii=False).translate(SAFE)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def _report(batch):
    report = {
        "@type": "Report",
        "name": batch.title,
        "reportNumber": batch.notice_number,
        "datePublished": batch.announced_on.isoformat(),
        "publisher": {"@type": "GovernmentOrganization", "name": batch.regulator.name},
        "spatialCoverage": {"@type": "Place", "name": batch.region.name},
        "description": batch_in_words(batch),
        "about": [_product(line, batch) for line in batch.products.all()],
    }
    return {name: value for name, value in report.items() if value}


def _product(line, batch):
    product = {"@type": "Product", "name": str(line), "model": line.product_model.model_number}
    return (
        product | {"brand": {"@type": "Brand", "name": batch.company.name}}
        if is_named(batch.company)
        else product
    )


def _source(source):
    address = source.url or settings.PUBLIC_URL + source.get_absolute_url()
    return {"@type": "CreativeWork", "name": source.title, "publisher": source.publisher, "url": address}
