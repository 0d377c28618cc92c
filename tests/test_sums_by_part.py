"""The kept sums by category and supplier are those of a live sum, whatever is written to what they follow from."""

import random
from dataclasses import astuple
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict

from recalls.grouped_list import GroupedBatchList
from recalls.models import ExchangeRate, RecallBatch, RecalledProduct
from suppliers.models import CellSource, ProductModel
from tests import factory

pytestmark = pytest.mark.django_db
PARTS = ["category", "supplier"]


@pytest.fixture
def apex():
    return factory.company("Apex", slug="apex")


def kept(group):
    found = GroupedBatchList(QueryDict(f"group={group}"))
    assert found.is_summed
    return found.groups


def live(group, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(GroupedBatchList, "is_summed", False)
        return GroupedBatchList(QueryDict(f"group={group}")).groups


def units(group):
    return {g.key: (g.batches, g.inside, g.units_low) for g in kept(group)}


def model(number, category="power bank"):
    return factory.product_model(number, category=category and factory.category(category))


def batch_with(*models, units=5, **fields):
    batch = factory.batch(published=True, units=units, **fields)
    for each in models:
        factory.recalled_product(batch, each)
    return batch


def test_a_batch_stands_once_in_each_category_of_its_models():
    bank, other, heater, plain = model("A"), model("B"), model("C", "heater"), model("D", None)
    batch_with(bank, other, heater, units=5)
    batch_with(heater, units=7)
    batch_with(plain, units=11)
    batch_with(units=13)
    assert units("category") == {"power-bank": (1, 0, 5), "heater": (2, 0, 12), None: (2, 0, 24)}


def test_a_part_stands_in_the_categories_in_which_its_holder_does_not():
    bank, heater = model("A"), model("B", "heater")
    holder = batch_with(bank, units=5)
    batch_with(bank, heater, units=3, counted_in=holder)
    assert units("category") == {"power-bank": (2, 1, 5), "heater": (1, 0, 3)}


def test_another_category_of_a_model_takes_its_batches_along():
    bank = model("A")
    batch_with(bank, units=5)
    ProductModel.objects.update(category=factory.category("heater"))
    assert units("category") == {"heater": (1, 0, 5)}
    RecallBatch.objects.update(units_low=6, units_high=6)
    assert units("category") == {"heater": (1, 0, 6)}
    RecalledProduct.objects.all().delete()
    assert units("category") == {None: (1, 0, 6)}


def test_a_link_counts_while_it_is_published_and_as_its_grade_says(apex):
    bank = model("A")
    batch_with(bank, units=5)
    link = factory.cell_source(bank, apex, published=True, grade="alleged")
    assert units("supplier") == {"apex?": (1, 0, 5)}
    CellSource.objects.update(grade="reported")
    assert units("supplier") == {"apex": (1, 0, 5)}
    CellSource.objects.update(is_published=False)
    assert units("supplier") == {None: (1, 0, 5)}
    CellSource.objects.filter(pk=link.pk).update(is_published=True)
    CellSource.objects.filter(pk=link.pk).delete()
    assert units("supplier") == {None: (1, 0, 5)}


def test_a_draft_is_in_no_kept_sum_until_it_is_published(apex):
    bank = model("A")
    factory.cell_source(bank, apex, published=True)
    draft = factory.batch(units=9)
    factory.recalled_product(draft, bank)
    assert (units("supplier"), units("category")) == ({}, {})
    factory.cite(draft)
    RecallBatch.objects.update(is_published=True)
    assert (units("supplier"), units("category")) == ({"apex": (1, 0, 9)}, {"power-bank": (1, 0, 9)})


def test_emptied_tables_leave_no_sums(apex):
    factory.cell_source(model("A"), apex, published=True)
    batch_with(model("A"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT recalls_merge_summary()")
    assert units("supplier") == {"apex": (1, 0, 5)}
    RecallBatch.objects.all().delete()
    assert (units("supplier"), units("category")) == ({}, {})


def _anything(chance):
    """One change of one row of any table that the sums follow from."""
    batches, models, links, lines = (
        kind.objects.order_by("pk") for kind in (RecallBatch, ProductModel, CellSource, RecalledProduct)
    )
    batch, part = chance.sample(list(batches), 2)
    one, another = chance.sample(list(models), 2)
    link, line = (batches.model.objects.none(),) * 2
    link = links.filter(pk=chance.choice([row.pk for row in links] or [0]))
    line = lines.filter(pk=chance.choice([row.pk for row in lines] or [0]))
    number = chance.randrange(100)
    figure = {"units_low": number, "units_high": chance.choice([None, number]), "units_grade": "reported"}
    figure["units_precision"] = "at_least" if figure["units_high"] is None else "exact"
    changes = {
        "add a line": lambda: RecalledProduct.objects.get_or_create(batch=batch, product_model=one),
        "delete a line": line.delete,
        "move a line": lambda: (
            lines.filter(batch=batch, product_model=another).exists()
            or lines.filter(batch=batch, product_model=one).update(product_model=another)
        ),
        "other category": lambda: models.filter(pk=one.pk).update(
            category=chance.choice([None, factory.category("heater"), factory.category()])
        ),
        "add a link": lambda: (
            links.filter(product_model=one).exists()
            or factory.cell_source(one, factory.company(chance.choice(["Apex", "EVE"])), published=True)
        ),
        "other grade": lambda: link.update(grade=chance.choice(["alleged", "official", "inferred"])),
        "other supplier": lambda: link.update(supplier=factory.company("CATL")),
        "hide or show a link": lambda: link.update(is_published=chance.choice([True, False])),
        "other units": lambda: batches.filter(pk=batch.pk).update(**figure),
        "hide or show a batch": lambda: batches.filter(pk=batch.pk).update(
            is_published=chance.choice([True, False])
        ),
        "count in another": lambda: (
            part.counted_in_id
            or batches.filter(counted_in=batch).exists()
            or batches.filter(pk=batch.pk).update(counted_in=part)
        ),
        "count by itself": lambda: batches.filter(pk=batch.pk).update(counted_in=None),
    }
    name = chance.choice(sorted(changes))
    changes[name]()
    return name


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_the_kept_sums_are_those_of_a_live_sum(seed, monkeypatch):
    chance, done = random.Random(seed), []
    for currency, rate in (("USD", "1.2"), ("CNY", "8")):
        day = date(2025, 6, 12)
        ExchangeRate.objects.create(currency=currency, day=day, per_euro=rate, fixed_on=day)
    models = [model(number) for number in "ABCD"]
    amount = {"amount_low": 10, "amount_high": 20, "amount_precision": "range", "amount_grade": "company"}
    for number in range(6):
        batch_with(chance.choice(models), units=number, amount_currency="CNY", **amount)
    for _ in range(60):
        done.append(_anything(chance))
        for group in PARTS:
            assert list(map(astuple, kept(group))) == list(map(astuple, live(group, monkeypatch))), done
