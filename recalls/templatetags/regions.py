"""Regions in sentences."""

from django import template
from django.utils.translation import gettext

from recalls.importers.quantities.regions import ELSEWHERE

register = template.Library()

WITH_ARTICLE = ("United ", "European Union", "Netherlands", "Philippines", "Czech Republic")


@register.filter
def within(region):
    """Where something was announced for, in words: in Canada, in the United States, elsewhere."""
    if region.code == ELSEWHERE:
        return gettext("for units sold elsewhere")
    with_article = region.name.startswith(WITH_ARTICLE)
    form = gettext("in the %(region)s") if with_article else gettext("in %(region)s")
    return form % {"region": region}
