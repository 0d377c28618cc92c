"""The language of a page, and the same page in the others."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from listing.languages import languages_of, tag_of
from listing.retelling import retold

register = template.Library()
register.filter("retold", retold)


@register.simple_tag
def language_tag():
    """The language of this page as HTML names it."""
    return tag_of(translation.get_language())


@register.simple_tag(takes_context=True)
def other_languages(context):
    """This page in each other language; the page of an error repeats no address, and leads to the first page."""
    now = translation.get_language()
    return [one for one in languages_of(_page(context) or reverse("home")) if one.code != now]


@register.simple_tag(takes_context=True)
def same_page(context):
    """This page in every language, for search engines, and where the site is; nothing of an error."""
    page = _page(context)
    return {"site": settings.PUBLIC_URL, "languages": languages_of(page) if page else []}


def _page(context):
    request = context.get("request")
    return request.get_full_path() if request and "exception" not in context else ""
