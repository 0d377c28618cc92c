"""Values of closed lists as the reader's language calls them."""

from django import template

from listing.words import labels_of
from recalls.choices import Hazard

register = template.Library()


@register.filter
def hazards(values):
    """“fire, burn”."""
    return labels_of(Hazard, values)
