"""Whatever is typed into an address, the answer is never a 500."""

import pytest

from recalls.models import Incident
from tests import factory

pytestmark = pytest.mark.django_db

LISTS = [
    "/recalls/",
    "/incidents/",
    "/suppliers/",
    "/cells/",
    "/products/",
    "/sources/",
    "/sources/conflicts/",
]
OPTIONS = ["sort", "page", "per_page", "export", "bom", "group", "currency", "as_of", "unknown"]
HOSTILE = [
    "\x00",
    "9" * 40,
    "../'; DROP TABLE recalls_recallbatch; --",
    "-1",
    "1e999",
    "x" * 5000,
    "2025-02-30",
    "\ud7ff 安克\u202e %_\\ {{7*7}}",
]


@pytest.fixture
def records():
    model = factory.product_model("A1")
    batch = factory.batch("A1", published=True, units=3, incident=factory.incident(published=True))
    factory.recalled_product(batch, model)
    factory.cell_source(model, published=True)


@pytest.mark.parametrize("address", LISTS)
def test_no_value_of_any_parameter_is_a_fault(client, records, address):
    names = [*client.get(address).context["records"].filterset.filters, *OPTIONS]
    asked = [{name: value} for name in names for value in HOSTILE[:3]]
    asked += [dict.fromkeys(names, value) for value in HOSTILE]
    for query in asked:
        assert client.get(address, query).status_code in (200, 400), query


@pytest.mark.parametrize("value", [value for value in HOSTILE if "/" not in value])
@pytest.mark.parametrize("address", [*LISTS, "/search/?q="])
def test_no_name_in_the_path_is_a_fault(client, records, address, value):
    response = client.get(f"{address}{value}/" if "?" not in address else f"{address}{value}")
    assert response.status_code in (200, 404)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_question_to_an_incident_is_a_fault(client, records, value):
    names = ["as_of", "timeline", "currency", "headline", "tolerance", "share", "remedy_share", "fixed_cost"]
    factory.incident("Crisis", slug="crisis", published=True)
    factory.batch(published=True, units=3, incident=Incident.objects.get(slug="crisis"))
    for query in [*({name: value} for name in names), dict.fromkeys(names, value), {f"share-{value}": value}]:
        assert client.get("/incidents/crisis/", query).status_code == 200, query


def test_what_a_page_repeats_of_the_address_is_escaped(client, records):
    for address in [*LISTS, "/search/"]:
        assert "<script>alert" not in client.get(address, {"q": "<script>alert(1)</script>"}).text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_addresses_only_answer_get(client, records, method):
    for address in [*LISTS, "/", "/search/", "/incidents/x/", "/recalls/x/"]:
        assert getattr(client, method)(address).status_code == 405, address
