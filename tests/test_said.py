"""What is alleged says so, by whom, and what was answered, wherever it stands."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from suppliers.models import CellSource
from tests import factory

pytestmark = pytest.mark.django_db
DENIED = {"answer": "denied", "answer_text": "never ours"}


@pytest.fixture
def link():
    """An alleged link of A1 to Apex, said by CPSC, denied by Apex; one of another model is known."""
    apex = factory.company("Apex", slug="apex")
    link = factory.cell_source(
        factory.product_model("A1", slug="a1"),
        apex,
        grade="alleged",
        answer_by=apex,
        published=True,
        **DENIED,
    )
    factory.recalled_product(factory.batch(published=True, slug="one"), link.product_model)
    factory.cell_source(factory.product_model("A2"), apex, published=True)
    return link


def words(response):
    return " ".join(response.text.split())


def file(client, address):
    return list(csv.DictReader(io.StringIO(client.get(f"{address}?export=csv").getvalue().decode())))


def test_an_answer_has_somebody_who_gave_it():
    fields = {
        "product_model": factory.product_model(),
        "supplier": factory.company("Apex"),
        "grade": "alleged",
    }
    with pytest.raises(IntegrityError, match="cellsource_answer_has_author"), transaction.atomic():
        CellSource.objects.create(basis="teardown", answer="denied", **fields)
    with pytest.raises(ValidationError, match="Name the company that answered"):
        CellSource(basis="teardown", answer="denied", **fields).full_clean()


def test_an_answer_is_one_of_the_list():
    with pytest.raises(IntegrityError, match="cellsource_answer_listed"), transaction.atomic():
        factory.cell_source(factory.product_model(), answer="shrugged", answer_by=factory.company())


@pytest.mark.parametrize(
    "address", ["/suppliers/apex/", "/suppliers/apex/contagion/", "/products/a1/", "/recalls/one/", "/cells/"]
)
def test_every_page_with_an_alleged_link_says_by_whom_and_what_was_answered(client, link, address):
    shown = words(client.get(address)).replace("</strong>", "")
    assert "said by CPSC" in shown
    assert "Apex denied it: “never ours”" in shown
    assert "lleged" in shown


def test_the_search_and_the_source_s_page_say_so_too(client, link):
    assert "said by CPSC; Apex denied it" in words(client.get("/search/?q=A1"))
    source = link.citations.get().source
    assert "said here; Apex denied it: “never ours”" in words(client.get(source.get_absolute_url()))


def test_the_files_have_the_answer(client, link):
    for address in ("/cells/", "/suppliers/apex/contagion/"):
        alleged, known = file(client, address)
        assert (alleged["said_by"], alleged["answer"]) == ("CPSC", "denied")
        assert (alleged["answer_by"], alleged["answer_text"]) == ("Apex", "never ours")
        assert (known["answer"], known["answer_by"]) == ("not stated", "")


def test_the_list_of_products_does_not_take_an_allegation_for_a_fact(client, link):
    alleged, known = file(client, "/products/")
    assert alleged["suppliers"] == "Apex (alleged; said by CPSC; Apex denied it: “never ours”)"
    assert known["suppliers"] == "Apex"


def test_who_contradicts_a_link_is_not_who_says_it(client, link):
    factory.cite(
        link, source=factory.source(publisher="Another"), stance="contradicts", figure="cells", stated_low=1
    )
    assert file(client, "/cells/")[0]["said_by"] == "CPSC"
    assert "said by CPSC: regulator" in words(client.get("/products/a1/"))


@pytest.mark.parametrize("address", ["/suppliers/apex/", "/products/a1/"])
def test_a_cause_says_who_puts_it_down_to_whom_and_the_answer(client, link, address):
    incident = factory.incident(published=True)
    factory.batch(published=True, incident=incident)
    cause = incident.rootcauses.create(text="bad cells", grade="alleged", attributed_to=link.supplier)
    cause.product_models.add(link.product_model)
    factory.cite(cause, source=factory.source(publisher="The Paper"))
    claim = {"said_by": "the press", "answer": "no comment", "answer_by": factory.company("Anker")}
    factory.claim(link.supplier, "it made them", published=True, **claim)
    shown = words(client.get(address)).split("Causes")[1]
    assert "Alleged, not confirmed:</strong> bad cells" in shown and "said by The Paper" in shown
    assert "To the claim “it made them” (the press), Anker gave no comment" in shown


def test_other_records_that_are_alleged_say_by_whom(client, link):
    factory.certificate(link.supplier, grade="alleged", published=True)
    factory.ownership(factory.company("Holder"), link.supplier, grade="alleged", published=True)
    factory.agreement(link.supplier, factory.company("Anker"), grade="alleged", published=True)
    said = "<strong>Alleged, not confirmed</strong>, said by CPSC; answer not stated:"
    assert words(client.get("/suppliers/apex/")).count(said) == 3
