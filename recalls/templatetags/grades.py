"""The grade switch in templates."""

from django import template

from listing import figures
from recalls.address import kept_grades as kept

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_grades(context, lead="?"):
    """The end of a link to another page that knows the switch: ?grade=official; empty where it is off."""
    request = context.get("request")
    return kept(request.GET, lead) if request else ""


@register.simple_tag
def not_shown(record, figure):
    """Why a figure is not shown, where the switch hides it."""
    grade = getattr(record, f"{figure}_hidden", "")
    return figures.not_shown(grade) if grade else ""
