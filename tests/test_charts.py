"""Charts of the list of batches: their figures, where their marks lead, and what a picture says without eyes."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from evidence.partial_dates import PartialDate
from recalls.charts import units_by_month
from recalls.charts.kinds import CHARTS
from recalls.charts.letters import cut
from recalls.charts.list import ChartedBatchList
from recalls.models import ExchangeRate, Progress
from tests import factory

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2025, 6, 12), date(2025, 7, 1)


def picture(query):
    return ChartedBatchList(QueryDict(query)).picture


def figures(query):
    """The rows of a chart's table without the addresses."""
    return [[first[0], *others] for first, *others in picture(query).rows]


@pytest.fixture
def batches():
    """In June 100 + 20 in the United States, of which 20 are inside the 100, and 30 in Canada; 7 in July; a draft."""
    first = factory.batch("First", slug="first", published=True, units=100)
    factory.batch("Inside", published=True, units=20, counted_in=first)
    factory.batch("North", "CA", published=True, units=30)
    factory.batch("Later", published=True, units=7, announced_on=JULY)
    factory.batch("Draft", published=False, units=1000)
    return first


MONTHS = [
    ["2025-06", "Canada", "1", "30"],
    ["2025-06", "United States", "2", "100"],
    ["2025-07", "United States", "1", "7"],
]


def test_units_by_month_and_region_count_each_unit_once_and_no_draft(batches):
    assert figures("chart=units") == MONTHS


def test_a_filtered_chart_counts_as_the_kept_sums_do(batches):
    assert figures("chart=units&announced_after=2000-01-01") == MONTHS


def test_a_chart_is_narrowed_by_the_filters_of_the_list(batches):
    assert figures("chart=units&region=CA") == [["2025-06", "Canada", "1", "30"]]


def test_a_column_leads_to_its_batches_and_keeps_the_other_filters(batches):
    address = picture("chart=units&hazard=fire&region=CA").rows
    (first, *_), *_ = picture("chart=units&q=north").rows
    assert first[1] == "/recalls/?q=north&region=CA&announced_after=2025-06-01&announced_before=2025-06-30"
    assert address == []


def test_a_month_is_cut_by_the_days_of_the_filter(batches):
    (first, *_), *_ = picture("chart=units&announced_after=2025-06-10").rows
    assert "announced_after=2025-06-10" in first[1] and "announced_before=2025-06-30" in first[1]


def test_many_months_are_drawn_as_years(batches):
    factory.batch("Old", published=True, units=5, announced_on=date(2020, 1, 1))
    found = [
        ["2020", "United States", "1", "5"],
        ["2025", "Canada", "1", "30"],
        ["2025", "United States", "3", "107"],
    ]
    assert figures("chart=units") == figures("chart=units&announced_after=2000-01-01") == found


def test_the_first_page_draws_the_two_years_before_the_latest_batch(batches):
    factory.batch("Old", published=True, units=5, announced_on=date(2023, 7, 31))
    factory.batch("Oldest shown", published=True, units=6, announced_on=date(2023, 8, 1))
    latest = units_by_month.latest(ChartedBatchList(QueryDict("chart=units")), 700)
    assert [row[0][0] for row in latest.rows] == ["2023-08", "2025-06", "2025-06", "2025-07"]


def test_without_units_there_is_a_row_and_no_column():
    factory.batch("Bare", published=True)
    bare = picture("chart=units")
    assert (bare.spec, bare.rows[0][1:]) == (None, ["United States", "1", "not stated"])


def test_the_exposure_of_a_batch_goes_from_units_times_lowest_to_highest_price():
    ExchangeRate.objects.create(currency="USD", day=JUNE, per_euro="1.2", fixed_on=JUNE)
    price = {"price_low": 30, "price_high": 50, "price_currency": "USD", "price_grade": "official"}
    factory.batch("Priced", slug="priced", published=True, units=100, **price)
    factory.batch("Draft", units=100, **price)
    factory.batch("Unpriced", published=True, units=100)
    drawn = picture("chart=exposure")
    named, money = ("Priced", "/recalls/priced/"), "USD\u00a03,000–5,000"
    assert drawn.rows == [[named, "United States", "2025-06-12", money, "inferred"]]
    assert "1 batch of this list without a figure" in drawn.note
    (value,) = drawn.spec["data"]["values"]
    assert (value["low"], value["high"], value["form"]) == (3000, 5000, "range")


def progress(batch, rate, in_scope, day=JULY):
    row = {"rate_pct": Decimal(rate), "in_scope": in_scope, "grade": "official", "source": factory.source()}
    return Progress.objects.create(batch=batch, as_of=day, **row)


def test_a_completion_without_denominator_is_in_the_table_and_in_no_curve(batches):
    progress(batches, "16.20", 500)
    progress(batches, "20", None, date(2025, 8, 1))
    drawn = picture("chart=completion")
    assert [row[3] for row in drawn.rows] == ["20\u00a0%", "16.2\u00a0%"]
    assert [value["rate"] for value in drawn.spec["data"]["values"]] == [16.2]


def test_a_drafts_completion_is_in_no_chart():
    progress(factory.batch("Draft"), "50", 10)
    assert (picture("chart=completion").rows, picture("chart=completion").spec) == ([], None)


def test_models_by_region_count_batches_and_name_the_first(batches):
    model = factory.product_model("A1", slug="a1")
    for batch in (batches, factory.batch("Again", published=True, announced_on=JULY), factory.batch("Draft")):
        factory.recalled_product(batch, model)
    ((first, *others),) = picture("chart=models").rows
    assert (first, others) == (("A1", "/recalls/?model=a1&region=US"), ["United States", "2", "2025-06-12"])


def test_models_of_one_number_and_batches_of_one_title_are_drawn_apart(batches):
    again = factory.batch("First", published=True)
    for name, batch in (("Anker", batches), ("Other", again)):
        factory.recalled_product(batch, factory.product_model("A1", company=factory.company(name)))
        progress(batch, "5", 10)
    models, curves = (picture(f"chart={name}").spec["data"]["values"] for name in ("models", "completion"))
    assert len({value["model"] for value in models}) == len({value["name"] for value in curves}) == 2


def test_on_a_phone_many_regions_are_drawn_with_the_year_alone(batches):
    model = factory.product_model("A1")
    for region in ("US", "CA", "CN", "JP", "GB"):
        factory.recalled_product(factory.batch(region, region, published=True, announced_on=JULY), model)
    drawn = picture("chart=models")
    texts = [spec["layer"][1]["encoding"]["text"]["field"] for spec in (drawn.spec, drawn.phone)]
    values = drawn.phone["data"]["values"]
    assert texts == ["first", "year"] and {value["year"] for value in values} == {"2025"}


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [("Romoss", 100, "Romoss"), ("Power banks", 60, "Power b…"), ("充电宝召回", 36, "充电…"), ("", 5, "")],
)
def test_a_name_is_cut_to_its_room_and_chinese_letters_take_twice_of_it(text, room, shown):
    assert cut(text, room) == shown


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_a_page_a_file_and_a_sentence_where_there_is_nothing(client, name):
    assert client.get(f"/recalls/?chart={name}").status_code == 200
    assert client.get(f"/recalls/?chart={name}&export=svg").status_code == 404


def test_the_picture_on_the_page_says_what_it_shows_and_has_no_style_of_its_own(client, batches):
    page = client.get("/recalls/?chart=units").text
    svg = page[page.index("<svg") : page.index("</svg>")]
    assert "<title" in svg and "<desc" in svg
    assert 'aria-label="2025-06, Canada: 30 units in 1 batch"' in svg
    assert 'href="/recalls/?region=CA&amp;announced_after=2025-06-01' in svg
    assert "style=" not in svg and "<style" not in svg and "<script" not in svg


def test_a_saved_picture_stands_by_itself(client, batches):
    file = client.get("/recalls/?chart=units&export=svg")
    assert file["Content-Type"] == "image/svg+xml"
    assert 'filename="recalls-units.svg"' in file["Content-Disposition"]
    text = file.content.decode()
    assert "var(" not in text and 'href="http://localhost:8000/recalls/' in text
    assert ElementTree.fromstring(text).tag.endswith("svg")


def test_a_picture_is_saved_as_png_too(client, batches):
    assert client.get("/recalls/?chart=units&export=png").content.startswith(b"\x89PNG")


def test_a_hostile_title_stays_text(client):
    batch = factory.batch('<script>"&', slug="evil", published=True)
    progress(batch, "5", 10)
    page = client.get("/recalls/?chart=completion").text
    assert "<script>&quot;" not in page and '<script>"' not in page


def test_an_unknown_chart_is_refused(client):
    assert "chart: Choose one of units" in client.get("/recalls/?chart=pie").text
    assert client.get("/recalls/?chart=pie&export=svg").status_code == 400


def test_the_chart_of_a_large_set_comes_after_the_page(client, batches, monkeypatch):
    monkeypatch.setattr("recalls.lists.SMALL", 0)
    assert 'data-part="chart"' in client.get("/recalls/?chart=units&region=CA").text
    assert "<svg" in client.get("/recalls/?chart=units&region=CA&part=chart").text


def test_an_incident_and_a_supplier_have_pictures_to_save(client, batches):
    incident = factory.incident(published=True, slug="crisis")
    factory.batch("Of it", published=True, units=3, incident=incident)
    apex = factory.company("Apex", slug="apex")
    factory.cell_source(factory.product_model("A1", slug="a1"), apex, published=True)
    for address in ("/incidents/crisis/", "/suppliers/apex/contagion/"):
        assert "<svg" in client.get(address).text
        assert client.get(f"{address}?export=svg")["Content-Type"] == "image/svg+xml"


def test_what_is_alleged_is_worded_so_in_the_pictures(client):
    apex, model = factory.company("Apex", slug="apex"), factory.product_model("A1")
    factory.cell_source(model, apex, published=True, grade="alleged")
    page = client.get("/suppliers/apex/contagion/").text
    assert page.count('aria-label="A1, Anker, alleged"') == page.count(">A1, Anker, alleged</text>") == 2
    incident = factory.incident(published=True, slug="crisis")
    factory.batch(published=True, incident=incident)
    event = {"kind": "discovery", "happened_on": PartialDate.parse("2025-06"), "grade": "alleged"}
    factory.cite(incident.events.create(text="it was hidden", **event))
    assert "2025-06, event: alleged, not confirmed: " in client.get("/incidents/crisis/").text
