"""Companies in templates."""

from django import template

from suppliers.names import NOT_NAMED

register = template.Library()


@register.filter
def is_named(company):
    """False for the record that stands in where a notice names no company."""
    return company.name != NOT_NAMED
