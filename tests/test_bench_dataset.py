"""The data set of the benchmark: it holds every rule, and its proportions are those of real notices."""

import pytest
from django.db import connection, transaction
from django.db.models import Count

from bench import dataset
from bench.dataset.tables import rules_off
from bench.search import scan
from bench.totals import BY_HAND
from evidence.models import Source
from recalls.models import Citation, ImportedBatch, JointGroup, RecallBatch, RecalledProduct
from suppliers.models import Company, CompanyAlias, ProductModel

ROWS = 1000
pytestmark = [pytest.mark.django_db, pytest.mark.as_owner]  # the benchmark makes its own tables


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        dataset.fill(ROWS)
        with connection.cursor() as cursor:  # here each deferred rule speaks
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        yield
        transaction.set_rollback(True)


def share(**conditions):
    return RecallBatch.objects.filter(**conditions).count() / ROWS


def test_it_holds_every_rule(filled):
    assert RecallBatch.objects.count() == ROWS
    assert Citation.objects.filter(batch__isnull=False).values("batch").distinct().count() == ROWS


def test_two_in_a_hundred_are_drafts_and_few_state_an_amount(filled):
    assert share(is_published=False) == pytest.approx(0.02, abs=0.015)
    assert share(amount_currency="") > 0.95
    assert share(units_low__isnull=False) > 0.7


def test_a_few_companies_have_most_batches(filled):
    companies = Company.objects.annotate(n=Count("batches")).order_by("-n").values_list("n", flat=True)
    assert len(companies) == ROWS // 2
    assert sum(companies[: len(companies) // 10]) > ROWS / 2


def test_names_come_in_several_scripts(filled):
    assert {"安克", "ロモス"} <= {*CompanyAlias.objects.values_list("name", flat=True)}
    assert RecallBatch.objects.filter(title__contains="召回").exists()
    assert RecallBatch.objects.filter(title__contains="リコール").exists()


def test_batches_have_up_to_three_models_of_their_company(filled):
    lines = RecallBatch.objects.annotate(n=Count("products")).values_list("n", flat=True)
    assert {*lines} == {0, 1, 2, 3}
    assert ProductModel.objects.filter(model_number="A1263", company__name="Anker").exists()


def test_one_in_ten_was_imported_and_none_of_these_edited(filled):
    assert ImportedBatch.objects.count() == ROWS // 10
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM recalls_importedbatch JOIN recalls_recallbatch AS b ON b.id = batch_id "
            "WHERE digest <> recalls_batch_digest(b)"
        )
        assert cursor.fetchone() == (0,)


def test_some_are_counted_in_one_that_is_counted_in_none(filled):
    counted = RecallBatch.objects.filter(counted_in__isnull=False)
    assert 0 < counted.count() < ROWS / 20
    assert not counted.filter(counted_in__counted_in__isnull=False).exists()


def test_it_is_the_same_in_every_run(filled):
    before = [*RecallBatch.objects.order_by("pk").values_list("slug", "title", "units_low", "raw_sold")]
    empty()
    dataset.fill(ROWS)
    assert before == [
        *RecallBatch.objects.order_by("pk").values_list("slug", "title", "units_low", "raw_sold")
    ]


def test_it_is_the_same_with_the_rules_off(filled):
    before = counts()
    empty()
    with rules_off():
        dataset.fill(ROWS)
    assert counts() == before


@pytest.mark.parametrize(
    "text", ["A1263", "heaters anker", "25-", "安克", "ロモス", "eater", "zyzzyva", "100%"]
)
def test_the_scan_finds_what_the_list_finds(filled, text):
    matching = RecallBatch.objects.visible().matching(text)
    assert scan(text) == {*matching.values_list("pk", flat=True)}


def test_the_totals_by_hand_are_those_of_the_list(filled):
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND.format(where="hazards && ARRAY['fire']::varchar[]"))
        batches, low, *_ = cursor.fetchone()
    totals = RecallBatch.objects.visible().filter(hazards__overlap=["fire"]).totals()
    assert (batches, low) == (totals.batches - totals.inside, totals.units.low)


def counts():
    return [model.objects.count() for model in (RecallBatch, RecalledProduct, Citation, Source, Company)]


def empty():
    """In the order in which nothing is left pointing to what is gone."""
    names = (m._meta.db_table for m in (RecallBatch, JointGroup, Company, Source))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(names)}, recalls_region, suppliers_productcategory CASCADE")
