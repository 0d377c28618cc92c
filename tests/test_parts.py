"""Part of a batch: the units of one product model, as far as the batch states them."""

import pytest

from evidence.figures import Precision
from recalls.models import RecalledProduct
from recalls.parts import with_parts
from tests import factory

pytestmark = pytest.mark.django_db


def part_of(units=None, own=None, models=1, **fields):
    """The first line of a batch of some models; `units` are the batch's, `own` that model's."""
    batch = factory.batch(units=units, **fields)
    line = factory.recalled_product(batch, factory.product_model("A1"), units=own)
    for number in range(1, models):
        factory.recalled_product(batch, factory.product_model(f"B{number}"))
    return with_parts(RecalledProduct.objects.all()).get(pk=line.pk)


def test_it_is_the_models_own_units_where_stated():
    line = part_of(units=100, own=30, models=2)
    assert (line.part_kind, line.part_low, line.part_high) == ("own units", 30, 30)
    assert (line.part_precision, line.part_grade) == ("exact", "official")
    assert (line.up_to_high, line.models_in_batch) == (None, 2)


def test_it_is_the_whole_batch_of_one_model():
    line = part_of(units=100)
    assert (line.part_kind, line.part_low, line.part_grade) == ("whole batch", 100, "official")
    assert line.up_to_high is None


def test_own_units_go_before_those_of_the_whole_batch():
    assert part_of(units=100, own=99).part_low == 99


def test_among_several_models_it_is_only_up_to_the_batch():
    line = part_of(units=100, models=3)
    assert (line.part_kind, line.part_low, line.part_high) == ("up to", None, None)
    assert (line.part_precision, line.part_grade) == ("unknown", "")
    assert (line.up_to_low, line.up_to_high, line.up_to_grade) == (100, 100, "official")


@pytest.mark.parametrize(
    "number",
    [{}, {"units_low": 9, "units_precision": Precision.AT_LEAST, "units_grade": "official"}],
    ids=["no number", "at least 9"],
)
def test_a_batch_without_an_upper_number_sets_it_no_limit(number):
    line = part_of(models=2, **number)
    assert (line.part_kind, line.part_low, line.up_to_low, line.up_to_high) == (
        "not stated",
        None,
        None,
        None,
    )


def test_an_open_number_of_a_batch_of_one_model_stays_open():
    line = part_of(units_low=9, units_precision=Precision.AT_LEAST, units_grade="official")
    assert (line.part_kind, line.part_low, line.part_high) == ("whole batch", 9, None)
