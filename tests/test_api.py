"""Lists and records as JSON: the rows of the page, read on from a cursor, with the same refusals and no draft."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from listing.views import RecordListView
from recalls.lists import RecallBatchList
from recalls.models import RecallBatch
from recalls.tables import RecallBatchTable
from suppliers.models import Company
from tests import addresses, factory
from tests.test_paging import SORTS, seven_batches

pytestmark = pytest.mark.django_db
LISTS = [p for p in addresses.patterns() if issubclass(getattr(p.view, "view_class", object), RecordListView)]


def get(client, address, status=200):
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == status, answer.content
    return answer.json()


def slugs(answer):
    return [row["slug"] for row in answer["results"]]


def read_on(client, address):
    """All rows from here on, page by page."""
    rows = []
    while address:
        answer = client.get(address).json()
        rows += answer["results"]
        parts = answer["next"] and urlsplit(answer["next"])
        address = parts and f"{parts.path}?{parts.query}"
    return rows


@pytest.mark.parametrize("pattern", LISTS, ids=lambda pattern: pattern.name)
def test_every_list_page_has_its_json_at_the_same_address(client, pattern):
    factory.cell_source(factory.product_model(), factory.company("Apex", slug="apex"), published=True)
    address = "/" + pattern.shape % {"slug": "apex"}
    assert get(client, address)["page"].endswith(address)


def test_a_row_has_the_columns_of_the_file(client):
    factory.batch(published=True)
    row = get(client, "/recalls/")["results"][0]
    assert set(RecallBatchTable.file_columns()) < set(row)


def test_units_are_integers_money_is_text_and_unknown_is_null(client):
    money = {"amount_low": Decimal("1200.50"), "amount_high": Decimal("1200.50"), "amount_precision": "exact"}
    factory.batch(published=True, units=7, amount_currency="USD", amount_grade="official", **money)
    row = get(client, "/recalls/")["results"][0]
    assert (row["units_low"], row["units_precision"], row["units_grade"]) == (7, "exact", "official")
    assert (row["amount_low"], row["amount_currency"]) == ("1200.50", "USD")
    assert (row["price_low"], row["price_grade"], row["injuries"]) == (None, None, None)


def test_a_partly_known_date_stands_as_published_and_by_its_days(client):
    factory.batch(published=True, sold_from="2025-06")
    row = get(client, "/recalls/")["results"][0]
    told = (row["sold_from"], row["sold_from_first"], row["sold_from_last"])
    assert told == ("2025-06", "2025-06-01", "2025-06-30")


def test_several_values_are_an_array(client):
    batch = factory.batch(published=True, hazards=["fire", "burn"])
    for number in ("A1", "B2"):
        factory.recalled_product(batch, factory.product_model(number))
    row = get(client, "/recalls/")["results"][0]
    assert (row["hazards"], row["models"], row["remedies"]) == (["fire", "burn"], ["A1", "B2"], [])


def test_a_figure_names_the_sources_that_support_it(client):
    batch = factory.batch(published=True, units=7, reports=2)
    of_units = factory.source(slug="of-units")
    factory.cite(batch, source=of_units, figure="units")
    row = get(client, "/recalls/")["results"][0]
    whole = next(one["source"] for one in row["citations"] if one["figure"] is None)
    assert (row["units_sources"], row["reports_sources"], row["amount_sources"]) == (
        ["of-units"],
        [whole],
        [],
    )


def test_a_row_links_to_the_json_of_what_it_names(client):
    factory.batch(published=True, slug="us-1", company=factory.company("Anker", slug="anker"))
    row = get(client, "/recalls/")["results"][0]
    assert urlsplit(row["json"]).path == "/api/v1/recalls/us-1/"
    assert client.get(urlsplit(row["company_json"]).path).json()["record"]["name"] == "Anker"


@pytest.mark.parametrize(
    ("sort", "few"), [*((sort, 0) for sort in ["", *SORTS]), ("", 8_000), ("-units", 8_000)]
)
def test_a_cursor_reads_each_row_once_in_the_order_of_the_page(client, sort, few, monkeypatch):
    monkeypatch.setattr("listing.orders.FEW", few)
    monkeypatch.setattr("listing.lists.FEW", few)
    seven_batches()
    sorted_by = f"&sort={sort}" if sort else ""
    rows = read_on(client, f"/api/v1/recalls/?per_page=2{sorted_by}")
    assert [row["slug"] for row in rows] == [
        batch.slug for batch in RecallBatchList(QueryDict(f"sort={sort}")).sorted
    ]


def test_a_cursor_survives_what_is_published_and_withdrawn_meanwhile(client):
    for day in (1, 2, 3, 4):
        factory.batch(published=True, slug=f"day-{day}", announced_on=date(2025, 6, day))
    first = get(client, "/recalls/?per_page=2")
    factory.batch(published=True, slug="later", announced_on=date(2025, 7, 1))
    RecallBatch.objects.filter(slug="day-3").update(is_published=False)
    rest = urlsplit(first["next"])
    assert slugs(first) == ["day-4", "day-3"]
    assert slugs(client.get(f"{rest.path}?{rest.query}").json()) == ["day-2", "day-1"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("regoin=JP", "regoin: There is no such parameter here; there are q, region,"),
        ("region=QQ", "region: “QQ” is not known here."),
        ("units_min=many", "units_min: Enter a number."),
        ("units_min=", "units_min: Nothing is given; leave the parameter out instead."),
        ("sort=units&sort=title", "sort: This can be given once."),
        ("sort=nothing", "sort: There is no column of this name to sort by."),
        ("per_page=501", "per_page: Ensure this value is less than or equal to 500."),
        ("cursor=made-up", "cursor: This is no cursor that a page of this list gave."),
        ("page=2", "page: There is no such parameter here"),
    ],
)
def test_what_can_not_be_read_is_refused_in_a_sentence(client, query, sentence):
    answer = client.get(f"/api/v1/recalls/?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"][0].startswith(sentence)


def test_the_refusal_of_a_filter_is_the_sentence_of_its_form(client):
    page = client.get("/recalls/?announced_after=June").context["records"].errors
    assert get(client, "/recalls/?announced_after=June", 400)["errors"] == page


def test_a_cursor_of_another_query_is_refused(client):
    for _ in range(2):
        factory.batch(published=True)
    cursor = urlsplit(get(client, "/recalls/?per_page=1")["next"]).query
    assert get(client, f"/recalls/?{cursor}")["results"]
    assert "another query" in get(client, f"/recalls/?{cursor}&sort=units", 400)["detail"]


def test_a_draft_is_answered_as_what_is_not_there(client):
    factory.batch(slug="a-draft")
    draft, unknown = (client.get(f"/api/v1/recalls/{slug}/") for slug in ("a-draft", "unknown"))
    assert (draft.status_code, draft.content) == (404, unknown.content)
    assert get(client, "/recalls/")["results"] == []
    assert get(client, "/recalls/?company=nobody", 400)["errors"] == ["company: “nobody” is not known here."]


def test_a_record_has_its_parts_and_no_hidden_one(client):
    batch = factory.batch(published=True, slug="us-1", units=9)
    factory.recalled_product(batch, factory.product_model("A1", slug="a1"), units=4)
    factory.cite(batch, figure="units")
    told = get(client, "/recalls/US-1/")
    assert told["record"]["units_low"] == 9
    assert [(line["product_model_slug"], line["units_low"]) for line in told["products"]] == [("a1", 4)]
    company = told["record"]["company_slug"]
    factory.claim(about=Company.objects.get(slug=company), text="hidden")
    assert get(client, f"/suppliers/{company}/")["claims"] == []


def test_a_record_takes_the_grades_and_the_currency_of_its_page(client):
    factory.batch(published=True, slug="us-1", units=9)
    told = get(client, "/recalls/us-1/?grade=reported&currency=EUR")["record"]
    assert (told["units_low"], told["units_sources"], told["exposure_currency"]) == (None, [], "EUR")
    assert get(client, "/recalls/us-1/?region=US", 400)["errors"]


def test_a_merged_company_leads_to_the_one_that_stands_for_it(client):
    kept = factory.company("Kept", slug="kept")
    factory.batch(published=True, company=kept)
    factory.company("Old", slug="old", merged_into=kept)
    answer = client.get("/api/v1/suppliers/old/")
    assert (answer.status_code, answer["Location"]) == (302, "/api/v1/suppliers/kept/")


@pytest.mark.parametrize("address", ["/recalls/", "/openapi.json", "/recalls/us-1/"])
def test_it_is_only_read(client, address):
    factory.batch(published=True, slug="us-1")
    assert client.head(f"/api/v1{address}").status_code == 200
    assert client.options(f"/api/v1{address}")["Allow"] == "GET, HEAD, OPTIONS"
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)(f"/api/v1{address}")
        assert (refused.status_code, refused["Content-Type"]) == (405, "application/problem+json")


def test_pages_of_other_sites_may_read_it_and_nothing_else(client):
    assert client.get("/api/v1/recalls/")["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/v1/nowhere/")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/recalls/").headers


@pytest.mark.parametrize("address", ["/recalls/", "/recalls/us-1/", "/openapi.json"])
def test_what_is_asked_again_is_304(client, address):
    factory.batch(published=True, slug="us-1")
    tag = client.get(f"/api/v1{address}")["ETag"]
    again = client.get(f"/api/v1{address}", headers={"If-None-Match": tag})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")


def test_what_goes_wrong_elsewhere_is_told_to_programs_too(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("api.lists.ListView.told", lambda self: 1 / 0)
    broken = client.get("/api/v1/recalls/")
    assert (broken.status_code, broken["Content-Type"]) == (500, "application/problem+json")
    assert client.get("/api/v1/nowhere/").json()["status"] == 404


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("/recalls/?region=US&company=&page=1", "/api/v1/recalls/?region=US"),
        ("/recalls/us-1/", "/api/v1/recalls/us-1/"),
        ("/suppliers/anker/contagion/", "/api/v1/suppliers/anker/contagion/"),
    ],
)
def test_a_page_links_its_json_for_programs_and_for_people(client, page, link):
    factory.batch(published=True, slug="us-1", company=factory.company("Anker", slug="anker"))
    text = client.get(page).text
    assert f'<link rel="alternate" type="application/json" href="{link}">' in text
    assert f'<a href="{link}">' in text
    assert client.get(link).status_code == 200


def test_the_description_and_its_page_name_every_address(client):
    named = set(client.get("/api/v1/openapi.json").json()["paths"])
    page = client.get("/api/v1/").text
    shapes = {"/api/v1/" + pattern.shape.replace("%(slug)s", "{slug}") for pattern in LISTS}
    assert shapes < named
    assert all(path in page for path in named)
