"""The one search box: every kind of record, any script, no surprise from what is typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suppliers.names import NOT_NAMED
from tests import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def records():
    """One published record of each kind, and a draft batch."""
    anker = factory.company("Anker Innovations", slug="anker", legal_name="Anker Ltd")
    factory.alias(anker, "安克创新")
    incident = factory.incident("Serial recalls", published=True, company=anker)
    fields = {"published": True, "company": anker, "incident": incident}
    batch = factory.batch("PowerCore 100% power_banks", notice_number="25-338", **fields)
    model = factory.product_model("A1263", company=anker, name="PowerCore 10000", slug="a1263")
    factory.recalled_product(batch, model)
    apex = factory.company("Apex", slug="apex")
    factory.cell_source(model, apex, cell=factory.cell(apex, "126280 v2.0"), published=True)
    factory.batch("Hidden PowerCore", company=anker, notice_number="99-999")


def found(client, text):
    """How many of each kind a search finds."""
    page = client.get("/search/", {"q": text})
    assert page.status_code == 200
    return {section.kind.title: section.count for section in page.context["sections"]}


def test_a_name_of_two_chinese_characters_is_found(client, records):
    assert found(client, "安克")["Companies"] == 1


def test_one_character_is_enough(client, records):
    assert found(client, "克")["Companies"] == 1


@pytest.mark.parametrize("text", ["25-338", "25338"])
def test_a_notice_number_is_found_with_and_without_its_hyphen(client, records, text):
    assert found(client, text)["Recall batches"] == 1


@pytest.mark.parametrize("text", ["a1263", "A1263"])
def test_a_model_number_is_found_in_any_letter_case(client, records, text):
    assert found(client, text)["Product models"] == 1


def test_a_cell_is_found_by_its_designation(client, records):
    assert found(client, "126280") == {"Cells in product models": 1}


def test_legal_names_incidents_and_sources_are_found(client, records):
    assert found(client, "anker ltd")["Companies"] == 1
    assert found(client, "serial")["Incidents"] == 1
    assert found(client, "cpsc")["Sources"] == 2


def test_every_word_must_be_found(client, records):
    assert found(client, "powercore 10000")["Product models"] == 1
    assert "Product models" not in found(client, "powercore 20000")


def test_drafts_are_not_found(client, records):
    assert found(client, "99-999") == {}
    assert "Hidden" not in client.get("/search/?q=powercore").text


@pytest.mark.parametrize(
    ("text", "batches"), [("100%", 1), ("%", 1), ("r_b", 1), ("1%0", 0), ("P_werCore", 0), ("\\", 0)]
)
def test_wildcards_are_plain_characters(client, records, text, batches):
    assert found(client, text).get("Recall batches", 0) == batches


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "a\x00b",
        "x" * 10_000,
        "a " * 5_000,
        "'\"--;",
        "%_\\",
        "\u202e",
        "�",
        "-",
        "---",
        "𝕏👩‍👩‍👧",
        "q=&amp;<b>",
    ],
)
def test_hostile_texts_are_searched_for_like_any(client, records, text):
    page = client.get("/search/", {"q": text})
    assert page.status_code == 200
    assert "<b>" not in page.text


@pytest.mark.parametrize(
    "address", ["/search/", "/search/?q=", "/search/?q=%20", "/search/?q=%00", "/search/?x=1"]
)
def test_an_empty_search_gives_a_hint(client, address):
    page = client.get(address)
    assert "Type a model number" in page.text


def test_bytes_that_are_no_text_are_no_error(client):
    assert client.get("/search/?q=%ff%fe&q=%ED%A0%80").status_code == 200


def test_an_exact_code_comes_first(client):
    for number in ("A12", "A1", "BA1"):
        model = factory.product_model(number, slug=number.lower())
        factory.recalled_product(factory.batch(published=True), model)
    (section,) = (
        s for s in client.get("/search/?q=a1").context["sections"] if s.kind.title == "Product models"
    )
    assert [hit["record"].model_number for hit in section.first] == ["A1", "A12", "BA1"]


def test_ten_are_shown_with_the_count_and_the_way_to_all(client):
    for number in range(12):
        factory.batch(f"Lamp {number}", published=True)
    page = client.get("/search/?q=lamp")
    assert page.text.count(">Lamp ") == 10
    assert 'Recall batches <span class="muted">12</span>' in page.text
    assert client.get("/recalls/?q=lamp").context["records"].count == 12
    assert 'href="/recalls/?q=lamp"' in page.text


def test_an_alleged_link_is_worded_as_alleged(client):
    model = factory.product_model("A1681")
    factory.cell_source(model, factory.company("Apex"), grade="alleged", published=True)
    assert "Alleged: <a" in client.get("/search/?q=apex").text


def test_queries_do_not_grow_with_the_hits(client, records):
    with CaptureQueriesContext(connection) as first:
        client.get("/search/?q=power")
    for number in range(4):
        factory.batch(f"Power {number}", published=True)
    with CaptureQueriesContext(connection) as again:
        client.get("/search/?q=power")
    assert len(again) == len(first)


def test_the_stand_in_of_notices_without_a_company_is_no_hit(client, records):
    factory.batch("Lamps", published=True, company=factory.company(NOT_NAMED))
    assert "Companies" not in found(client, "not named")
