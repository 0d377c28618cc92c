"""The record that stands in where a notice names no company: in the reader's language on pages, as kept in files."""

import pytest
from django.contrib.admin.models import LogEntry

from suppliers.models import Company
from suppliers.names import NOT_NAMED
from tests import factory
from tests.admin_pages import sign_in
from tests.visits import Answer, Visitor

pytestmark = pytest.mark.django_db
IN_CHINESE = "公告未列明企业"
WORDS = [
    "recalls/",
    "recalls/?company=nobody",
    "recalls/?group=company",
    "recalls/?export=md&rows=page",
    "recalls/?export=atom",
    "recalls/?part=facets",
    "recalls/lamps/",
    "suppliers/nobody/",
    "suppliers/apex/contagion/",
    "cells/",
    "products/",
    "products/lamp/",
    "sources/conflicts/",
    "search/?q=lamps",
    "",
]
VALUES = [
    "recalls/?export=csv",
    "recalls/?group=company&export=csv",
    "products/?export=csv",
    "cells/?export=csv",
    "suppliers/apex/contagion/?export=csv",
    "sources/conflicts/?export=csv",
]


@pytest.fixture(autouse=True)
def lamps():
    nobody = factory.company(NOT_NAMED, slug="nobody")
    batch = factory.batch("Lamps", slug="lamps", published=True, company=nobody, units=5)
    model = factory.product_model("L1", slug="lamp", company=nobody)
    factory.recalled_product(batch, model)
    link = factory.cell_source(model, factory.company("Apex", slug="apex"))
    factory.cite(link)
    link.is_published = True
    link.save()
    factory.cite(batch, figure="units", stated_low=7, stated_high=7, stance="contradicts")


def body(address):
    answer = Answer(Visitor().get(address))
    assert answer.status == 200, address
    return answer.body


@pytest.mark.parametrize("address", WORDS)
def test_a_page_says_in_its_language_that_no_company_is_named(address):
    chinese = body(f"/zh-hans/{address}")
    assert IN_CHINESE in chinese and NOT_NAMED not in chinese


@pytest.mark.parametrize("address", VALUES)
def test_a_file_names_the_record_as_it_is_kept(address):
    chinese = body(f"/zh-hans/{address}")
    assert NOT_NAMED in chinese and chinese == body(f"/{address}")


def test_json_names_the_record_as_it_is_kept():
    assert NOT_NAMED in body("/api/v1/recalls/") and NOT_NAMED in body("/api/v1/recalls/?group=company")


def test_search_engines_are_told_of_no_brand_that_is_none():
    factory.recalled_product(factory.batch("Fans", slug="fans", published=True), factory.product_model("F1"))
    assert '"@type": "Brand"' in body("/recalls/fans/")
    assert '"@type": "Brand"' not in body("/recalls/lamps/")


@pytest.mark.parametrize("page", ["recalls/recallbatch", "suppliers/company", "suppliers/productmodel"])
def test_the_lists_of_the_admin_say_it_in_chinese(client, page):
    answer = sign_in(client).get(f"/zh-hans/admin/{page}/")
    assert IN_CHINESE in answer.text and NOT_NAMED not in answer.text


def test_the_log_of_the_admin_keeps_it_in_english(client):
    """Of an action and of a deletion."""
    nobody = factory.company(NOT_NAMED)
    Company.objects.filter(pk=nobody.pk).update(is_reviewed=False)
    code = factory.region("JP")
    staff = sign_in(client)
    data = {"action": "mark_reviewed", "_selected_action": [nobody.pk], "reason": "Seen."}
    assert staff.post("/zh-hans/admin/suppliers/company/", data).status_code == 302
    page = f"/zh-hans/admin/recalls/region/{code.pk}/delete/"
    assert staff.post(page, {"post": "yes", "reason": "Twice."}).status_code == 302
    assert list(LogEntry.objects.values_list("object_repr", flat=True)) == ["Japan", NOT_NAMED]
