"""The switch to figures of some grades: what is less sure is unknown in lists, totals and files alike."""

import csv
import io
from decimal import Decimal

import pytest
from django.core.management import call_command

from evidence.figures import Grade
from recalls.masking import graded
from recalls.models import RecallBatch
from recalls.value import PARTS
from tests import factory

pytestmark = pytest.mark.django_db
OFFICIAL_AND_COMPANY = "grade=official&grade=company"


@pytest.fixture
def batch():
    """100 units, official; an amount of 700 that is an estimate; a price of 8, official."""
    amount = {"low": 700, "high": 700, "precision": "exact", "currency": "CNY", "grade": "estimated"}
    price = {"low": 8, "high": 8, "currency": "CNY", "grade": "official"}
    fields = {f"amount_{name}": value for name, value in amount.items()}
    fields |= {f"price_{name}": value for name, value in price.items()}
    return factory.batch("graded", published=True, units=100, **fields)


def test_an_amount_of_another_grade_is_unknown_in_totals_and_units_times_price_takes_its_place(client, batch):
    everything = client.get("/recalls/?currency=CNY").context["records"]
    sure = client.get(f"/recalls/?currency=CNY&{OFFICIAL_AND_COMPANY}").context["records"]
    assert (everything.totals.amounts["CNY"].low, everything.exposure.low) == (700, 700)
    assert (sure.totals.amounts, sure.totals.without_amount) == ({}, 1)
    assert (sure.exposure.low, sure.exposure.estimated, sure.exposure.published) == (800, 1, 0)


def test_the_row_on_the_page_shows_only_figures_of_the_grades(client, batch):
    row = client.get(f"/recalls/?{OFFICIAL_AND_COMPANY}").context["records"].page.object_list[0]
    assert (row.title, row.units_low, row.amount_low, row.amount_grade) == ("graded", 100, None, "")


def test_the_file_has_only_figures_of_the_grades(client, batch):
    file = client.get(f"/recalls/?export=csv&currency=CNY&{OFFICIAL_AND_COMPANY}").getvalue().decode()
    row = next(csv.DictReader(io.StringIO(file)))
    assert (row["title"], row["units_low"], row["amount_low"], row["amount_grade"]) == (
        "graded",
        "100",
        "",
        "",
    )
    assert (row["exposure_low"], row["exposure_basis"]) == ("800.00", "units × price")


def test_groups_sum_only_figures_of_the_grades(client, batch):
    page = client.get(f"/recalls/?group=region&currency=CNY&{OFFICIAL_AND_COMPANY}")
    group = page.context["records"].page.object_list[0]
    assert (group.units_low, group.exposure_low) == (100, Decimal(800))


@pytest.mark.parametrize("sort", ["amount", "-units", "exposure", "-announced_on", "models"])
def test_graded_lists_sort_and_page(client, batch, sort):
    factory.batch("second", published=True, units=3)
    page = client.get(f"/recalls/?{OFFICIAL_AND_COMPANY}&sort={sort}&per_page=1&page=2")
    assert len(page.context["records"].page.object_list) == 1


def test_official_figures_of_the_four_published_rows_leave_out_the_estimated_amounts(client):
    """By hand: 1,158,000 × USD 27 = 31,266,000; 481,000 × USD 30 to 50 = 14,430,000 to 24,050,000."""
    call_command("load_sample_data", verbosity=0)
    query = f"/recalls/?analysis=published-table&currency=USD&{OFFICIAL_AND_COMPANY}"
    exposure = client.get(query).context["records"].exposure
    assert (exposure.low, exposure.high) == (31_266_000 + 14_430_000, 31_266_000 + 24_050_000)
    assert (exposure.estimated, exposure.without_figure) == (2, 2)


def test_the_value_under_all_grades_is_the_one_that_the_database_keeps(batch):
    """One definition: 100 × 8, or the amount of 700 where it counts."""
    factory.batch("units alone", units=3)
    names = ["pk", *(f"value_{part}" for part in PARTS)]
    stored = RecallBatch.objects.order_by("pk").values_list(*names)
    assert list(graded(RecallBatch.objects.order_by("pk"), Grade.values).values_list(*names)) == list(stored)
    sure = graded(RecallBatch.objects.filter(pk=batch.pk), ["official"]).values_list(
        "value_low", "value_basis"
    )
    assert (stored[0][1], sure.get()) == (700, (800, "units × price"))
