"""The views that staff have saved of a list and show to everybody."""

from django import template

from recalls.models import SavedView

register = template.Library()


@register.simple_tag
def saved_views(path):
    return SavedView.objects.shown().of_list(path)
