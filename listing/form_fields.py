"""The fields of a list's filters as HTML: those in which nothing is chosen are the same in every page of the list."""

from django.db import router
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import get_language

from listing.remembering import remembered

TEMPLATE = "listing/field.html"


def fields_of(form):
    """Each field of the filters' form with its label and what is wrong with it."""
    made = type(form)
    asked = f"{made.__name__} {get_language()}"
    empty = remembered("fields", asked, lambda: _written(made(QueryDict())), router.db_for_read(None))
    return [empty[field.name] if _is_empty(field) else _html(field) for field in form]


def _written(form):
    return {field.name: _html(field) for field in form}


def _is_empty(field):
    return not field.data and not field.errors


def _html(field):
    return render_to_string(TEMPLATE, {"field": field})
