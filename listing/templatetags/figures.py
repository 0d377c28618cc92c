"""Figures, money and grades in templates."""

from django import template
from django.utils.html import format_html

from listing import figures

register = template.Library()
register.simple_tag(figures.quantity, name="quantity")
register.simple_tag(figures.money, name="money")
register.simple_tag(figures.badge, name="grade")
register.filter("number", figures.number)
register.filter("day", figures.day)
register.filter("percent", figures.percent)
register.filter("change", figures.change)


@register.filter
def stated(value):
    """The value, or a muted “not stated” where it is unknown or empty."""
    if value is None or value == "":
        return format_html('<span class="unknown">{}</span>', figures.NOT_STATED)
    return value


@register.simple_tag
def figure(record, field):
    """A record's figure columns by their common name: {% figure batch "units" %}."""
    low, high = getattr(record, f"{field}_low"), getattr(record, f"{field}_high")
    precision = getattr(record, f"{field}_precision", "")
    currency = getattr(record, f"{field}_currency", None)
    if currency is None:
        return figures.quantity(low, high, precision)
    return figures.money(low, high, currency, precision)
