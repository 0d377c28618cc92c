"""The sums that the press, the authorities and an analysis published come out of the lists."""

import pytest
from django.db.models import Sum
from django.http import QueryDict

from recalls.lists import RecallBatchList
from recalls.models import Analysis, Progress, RecalledProduct
from recalls.parts import with_parts
from suppliers.lists import CellSourceList

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]
ANKER_2025 = "incident=anker-2025&announced_after=2025-01-01"
CHINA_SUMMER = "region=CN&announced_after=2025-06-01"
SUPPLIED_BY_APEX = {"A1681": "Anker Innovations", "PAC20-392": "Romoss", "PB2030MI": "Xiaomi"}


def listed(query):
    """The list of batches at an address that ends in this query."""
    shown = RecallBatchList(QueryDict(query))
    assert not shown.errors
    return shown


def slugs(query):
    return {batch.slug for batch in listed(query).filtered}


@pytest.mark.parametrize(
    ("analysis", "low", "high"),
    [("published-table", 542_000_000, 667_000_000), ("published-cost", 432_000_000, 557_000_000)],
)
def test_the_batches_of_an_analysis_come_to_its_published_sum(analysis, low, high):
    amounts = listed(f"analysis={analysis}").totals.amounts
    assert list(amounts) == ["CNY"]
    assert (amounts["CNY"].low, amounts["CNY"].high) == (low, high)


@pytest.mark.parametrize("analysis", ["published-table", "published-cost"])
def test_an_analysis_states_the_sum_that_its_batches_come_to(analysis):
    stated, amount = Analysis.objects.get(slug=analysis), listed(f"analysis={analysis}").totals.amounts["CNY"]
    assert (stated.amount_low, stated.amount_high) == (amount.low, amount.high)


def test_the_published_cost_is_the_published_table_without_japan():
    assert slugs("analysis=published-table") == {"us-a1263", "cn-2025", "us-25466", "jp-2025-10"}
    assert slugs("analysis=published-cost") == {"us-a1263", "cn-2025", "us-25466"}


@pytest.mark.parametrize(
    ("batch", "units"), [("romoss", 491_745), ("jp-2025-10", 522_237), ("jp-2025-06", 416_789)]
)
def test_the_models_of_a_batch_add_up_to_it(batch, units):
    lines = RecalledProduct.objects.visible().filter(batch__slug=batch)
    assert lines.aggregate(units=Sum("units_low"))["units"] == units
    assert lines[0].batch.units_low == units


def test_only_two_models_of_japan_in_june_have_a_figure():
    lines = RecalledProduct.objects.filter(batch__slug="jp-2025-06", units_low__isnull=False)
    assert {line.product_model.slug for line in lines} == {"a1257", "a1652"}


@pytest.mark.parametrize(
    ("query", "batches", "units"),
    [
        (f"{CHINA_SUMMER}&announced_before=2025-06-30", {"cn-2025", "romoss"}, 1_204_709),
        (CHINA_SUMMER, {"cn-2025", "romoss", "xiaomi"}, 1_351_600),
    ],
    ids=["more than 1.2 million of the press", "1.35 million of SAMR"],
)
def test_chinese_recalls_come_to_the_published_number(query, batches, units):
    total = listed(query).totals.units
    assert slugs(query) == batches
    assert (total.low, total.high) == (units, units)


@pytest.mark.parametrize(
    ("query", "count", "units"),
    [
        ("analysis=published-cost", 3, 2_351_964),
        (f"{ANKER_2025}&region=US&region=CN", 3, 2_351_964),
        ("analysis=published-table", 4, 2_874_201),
        (f"{ANKER_2025}&region=US&region=CN&region=JP", 5, 3_290_990),
        (f"{ANKER_2025}&region=US&region=CN&region=JP&region=CA", 6, 3_302_975),
        (ANKER_2025, 6, 3_302_975),
    ],
)
def test_the_press_headline_and_its_wider_scopes_are_all_true(query, count, units):
    totals = listed(query).totals
    assert totals.batches == count
    assert (totals.units.low, totals.units.high) == (units, units)


def test_refunds_of_the_three_chinese_recalls_add_up():
    progress = Progress.objects.visible().filter(
        batch__in=listed(CHINA_SUMMER).filtered, as_of="2025-09-25", currency="CNY"
    )
    assert progress.aggregate(total=Sum("refunded"))["total"] == 111_201_000


def test_three_models_of_three_brands_are_known_to_use_cells_of_apex():
    links = CellSourceList(QueryDict("supplier=apex")).filtered
    models = [link.product_model for link in links]
    assert {model.model_number: model.company.name for model in models} == SUPPLIED_BY_APEX


def test_only_two_of_their_batches_state_the_units_of_the_model():
    assert stated_units("romoss", "PAC20-392") == 113_253
    assert stated_units("xiaomi", "PB2030MI") == 146_891
    others = slugs("supplier=apex") - {"romoss", "xiaomi"}
    assert others == {"cn-2025", "us-25466", "ca-2025"}
    assert [stated_units(batch, "A1681") for batch in others] == [None, None, None]


def stated_units(batch, model):
    lines = with_parts(RecalledProduct.objects.visible())
    return lines.get(batch__slug=batch, product_model__model_number=model).part_low
