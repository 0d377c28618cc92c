"""Regions in sentences."""

from django import template

from recalls.importers.quantities.regions import ELSEWHERE

register = template.Library()

WITH_ARTICLE = ("United ", "European Union", "Netherlands", "Philippines", "Czech Republic")


@register.filter
def within(region):
    """Where something was announced for, in words: in Canada, in the United States, elsewhere."""
    if region.code == ELSEWHERE:
        return "for units sold elsewhere"
    return f"in the {region}" if region.name.startswith(WITH_ARTICLE) else f"in {region}"
