"""The rules of a page as of a day, on records made for them: what counts as stated by then."""

from datetime import date

import pytest

from evidence.partial_dates import PartialDate
from recalls.as_of import AsOf
from recalls.models import RecallBatch
from tests import factory

pytestmark = pytest.mark.django_db


def published(day=None, **fields):
    return factory.source(published_on=day and PartialDate.parse(day), **fields)


def batch(*citations, units=100, **fields):
    """A published batch of 100 units with citations, each its source's day and the figure it is about."""
    record = factory.batch(units=units, announced_on=date(2025, 1, 1), **fields)
    for day, figure in citations:
        factory.cite(record, source=published(day), figure=figure)
    record.is_published = True
    record.save()
    return record


def totals(day):
    as_of = AsOf(date.fromisoformat(day))
    return as_of.figures(as_of.batches(RecallBatch.objects.visible())).totals()


def test_a_figure_without_a_citation_of_its_own_rests_on_those_of_the_whole():
    batch(("2025-02", ""))
    assert [totals(day).units.low for day in ("2025-02-27", "2025-02-28")] == [None, 100]


def test_a_figure_that_a_later_source_states_does_not_rest_on_those_of_the_whole():
    batch(("2025-02", ""), ("2025-03", "units"))
    assert [totals(day).units.low for day in ("2025-03-30", "2025-03-31")] == [None, 100]


def test_a_source_that_contradicts_a_figure_does_not_state_it():
    record = batch(("2025-03", "units"))
    other = {"figure": "units", "stance": "contradicts", "stated_low": 9, "stated_high": 9}
    factory.cite(record, source=published("2025-01"), **other)
    assert totals("2025-02-01").units.low is None


def test_each_figure_comes_with_a_source_of_its_own():
    amount = {"amount_low": 5, "amount_high": 7, "amount_precision": "range"}
    batch(
        ("2025-02", "units"), ("2025-03", "amount"), amount_currency="CNY", amount_grade="company", **amount
    )
    assert (totals("2025-02-28").units.low, totals("2025-02-28").amounts) == (100, {})
    assert totals("2025-03-31").amounts["CNY"].high == 7


def test_units_counted_in_a_batch_that_was_not_announced_yet_count_by_themselves():
    whole = factory.batch(units=100, published=True, announced_on=date(2025, 6, 1))
    batch(("2025-02", ""), units=30, counted_in=whole)
    factory.cite(whole, source=published("2025-06-01"))
    assert (totals("2025-05-31").units.low, totals("2025-06-01").units.low) == (30, 100)
    assert totals("2025-06-01").inside == 1


def test_the_units_of_a_line_are_stated_with_those_of_its_batch(client):
    crisis = factory.incident(published=True, slug="crisis")
    record = batch(("2025-03", "units"), ("2025-01", ""), incident=crisis)
    factory.recalled_product(record, factory.product_model("A1"), units=77)
    factory.recalled_product(record, factory.product_model("A2"), units=23)
    early = client.get("/incidents/crisis/?as_of=2025-02-01").text
    assert "77 units" not in early and early.count("units not yet stated") == 3
    assert "77 units" in client.get("/incidents/crisis/?as_of=2025-03-31").text


def test_an_incident_closed_later_is_not_closed_yet(client):
    crisis = factory.incident(published=True, slug="crisis", state="closed", closed_on=date(2025, 9, 1))
    batch(("2025-01", ""), incident=crisis)
    closed = "closed on 2025-09-01"
    assert closed not in client.get("/incidents/crisis/?as_of=2025-08-31").text
    assert closed in client.get("/incidents/crisis/?as_of=2025-09-01").text


def test_the_page_of_a_day_keeps_the_kinds_of_the_timeline(client):
    batch(("2025-01", ""), incident=factory.incident(published=True, slug="crisis"))
    page = client.get("/incidents/crisis/?as_of=2025-02-01&timeline=notice&timeline=progress").text
    for kind in ("notice", "progress"):
        assert f'<input type="hidden" name="timeline" value="{kind}">' in page
    assert '<input type="hidden" name="as_of" value="2025-02-01">' in page


def test_the_sources_of_drafts_are_not_counted_as_left_out(client):
    crisis = factory.incident(published=True, slug="crisis")
    batch(("2025-01", ""), incident=crisis)
    factory.cite(factory.batch(incident=crisis), source=published())
    assert client.get("/incidents/crisis/?as_of=2025-02-01").context["left_out"] == {"undated": 0, "later": 0}
