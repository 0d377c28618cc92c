"""The first page: what it sums, where each number leads, and what comes after it where the batches are many."""

from datetime import date

import pytest

from recalls.models import ExchangeRate
from tests import factory

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 12)


@pytest.fixture
def crisis():
    """An open incident with a batch of 100 units at USD 10 to 20, whose model has cells of Apex; one of Canada."""
    ExchangeRate.objects.create(currency="USD", day=DAY, per_euro="1.2", fixed_on=DAY)
    incident = factory.incident("Crisis", published=True, slug="crisis")
    price = {"price_low": 10, "price_high": 20, "price_currency": "USD", "price_grade": "official"}
    batch = factory.batch("With cells", published=True, units=100, incident=incident, **price)
    model = factory.product_model("A1")
    factory.recalled_product(batch, model)
    factory.cell_source(model, factory.company("Apex", slug="apex"), published=True)
    factory.batch("North", "CA", published=True, units=5)
    factory.batch("Secret", published=False, units=1000, incident=incident)


def test_the_overview_sums_what_is_published(client, crisis):
    overview = client.get("/").context["overview"]
    assert (overview.totals.units.low, overview.exposure.low, overview.exposure.high) == (105, 1000, 2000)
    assert [(group.key, group.units_low) for group in overview.regions] == [("US", 100), ("CA", 5)]
    assert [incident.units_low for incident in overview.open_incidents] == [100]
    assert "Secret" not in client.get("/").text


def test_each_number_of_the_overview_leads_to_the_list_that_makes_it(client, crisis):
    text = client.get("/").text
    for address in (
        "/recalls/",
        "/recalls/?sort=-units",
        "/recalls/?sort=-exposure&amp;currency=USD",
        "/incidents/?state=open",
        "/recalls/?currency=USD&amp;region=CA",
        "/recalls/?supplier=apex",
        "/suppliers/apex/contagion/",
        "/recalls/revisions/",
        "/recalls/?chart=units",
    ):
        assert f'href="{address}"' in text, address


def test_suppliers_come_with_the_exposure_of_the_batches_with_their_cells(client, crisis):
    ((group, slug),) = client.get("/").context["overview"].suppliers
    assert (slug, group.batches, group.units_low) == ("apex", 1, 100)
    assert (group.exposure_low, group.exposure_high) == (1000, 2000)


def test_a_supplier_by_allegation_alone_is_named_so(client):
    batch, model = factory.batch(published=True, units=1), factory.product_model("A1")
    factory.recalled_product(batch, model)
    factory.cell_source(model, factory.company("Apex", slug="apex"), published=True, grade="alleged")
    assert "Apex, merely alleged" in client.get("/").text


def test_of_many_records_it_says_that_they_are_more(client, crisis, monkeypatch):
    monkeypatch.setattr("recalls.overview.SEARCHED", 2)
    text = client.get("/").text
    assert "<strong>over 2</strong> sources" in text and "<strong>1</strong> incident<" in text


def test_of_many_batches_only_what_is_kept_is_read_at_once(client, crisis, monkeypatch):
    monkeypatch.setattr("recalls.lists.SMALL", 0)
    text = client.get("/").text
    assert "<svg" not in text and "<svg" in client.get("/?part=picture").text
    assert "With cells" in text and "5 recall batch" not in text and "Apex" not in text
    assert all(f'data-part="{part}"' in text for part in ("picture", "suppliers", "revisions", "counts"))
    assert "Apex" in client.get("/?part=suppliers").text and "Apex" in client.get("/?whole=1").text
    assert client.get("/?part=secret").status_code == 404
