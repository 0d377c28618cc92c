"""When each regulator's data was last fetched, for public pages."""

from django import template

from recalls.models import ImportRun

register = template.Library()


@register.inclusion_tag("recalls/_freshness.html")
def freshness():
    """Each regulator's last import that went through."""
    runs = ImportRun.objects.latest_finished().select_related("regulator")
    return {"runs": sorted(runs, key=lambda run: run.regulator.abbreviation)}
