"""The totals of all batches, which are remembered: whoever asks after a change is told the new ones."""

import pytest
from django.db import transaction

from recalls.whole import whole_totals
from tests import factory

pytestmark = pytest.mark.django_db(transaction=True)


def published(title, units):
    with transaction.atomic():  # with its citation
        return factory.batch(title, units=units, published=True)


def units():
    totals, _ = whole_totals("USD")
    return totals.batches, totals.units.low


def test_remembered_totals_are_those_of_now(django_assert_num_queries):
    first = published("First", 100)
    assert units() == (1, 100)
    with django_assert_num_queries(1):  # which version the data have
        assert units() == (1, 100)
    published("Second", 7)
    factory.batch("A draft", units=1000)
    assert units() == (2, 107)
    first.units_low = first.units_high = 60
    first.save()
    assert units() == (2, 67)
    first.is_published = False
    first.save()
    assert units() == (1, 7)
