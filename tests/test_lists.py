"""The list pages: filters, sorting, pages, words, and what a wrong value does."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suppliers.names import NOT_NAMED
from tests import factory

pytestmark = pytest.mark.django_db

LISTS = ["/recalls/", "/incidents/", "/suppliers/", "/cells/", "/products/", "/sources/"]


def titles(client, query=""):
    response = client.get(f"/recalls/{query}")
    assert response.status_code == 200
    return [batch.title for batch in response.context["records"].page.object_list]


@pytest.fixture
def four_batches():
    jp = factory.regulator("METI", "JP")
    cn = factory.regulator("SAMR", "CN")
    factory.batch("old", published=True, units=10, announced_on=date(2024, 1, 1), notice_number="24-001")
    factory.batch("japan", "JP", published=True, units=20, announced_on=date(2025, 6, 1), regulator=jp)
    factory.batch("china", "CN", published=True, units=30, announced_on=date(2025, 6, 30), regulator=cn)
    factory.batch("draft", "CN", units=1000, regulator=cn)


@pytest.mark.parametrize("address", LISTS)
def test_every_list_shows_without_any_record(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "Nothing is published here yet." in response.text
    assert "Nothing fits these filters" in client.get(f"{address}?q=zz").text


def test_a_list_asked_again_shows_what_was_entered_meanwhile(client):
    for count in (0, 1, 2):
        assert client.get("/cells/").context["records"].count == count
        factory.cell_source(factory.product_model(f"A{count}"), published=True)


def test_batches_come_newest_first_and_drafts_never(client, four_batches):
    assert titles(client) == ["china", "japan", "old"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?region=JP", ["japan"]),
        ("?region=jp&region=CN", ["china", "japan"]),
        ("?regulator=samr", ["china"]),
        ("?announced_after=2025-06-01", ["china", "japan"]),
        ("?announced_before=2025-06-01", ["japan", "old"]),
        ("?announced_after=2025-06-30&announced_before=2025-06-30", ["china"]),
        ("?units_min=20", ["china", "japan"]),
        ("?units_max=20", ["japan", "old"]),
        ("?q=CHIN", ["china"]),
        ("?q=24001", ["old"]),
        ("?q=24-001", ["old"]),
        ("?sort=units", ["old", "japan", "china"]),
        ("?sort=-units", ["china", "japan", "old"]),
        ("?sort=title&per_page=2&page=2", ["old"]),
    ],
)
def test_the_address_is_the_query(client, four_batches, query, found):
    assert titles(client, query) == found


def test_an_open_figure_reaches_every_limit_beyond_it(client):
    batch = factory.batch("at least 100", published=True)
    batch.units_low, batch.units_precision, batch.units_grade = 100, "at_least", "official"
    batch.save()
    assert titles(client, "?units_min=5000") == ["at least 100"]
    assert titles(client, "?units_max=99") == []


def test_batches_are_found_by_what_is_in_them(client):
    model = factory.product_model("PB-1")
    batch = factory.batch("with cells", published=True, hazards=["fire", "burn"])
    factory.batch("another", published=True)
    factory.recalled_product(batch, model)
    factory.cell_source(model, factory.company("Apex", slug="apex"), published=True)
    batch.remedies.create(kind="refund")
    for query in (
        "model=" + model.slug.upper(),
        "supplier=apex",
        "category=power-bank",
        "hazard=burn",
        "remedy=refund",
    ):
        assert titles(client, f"?{query}") == ["with cells"], query


@pytest.mark.parametrize("query", ["supplier=apex", "category=power-bank"])
def test_what_several_batches_contain_finds_each_of_them_once(client, query):
    models = [factory.product_model(number) for number in ("PB-1", "PB-2")]
    for model in models:
        factory.cell_source(model, factory.company("Apex", slug="apex"), published=True)
    both, one = factory.batch("both", published=True), factory.batch("one", published=True)
    for batch, model in ((both, models[0]), (both, models[1]), (one, models[1])):
        factory.recalled_product(batch, model)
    factory.recalled_product(factory.batch("draft"), models[0])
    factory.batch("neither", published=True)
    assert sorted(titles(client, f"?{query}")) == ["both", "one"]


def test_a_draft_link_to_a_supplier_finds_nothing(client):
    model = factory.product_model("PB-1")
    batch = factory.batch(published=True)
    factory.recalled_product(batch, model)
    apex = factory.company("Apex", slug="apex")
    factory.cell_source(model, apex)
    factory.certificate(apex, published=True)
    assert titles(client, "?supplier=apex") == []


def test_unknown_figures_sort_last_in_either_direction(client):
    factory.batch("unknown", published=True)
    factory.batch("known", published=True, units=5)
    assert titles(client, "?sort=units")[-1] == "unknown"
    assert titles(client, "?sort=-units")[-1] == "unknown"


@pytest.mark.parametrize("address", LISTS)
def test_every_column_sorts_both_ways(client, four_batches, address):
    columns = client.get(address).context["table"].sortable()
    for sort in [*columns, *(f"-{name}" for name in columns)]:
        assert client.get(address, {"sort": sort}).status_code == 200, sort


def test_the_page_says_in_words_what_it_shows(client, four_batches):
    text = client.get("/recalls/?region=JP&region=CN&announced_after=2025-06-01").text
    assert "Recall batches in China and Japan announced from 2025-06-01 on: 2 batches, 50 units" in text


@pytest.mark.parametrize(
    "query",
    [
        "region=QQ",
        "units_min=many",
        "units_min=1e400",
        "announced_after=2025-13-01",
        "hazard=doom",
        "q=%00",
        "region=%00",
        "q=" + "x" * 201,
        "q=one+two+three+four+five+six+seven+eight+nine",
        "sort=secret",
        "sort=-",
        "per_page=0",
        "per_page=100000",
        "incident=a-draft",
    ],
)
def test_a_wrong_value_shows_its_error_and_no_rows(client, four_batches, query):
    factory.incident(slug="a-draft")
    page = client.get(f"/recalls/?{query}")
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert not page.context["records"].page.object_list
    file = client.get(f"/recalls/?{query}&export=csv")
    assert (file.status_code, file.text.split(":")[0]) == (400, query.split("=")[0])


def test_an_unknown_kind_of_file_is_refused(client):
    assert client.get("/recalls/?export=pdf").status_code == 400


@pytest.mark.parametrize("page", ["-1", "0", "1000000000", "9" * 400, "two", "%00", ""])
def test_a_page_that_does_not_exist_gives_the_nearest(client, four_batches, page):
    assert client.get(f"/recalls/?page={page}").status_code == 200


def test_a_thousand_parameters_are_refused_and_not_a_fault(client):
    query = "&".join(f"p{n}=1" for n in range(1100))
    assert client.get(f"/recalls/?{query}").status_code == 400


@pytest.mark.parametrize("address", LISTS)
def test_a_list_takes_no_post(client, address):
    assert client.post(address, {"q": "x"}).status_code == 405


@pytest.mark.parametrize("address", LISTS)
def test_queries_do_not_grow_with_the_rows(client, address, django_assert_num_queries):
    _a_row()
    with CaptureQueriesContext(connection) as of_one_row:
        client.get(address)
    for _ in range(7):
        _a_row()
    with django_assert_num_queries(len(of_one_row)):
        client.get(address)


def _a_row():
    number = factory.source().pk
    model = factory.product_model(f"M{number}")
    supplier = factory.company(f"Supplier {number}")
    factory.cell_source(model, supplier, published=True)
    batch = factory.batch(
        published=True, units=3, incident=factory.incident(f"Crisis {number}", published=True)
    )
    factory.recalled_product(batch, model)


def test_a_model_without_a_category_shows_as_not_stated(client):
    model = factory.product_model("A1263", category=None, slug="a1263")
    factory.recalled_product(factory.batch(published=True, units=5), model)
    (record,) = client.get("/products/?sort=category").context["records"].page.object_list
    pages = [
        client.get(page).text
        for page in ("/products/", "/products/a1263/", f"/suppliers/{model.company.slug}/")
    ]
    rows = b"".join(client.get("/products/?export=csv").streaming_content).decode().splitlines()
    assert (record.category, [text.count(">None") for text in pages]) == (None, [0, 0, 0])
    assert rows[1].startswith("A1263,,Anker,,")


def test_no_cell_has_the_class_none(client, four_batches):
    assert not [address for address in LISTS if 'class="None"' in client.get(address).content.decode()]


def test_the_list_of_notices_without_a_company_is_described_as_such(client):
    factory.batch("Lamps", published=True, company=factory.company(NOT_NAMED, slug="nobody"))
    page = client.get("/recalls/", {"company": "nobody"})
    words = page.context["records"].description
    assert words == "Recall batches whose company is not named in the notice"


def test_each_value_of_a_filter_is_a_chip_that_goes_away_by_itself(client, four_batches):
    page = client.get("/recalls/?region=JP&region=cn&announced_after=2025-01-01&sort=units&page=2")
    chips = {(chip.label, chip.value): chip.address for chip in page.context["records"].chips}
    assert chips == {
        ("Region", "China"): "?region=JP&announced_after=2025-01-01&sort=units",
        ("Region", "Japan"): "?region=cn&announced_after=2025-01-01&sort=units",
        ("Announced from", "2025-01-01"): "?region=JP&region=cn&sort=units",
    }
    assert 'aria-label="Without Region: Japan"' in page.text


def test_the_currency_and_what_cannot_be_read_are_no_chips(client, four_batches):
    for query in ("currency=EUR", "region=QQ"):
        assert client.get(f"/recalls/?{query}").context["records"].chips == []


def test_where_nothing_fits_each_filter_can_be_taken_off(client, four_batches):
    text = client.get("/recalls/?region=JP&q=zzz").text
    assert 'href="?q=zzz">without Region: Japan' in text
    assert 'href="/search/?q=zzz"' in text


def test_the_address_names_the_columns_of_the_page_and_the_file_has_all(client, four_batches):
    page = client.get("/recalls/?column=title&column=units&region=JP")
    assert [column.name for column in page.context["table"].columns] == ["title", "units"]
    file = b"".join(client.get("/recalls/?column=title&export=csv").streaming_content).decode()
    assert file.startswith("announced_on,title,company,")


def test_an_unknown_column_is_refused(client, four_batches):
    assert "There is no column “secret” to show." in client.get("/recalls/?column=secret").text
    assert client.get("/recalls/?column=slug&export=csv").status_code == 400
