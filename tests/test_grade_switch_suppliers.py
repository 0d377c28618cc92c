"""The grade switch on the pages of a company, a product model and a source."""

import pytest

from tests import factory

pytestmark = pytest.mark.django_db
SURE = "?grade=official&grade=company"


@pytest.fixture
def world():
    """A model in a batch of 40 units, reported; whose cells a supplier is merely reported to make."""
    anker = factory.company("Anker", slug="anker")
    model = factory.product_model("A1", company=anker, slug="a1")
    batch = factory.batch("Reported", published=True, slug="reported", company=anker, units=40)
    batch.units_grade = "reported"
    batch.save()
    factory.recalled_product(batch, model)
    apex = factory.company("Apex", slug="apex")
    link = factory.cell_source(model, apex, published=True)
    return batch, link


def seen(client, address):
    return " ".join(client.get(address).text.split())


def test_a_company_shows_no_figure_and_counts_no_link_of_another_grade(client, world):
    _, link = world
    sure = SURE if link.grade not in ("official", "company") else "?grade=estimated"
    text = seen(client, f"/suppliers/apex/{sure}")
    assert "1 of these links left out by the grade switch" in text and ">A1</a>" not in text
    assert ">A1</a>" in seen(client, "/suppliers/apex/")
    assert "not shown: grade reported" in seen(client, f"/suppliers/anker/{SURE}")


def test_a_model_shows_no_units_of_another_grade(client, world):
    assert "not shown: grade reported" in seen(client, f"/products/a1/{SURE}")
    assert "not shown" not in seen(client, "/products/a1/")


def test_a_source_leaves_out_what_is_of_another_grade_and_counts_it(client, world):
    batch, _ = world
    source = batch.citations.first().source
    batch.citations.update(figure="units")
    text = seen(client, f"{source.get_absolute_url()}{SURE}")
    assert "of these left out by the grade switch" in text
    assert "left out by the grade switch" not in seen(client, source.get_absolute_url())


@pytest.mark.parametrize("address", ["/suppliers/anker/", "/products/a1/"])
def test_a_grade_that_is_none_is_refused_in_a_sentence(client, world, address):
    text = seen(client, f"{address}?grade=doom")
    assert "“doom” is no grade" in text and "40" not in text.split("<h1>")[1].split("</main>")[0]


@pytest.mark.parametrize("address", ["/suppliers/apex/", "/suppliers/anker/", "/products/a1/"])
def test_links_to_batches_keep_the_switch(client, world, address):
    assert "Figures of official and company" in seen(client, address + SURE)
