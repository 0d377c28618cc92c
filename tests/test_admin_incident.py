"""Incidents, their parts, and what is claimed of suppliers have forms of their own."""

import pytest

from recalls.models import ContributingFactor, RecoveryPhase
from suppliers.models import CellSource
from tests import factory
from tests.admin_pages import add_page, citation_row, list_page, page, rows, sign_in

pytestmark = pytest.mark.django_db
PARTS = "rootcauses contributingfactors events impacts measures recoveryphases financialindicators citations"


@pytest.fixture
def staff(client):
    return sign_in(client)


def incident_data(**fields):
    data = {"title": "Power banks of 2025", "slug": "anker-2025", "company": factory.company().pk}
    for prefix in PARTS.split():
        data |= rows(prefix)
    return data | {"opened_on": "2025-06-12", "state": "open"} | fields


def test_incident_is_entered_with_its_parts(staff):
    part = {"text": "No check of parts", "category": "quality", "grade": "reported"}
    staff.post(add_page("recalls_incident"), incident_data(**rows("contributingfactors", part)))
    assert ContributingFactor.objects.get().incident.slug == "anker-2025"


def test_tasks_of_a_phase_are_entered_one_a_line(staff):
    data = {"incident": factory.incident().pk, "order": 1, "name": "contain", "text": "No more harm"}
    data |= {
        "tasks": "Stop sales\r\n\r\n Warn buyers ",
        "grade": "inferred",
        "state": "not stated",
        **rows("citations"),
    }
    staff.post(add_page("recalls_recoveryphase"), data)
    assert RecoveryPhase.objects.get().tasks == ["Stop sales", "Warn buyers"]


def test_part_of_an_incident_is_cited_on_its_own_page(staff):
    factor = ContributingFactor.objects.create(
        incident=factory.incident(), text="No check of parts", category="quality", grade="reported"
    )
    data = {"incident": factor.incident_id, "text": factor.text, "category": "quality", "grade": "reported"}
    staff.post(page(factor), data | rows("citations", citation_row()))
    assert factor.citations.count() == 1


def test_cell_source_is_published_with_the_citation_given_on_its_page(staff):
    data = {"product_model": factory.product_model().pk, "supplier": factory.company("Apex").pk}
    data |= {
        "basis": "regulator",
        "grade": "official",
        "answer": "not stated",
        "is_published": "on",
        "reason": "Known.",
    }
    staff.post(add_page("suppliers_cellsource"), data | rows("citations", citation_row()))
    assert CellSource.objects.published().count() == 1


@pytest.mark.parametrize("name", ["suppliers_company", "suppliers_productmodel", "suppliers_cellsource"])
def test_search_finds_what_a_company_named_in_another_script_has(staff, name):
    apex = factory.company("Apex")
    factory.alias(apex, "安普瑞斯")
    factory.cell_source(factory.product_model("A1257", company=apex), apex)
    factory.cell_source(factory.product_model("X1"), factory.company("Other"))
    assert len(staff.get(list_page(name), {"q": "安普瑞斯"}).context["cl"].result_list) == 1
