"""The form of a list's filters, most of whose fields are not made anew for each page."""

import pytest
from django.http import QueryDict
from django.utils import translation

from listing.form_fields import fields_of
from recalls.lists import RecallBatchList
from tests import factory

pytestmark = pytest.mark.django_db(transaction=True)  # within another nothing is remembered
CHOSEN = "region=JP&hazard=fire&units_min=5&q=anker&category=heater&announced_after=nonsense"


def form(query=""):
    return RecallBatchList(QueryDict(query)).filterset.form


def html(query=""):
    return "".join(fields_of(form(query)))


def whole(query):
    """Every field as it is made of this address."""
    return [str(field) for field in form(query)]


@pytest.mark.parametrize("query", ["", CHOSEN, "region=XX", "currency=EUR&grade=alleged"])
def test_every_field_stands_there_as_the_form_makes_it(query):
    factory.category("heater")
    html()
    html(CHOSEN)
    made = fields_of(form(query))
    assert len(made) == len(whole(query))
    assert [field for field, text in zip(whole(query), made, strict=True) if field not in text] == []


def test_what_is_chosen_and_what_is_wrong_stay_with_their_address():
    html(CHOSEN)
    assert ">Enter a valid date.<" in html(CHOSEN)
    plain = html()
    assert "checked" not in plain
    assert "nonsense" not in plain
    assert "errors" not in plain


def test_a_new_category_can_be_chosen_at_once():
    assert "heater" not in html()
    factory.category("heater")
    assert "heater" in html()


def test_each_language_has_its_own():
    assert ">Text<" in html()
    with translation.override("zh-hans"):
        assert ">文本<" in html()
    assert ">Text<" in html()


def test_nothing_is_asked_for_the_menus_of_a_page_whose_data_are_the_same(django_assert_num_queries):
    html()
    with django_assert_num_queries(1) as asked:
        html()
    assert "data_version()" in asked[0]["sql"]
