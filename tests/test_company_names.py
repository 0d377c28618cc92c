"""Which names are the same: exactly, in any spelling of one name; never by likeness."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suppliers.merging import merge
from suppliers.models import Company
from tests import factory

pytestmark = pytest.mark.django_db

SAME = [
    ("Anker Innovations Co., Ltd.", "ANKER INNOVATIONS CO.,LTD"),
    ("Anker Innovations Co., Ltd.", "Anker  Innovations Co Ltd"),
    ("Shen-Zhen Power", "Shen Zhen\u00a0Power"),
    ("Shen-Zhen Power", "Shen – Zhen Power"),
    ("Levi's", "Levi’s"),
    ("L.L.C. Power", "LLC Power"),
    ("ANKER™ Innovations®", "Anker Innovations"),
    ("安克创新(深圳)", "安克创新（深圳）"),
    ("Ａｎｋｅｒ", "anker"),
    ("ﬁne Power", "Fine Power"),
    ("Größe AG", "GRÖSSE AG"),
    ("Café", "Cafe\u0301"),
    ("“Anker” Inc", '"Anker" Inc.'),
    ("An\u200bker\u00ad", "Anker"),
]
OTHERS = [
    ("Anker Inc.", "Anker"),
    ("Anker Inc.", "Anker Ltd."),
    ("Anker", "Ankr"),
    ("Café", "Cafe"),
    ("Power Bank", "PowerBank"),
    ("...", "---"),
    ("安克", "安克创新"),
]


def known(*names):
    return Company.objects.named(names)


@pytest.mark.parametrize(("held", "asked"), SAME)
def test_the_same_name_in_another_spelling_is_known(held, asked):
    assert known(asked) == {}
    company = factory.company(held)
    assert known(asked, held) == {asked: company.pk, held: company.pk}


@pytest.mark.parametrize(("held", "asked"), OTHERS)
def test_another_name_is_not_known_however_alike(held, asked):
    factory.company(held)
    assert known(asked) == {}


def test_a_company_is_known_by_its_registered_name_and_its_aliases():
    anker = factory.company("Anker", legal_name="Anker Innovations Technology Co., Ltd.")
    factory.alias(anker, "安克创新")
    names = ["anker innovations technology co ltd", "安克创新", "Anker"]
    assert known(*names) == dict.fromkeys(names, anker.pk)


def test_an_empty_name_is_nobodys():
    factory.company("Anker", legal_name="")
    assert known("", " ") == {}


def test_nothing_asked_gives_nothing():
    assert known() == {}


def test_of_several_the_reviewed_company_goes_first_then_the_lowest_key():
    for slug in ("new", "newer", "reviewed", "also-reviewed"):
        Company.objects.create(slug=slug, name="Anker", is_reviewed="reviewed" in slug)
    assert known("Anker") == {"Anker": Company.objects.get(slug="reviewed").pk}
    Company.objects.filter(slug__contains="reviewed").delete()
    assert known("Anker") == {"Anker": Company.objects.get(slug="new").pk}


def test_a_merged_company_does_not_stand_before_the_one_that_stands_for_it():
    anker, ankr = factory.company("Anker", is_reviewed=False), factory.company("Ankr")
    merge(anker, ankr, User.objects.create(username="staff"))
    assert known("Ankr") == {"Ankr": anker.pk}


@pytest.mark.parametrize("name", ["ﷺ" * 200, "𝕏" * 200, "—" * 200, "İ" * 200, "a'\"\\%s"])
def test_any_text_can_be_a_name(name):
    company = factory.company(name)
    assert known(name) == {name: company.pk}


def test_a_thousand_names_are_one_query():
    pks = {name: factory.company(name).pk for name in ("Anker", "Apex")}
    with CaptureQueriesContext(connection) as queries:
        found = known(*(f"Firm {number}" for number in range(998)), "Anker", "APEX")
    assert found == {"Anker": pks["Anker"], "APEX": pks["Apex"]}
    assert len(queries) == 1
