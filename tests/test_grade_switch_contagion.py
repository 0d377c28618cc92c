"""The grade switch on a supplier's contagion page and its file: links by their grade, units by theirs."""

import csv
import io

import pytest

from tests import factory

pytestmark = pytest.mark.django_db
SURE = "grade=official&grade=company"
PAGE = "/suppliers/apex/contagion/"


@pytest.fixture
def apex():
    """Four models: 10 units official and 20 reported by official links, 30 by an alleged one, up to 70 reported."""
    maker = factory.company("Apex", slug="apex")
    for model, units, link, grade in (
        ("A1", 10, "official", "official"),
        ("A2", 20, "official", "reported"),
        ("A3", 30, "alleged", "official"),
    ):
        line(maker, model, link).batch.products.update(
            units_low=units, units_high=units, units_precision="exact", units_grade=grade
        )
    shared = line(maker, "A4", "official").batch
    factory.recalled_product(shared, factory.product_model("B1"))
    type(shared).objects.filter(pk=shared.pk).update(
        units_low=70, units_high=70, units_precision="exact", units_grade="reported"
    )
    return maker


def line(maker, number, link):
    model = factory.product_model(number)
    factory.cell_source(model, maker, grade=link, published=True)
    return factory.recalled_product(factory.batch(f"of {number}", published=True), model)


def totals(client, query):
    return [
        (steps.standing, steps.reach.units.low, steps.reach.models, steps.reach.up_to, steps.reach.unstated)
        for steps in client.get(f"{PAGE}?{query}").context["records"].totals
    ]


def test_links_and_units_count_by_their_own_grades(client, apex):
    # All: 10 + 20 stated and one “up to”; 30 alleged. Official and company: 10 of three models, two without a number.
    assert totals(client, "") == [("known", 30, 3, 1, 0), ("alleged", 30, 1, 0, 0)]
    assert totals(client, SURE) == [("known", 10, 3, 0, 2)]


def test_the_file_has_units_of_the_grades_alone(client, apex):
    file = client.get(f"{PAGE}?export=csv&{SURE}").getvalue().decode()
    rows = {row["model"]: row for row in csv.DictReader(io.StringIO(file))}
    assert list(rows) == ["A1", "A2", "A4"]
    assert [(row["units_of"], row["units_low"], row["units_grade"]) for row in rows.values()] == [
        ("own units", "10", "official"),
        ("not stated", "", ""),
        ("not stated", "", ""),
    ]
    assert rows["A4"]["up_to_high"] == rows["A4"]["up_to_grade"] == ""


def test_steps_and_page_follow(client, apex):
    shown = client.get(f"{PAGE}?{SURE}")
    [steps] = shown.context["records"].totals
    assert [(group.name, group.reach.units.low) for group in steps.models] == [
        ("A1", 10),
        ("A2", None),
        ("A4", None),
    ]
    assert "Only official and company figures count." in shown.text and "up to 70" not in shown.text
    assert "?grade=official&amp;grade=company" in shown.text
    assert "1 of its links left out by the grade switch" in shown.text


def test_causes_and_claims_of_other_grades_are_left_out_and_counted(client, apex):
    incident = factory.incident(published=True)
    factory.batch(published=True, incident=incident)
    incident.rootcauses.create(text="bad cells", grade="alleged", attributed_to=apex)
    factory.claim(apex, "it swapped a material", published=True)
    shown = client.get(f"{PAGE}?{SURE}").text
    assert "2 left out by the grade switch" in shown
    assert "bad cells" not in shown and "swapped" not in shown.split('id="causes"')[1]


def test_a_replacement_of_another_grade_leaves_no_empty_table(client, apex):
    new, buyer = factory.company("New maker"), factory.company("Buyer")
    factory.agreement(new, buyer, replaces=apex, published=True)
    page = client.get(f"{PAGE}?{SURE}").content.decode()
    assert "Suppliers replaced" in page and "1 left out by the grade switch" in page
    assert "Came in" not in page
