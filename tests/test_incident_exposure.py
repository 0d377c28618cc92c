"""What full refunds of an incident's batches would cost, each unit counted once, in the list of incidents."""

import csv
import io
from decimal import Decimal

import pytest

from recalls.models import Incident
from tests import factory
from tests.test_exposure import amount, at_least, price, rate

pytestmark = pytest.mark.django_db


def crisis(title, *batches, published=True):
    """A published incident with a batch for each of these dicts of fields."""
    incident = factory.incident(title, published=published)
    for number, fields in enumerate(batches):
        factory.batch(f"{title} {number}", published=True, incident=incident, **fields)
    return incident


def valued(incident, currency="USD"):
    return Incident.objects.visible().with_exposure(currency).get(pk=incident.pk)


def ends(row):
    return row.exposure_low, row.exposure_high, row.exposure_precision


def test_it_is_the_sum_over_its_batches_and_says_how_many_have_none():
    """10 × 30 to 10 × 50, and an amount of 100; one batch has units and no price."""
    row = valued(crisis("one", {"units": 10, **price(30, 50)}, amount(100, 100, "USD"), {"units": 7}))
    assert ends(row) == (400, 600, "range")
    assert (row.exposure_published, row.exposure_estimated, row.without_exposure) == (1, 1, 1)
    assert (row.exposure_grade, row.exposure_currency) == ("inferred", "USD")


def test_a_unit_is_counted_once_within_the_incident():
    incident = crisis("one", {"units": 10, **price(3, 3)})
    whole = incident.batches.get()
    factory.batch("part", "CA", published=True, incident=incident, units=4, counted_in=whole, **price(3, 3))
    assert (*ends(valued(incident)), valued(incident).without_exposure) == (30, 30, "approximate", 0)


def test_a_batch_counted_in_another_incidents_is_counted_here():
    whole = crisis("one", {"units": 10, **price(3, 3)}).batches.get()
    other = crisis("two", {"units": 4, "counted_in": whole, **price(3, 3)})
    assert valued(other).exposure_low == 12


def test_an_open_part_leaves_it_open():
    assert ends(valued(crisis("one", {**at_least(10), **price(3, 5)}))) == (30, None, "at_least")


def test_exact_amounts_stay_exact_and_a_draft_adds_nothing():
    incident = crisis("one", amount(100, 100, "USD", grade="official"))
    factory.batch("draft", incident=incident, units=10, **price(3, 3))
    assert (*ends(valued(incident)), valued(incident).exposure_grade) == (100, 100, "exact", "official")


def test_without_any_figure_it_is_unknown_and_not_zero():
    row = valued(crisis("one", {"units": 7}, amount(100, 100, "TWD")))
    assert (*ends(row), row.exposure_grade, row.without_exposure) == (None, None, "unknown", "", 2)


def test_the_list_sorts_by_it_and_what_has_none_comes_last(client):
    crisis("small", {"units": 1, **price(3, 3)})
    crisis("none", {"units": 1})
    crisis("large", {"units": 9, **price(3, 3)})
    for sort, titles in {
        "exposure": ["small", "large", "none"],
        "-exposure": ["large", "small", "none"],
    }.items():
        page = client.get(f"/incidents/?sort={sort}").context["records"].page
        assert [row.title for row in page.object_list] == titles


def test_the_currency_is_in_the_address_and_one_click_away(client):
    rate("CNY", 8)
    rate("USD", 1)
    crisis("one", {"units": 10, **price(3, 3)})
    text = client.get("/incidents/?currency=CNY").text
    assert "Exposure, CNY" in text and "≈\u00a0CNY\u00a0240" in text
    assert "?currency=EUR" in text and "quotes no rate" in client.get("/incidents/?currency=TWD").text


def test_the_file_has_the_same_figures(client):
    crisis("one", {"units": 10, **price(30, 50)}, {"units": 7})
    text = client.get("/incidents/?export=csv").getvalue().decode()
    row = next(csv.DictReader(io.StringIO(text)))
    assert (Decimal(row["exposure_low"]), Decimal(row["exposure_high"])) == (300, 500)
    assert (row["exposure_precision"], row["exposure_currency"], row["without_exposure"]) == (
        "range",
        "USD",
        "1",
    )


def test_units_and_exposure_follow_the_grade_switch_on_the_page_and_in_the_file(client):
    """10 official units at an official 3, and 5 reported ones at a reported 4: 30 of 50 count."""
    official, reported = price(3, 3), {**price(4, 4), "price_grade": "reported"}
    crisis("one", {"units": 10, **official}, {"units": 5, **reported, "units_grade": "reported"})
    files = {
        query: client.get(f"/incidents/?export=csv{query}").getvalue() for query in ("", "&grade=official")
    }
    rows = {query: next(csv.DictReader(io.StringIO(file.decode()))) for query, file in files.items()}
    assert [(row["units_low"], row["exposure_low"]) for row in rows.values()] == [
        ("15", "50.00"),
        ("10", "30.00"),
    ]
    assert rows["&grade=official"]["without_exposure"] == "1"
    page = client.get("/incidents/?grade=official").text
    assert "by figures graded official" in page and "?grade=official" in page


def test_an_unknown_grade_is_refused_with_a_sentence(client):
    assert client.get("/incidents/?grade=nonsense&export=csv").status_code == 400
    assert "nonsense" in client.get("/incidents/?grade=nonsense").text
