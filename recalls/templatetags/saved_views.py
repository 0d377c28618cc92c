"""The views that staff have saved of a list and show to everybody."""

from django import template

from listing.languages import address_in, canonical, language_of
from recalls.models import SavedView

register = template.Library()


@register.simple_tag
def saved_views(path):
    """Those of the list at a path; `here` is the address of each in the language of this page."""
    views = SavedView.objects.shown().of_list(canonical(path))
    for view in views:
        view.here = address_in(language_of(path), view.address)
    return views
