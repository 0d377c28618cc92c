"""Pages of a list are read by key, from indexes and from either end: the rows are those of the whole sorted list."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from evidence.models import Source
from recalls.lists import RecallBatchList
from recalls.models import RecallBatch
from recalls.tables import RecallBatchTable, SourceTable
from tests import factory

pytestmark = pytest.mark.django_db
SORTS = [f"{sign}{name}" for name in RecallBatchTable.sortable() for sign in ("", "-")]


def seven_batches():
    """Two companies and regions, days and figures that come twice, and figures that are unknown."""
    jp = factory.regulator("METI", "JP")
    for number, units in enumerate([5, None, 5, 70, None, 1, None]):
        batch = factory.batch(
            f"Batch {number % 3}",
            "JP" if number % 2 else "US",
            published=True,
            units=units,
            company=factory.company(f"Company {number % 2}"),
            regulator=jp if number > 4 else factory.regulator(),
            announced_on=date(2025, 6, 1 + number % 4),
            hazards=["fire"] if number % 3 else [],
        )
        if number > 2:
            factory.recalled_product(batch, factory.product_model(f"M{number % 2}"))
    factory.batch("draft", units=3)


@pytest.mark.parametrize("sort", ["", *SORTS])
def test_the_pages_of_an_order_are_the_sorted_list_cut_up(sort, monkeypatch):
    monkeypatch.setattr("listing.orders.FEW", 0)  # as of a long list
    seven_batches()
    pages = [RecallBatchList(QueryDict(f"sort={sort}&per_page=2&page={page}")) for page in range(1, 5)]
    shown = [batch.pk for records in pages for batch in records.page.object_list]
    whole = [batch.pk for batch in pages[0].sorted]
    assert (shown, len(set(shown))) == (whole, 7)


def test_a_page_asks_as_much_of_the_database_for_one_row_as_for_sixty(client):
    counts = []
    for rows in (1, 59):
        for number in range(rows):
            batch = factory.batch(published=True, units=number + 1)
            factory.recalled_product(batch, factory.product_model(f"M{rows}-{number}"))
        with CaptureQueriesContext(connection) as asked:
            client.get("/recalls/?per_page=60")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_search_that_finds_many_says_that_they_are_more(client, monkeypatch):
    monkeypatch.setattr("listing.lists.SEARCHED", 3)
    for _ in range(5):
        factory.batch("Lamp", published=True)
    first = RecallBatchList(QueryDict("q=lamp&per_page=2"))
    assert (first.count, first.size.is_more, first.page.has_next()) == (3, True, True)
    last = RecallBatchList(QueryDict("q=lamp&per_page=2&page=3"))
    assert (last.count, last.size.is_more, len(last.page.object_list)) == (5, False, 1)
    assert "Page 1 of over 2" in " ".join(client.get("/recalls/?q=lamp&per_page=2").text.split())


def test_sources_are_counted_up_to_a_limit_too_and_every_page_of_them_is_there(client, monkeypatch):
    monkeypatch.setattr("listing.lists.SEARCHED", 3)
    for _ in range(5):
        factory.batch(published=True)  # each with a source of its own
    assert "over 3 sources" in client.get("/sources/?per_page=2").text
    last = client.get("/sources/?per_page=2&page=3").text
    assert "5 sources" in last and "Page 3 of 3" in " ".join(last.split())


@pytest.mark.parametrize("sort", ["title", "-title", "kind", "-language", "published_on", "-published_on"])
def test_sources_are_read_in_the_order_of_an_index(sort):
    for _ in range(3):
        factory.batch(published=True)
    with CaptureQueriesContext(connection) as asked:
        keys = SourceTable.order(sort).keys(Source.objects.visible(), 0, 2, None)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            assert "Sort Key" not in str(cursor.fetchall())
    assert len(keys) == 2


def test_a_batch_keeps_its_models_and_remedies_as_texts():
    batch, model = factory.batch(), factory.product_model("B2")
    factory.recalled_product(batch, model)
    factory.recalled_product(batch, factory.product_model("A1"))
    batch.remedies.create(kind="replace")
    batch.remedies.create(kind="refund")
    assert _texts(batch) == ("A1; B2", "refund; replace")
    model.model_number = "Z9"
    model.save()
    batch.remedies.filter(kind="refund").delete()
    assert _texts(batch) == ("A1; Z9", "replace")
    batch.products.all().delete()
    assert _texts(batch) == (None, "replace")


def _texts(batch):
    return RecallBatch.objects.values_list("models_text", "remedies_text").get(pk=batch.pk)


@pytest.mark.parametrize("sort", ["note", "-units_low"])
def test_a_column_of_the_file_alone_does_not_sort(client, sort):
    page = client.get(f"/recalls/?sort={sort}")
    assert "sort: The list is not sorted by this column, which is in the file only." in page.text


@pytest.mark.django_db(transaction=True)
def test_a_count_is_remembered_until_the_data_change():
    cache.clear()
    _published_together()
    first = RecallBatchList(QueryDict("")).count
    with CaptureQueriesContext(connection) as asked:
        again = RecallBatchList(QueryDict("")).count
    _published_together()
    assert (first, again, RecallBatchList(QueryDict("")).count) == (1, 1, 2)
    assert not [query for query in asked if "COUNT" in query["sql"]]


@transaction.atomic
def _published_together():
    """With its citation, without which the database refuses it."""
    factory.batch(published=True)
