"""What is only odd about a saved batch: worth a second look, and no reason to refuse it."""

from django.contrib import messages
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from listing.figures import money, quantity
from listing.words import enumerated
from recalls.forms import link
from recalls.models import RecallBatch, RecalledProduct

FAR = 3  # times as much, or a third
LINKED_AT_MOST = 5


def warn_of_oddities(request, batch):
    for oddity in (another_sum(batch), price_far_off(batch), model_again(batch)):
        if oddity:
            messages.warning(request, oddity)


def another_sum(batch):
    """The products add up to a number that can't be the batch's own."""
    lines = batch.products.all()
    if not lines or (batch.units_low is None and batch.units_high is None):
        return ""
    low = sum(line.units_low or 0 for line in lines)
    high = None if any(line.units_high is None for line in lines) else sum(line.units_high for line in lines)
    if (batch.units_high is None or low <= batch.units_high) and (
        high is None or (batch.units_low or 0) <= high
    ):
        return ""
    stated = quantity(batch.units_low, batch.units_high, batch.units_precision)
    said = gettext("The products add up to %(sum)s units, but the batch says %(stated)s.")
    return said % {"sum": quantity(low, high), "stated": stated}


def price_far_off(batch):
    """The same model costs three times as much, or a third, in another region's batch of this currency."""
    low = batch.price_low if batch.price_low is not None else batch.price_high
    if low is None:
        return ""
    high = batch.price_high if batch.price_high is not None else low
    others = _with_same_models(batch).exclude(region=batch.region).filter(price_currency=batch.price_currency)
    others = others.annotate(
        least=Coalesce("price_low", "price_high"), most=Coalesce("price_high", "price_low")
    )
    far = others.filter(Q(least__gt=high * FAR) | Q(most__lt=low / FAR))
    price = money(batch.price_low, batch.price_high, batch.price_currency)
    return _with_links(
        gettext("{price} is far from the price of the same model in {batches}."), far, price=price
    )


def model_again(batch):
    """A model is in another batch of this region that nothing ties to this one."""
    tied = Q(expands=batch) | Q(counted_in=batch) | Q(pk__in=[batch.expands_id, batch.counted_in_id])
    others = _with_same_models(batch).filter(region=batch.region)
    return _with_links(gettext("A model of this batch is also in {batches}."), others.exclude(tied))


def _with_same_models(batch):
    lines = RecalledProduct.objects.filter(product_model__in=batch.products.values("product_model"))
    return RecallBatch.objects.filter(pk__in=lines.values("batch")).exclude(pk=batch.pk)


def _with_links(sentence, batches, **names):
    found = list(batches.select_related("region")[: LINKED_AT_MOST + 1])
    links = format_html_join(enumerated(["", ""]), "{}", ((link(batch),) for batch in found[:LINKED_AT_MOST]))
    if len(found) > LINKED_AT_MOST:
        links = format_html(gettext("{batches} and others"), batches=links)
    return format_html(sentence, batches=links, **names) if found else ""
