"""Two who write at the same time what the sums by category follow from: both changes are in the kept sums."""

from contextlib import ExitStack, closing
from threading import Thread

import pytest
from django.db import connection
from django.db.transaction import atomic
from django.http import QueryDict

from recalls.grouped_list import GroupedBatchList
from tests import factory

pytestmark = pytest.mark.django_db(transaction=True)
NEW_LINE = """INSERT INTO recalls_recalledproduct (batch_id, product_model_id, units_precision, units_grade, serials)
    SELECT batch.id, model.id, 'unknown', '', ''
    FROM recalls_recallbatch AS batch, suppliers_productmodel AS model"""
CHANGES = {
    "a line": NEW_LINE,
    "units": "UPDATE recalls_recallbatch SET units_low = 9, units_high = 9",
    "a category": "UPDATE suppliers_productmodel SET category_id = "
    "(SELECT id FROM suppliers_productcategory WHERE slug = 'heater')",
}


def another():
    """A connection of its own to the same database."""
    return closing(connection.get_new_connection(connection.get_connection_params()))


def run(link, statement):
    with link.cursor() as cursor:
        cursor.execute(statement)


def at_once(first, second):
    """Both begin before either is committed; the second may have to wait for the first."""
    with ExitStack() as links:
        one, two = links.enter_context(another()), links.enter_context(another())
        run(one, first)
        later = Thread(target=run, args=(two, second))
        later.start()
        later.join(0.5)
        one.commit()
        later.join()
        two.commit()


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("a line", "units", {"power-bank": 9}),
        ("units", "a line", {"power-bank": 9}),
        ("a line", "a category", {"heater": 5}),
        ("a category", "a line", {"heater": 5}),
    ],
)
def test_both_of_two_changes_at_once_are_summed(first, second, found):
    with atomic():
        factory.category("heater")
        factory.product_model("A")
        factory.batch(published=True, units=5)
    at_once(CHANGES[first], CHANGES[second])
    groups = GroupedBatchList(QueryDict("group=category")).groups
    assert {group.key: group.units_low for group in groups} == found
