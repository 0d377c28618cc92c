"""Where readers report errors and those named here answer."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def contact():
    """The operator's contact, as `address` to link to and `text` to read; both empty where none is named."""
    return {"address": settings.CONTACT, "text": settings.CONTACT.removeprefix("mailto:")}
