"""What can't be true can't be stored: the database refuses it, whoever writes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from evidence.models import Source
from recalls.models import Citation, Progress, RecallBatch
from suppliers.models import CellSource
from tests import factory

pytestmark = pytest.mark.django_db

REFUSED = [
    {"units_low": 2, "units_high": 1, "units_precision": "range", "units_grade": "official"},
    {"units_low": 1, "units_high": 2, "units_precision": "exact", "units_grade": "official"},
    {"units_low": 1, "units_high": 1, "units_precision": "range", "units_grade": "official"},
    {"units_low": 1, "units_high": None, "units_precision": "exact", "units_grade": "official"},
    {"units_low": 1, "units_high": 2, "units_precision": "at_least", "units_grade": "official"},
    {"units_low": 0, "units_high": 0, "units_precision": "unknown", "units_grade": "official"},
    {"units_low": -1, "units_high": -1, "units_precision": "exact", "units_grade": "official"},
    {"units_low": 1, "units_high": 1, "units_precision": "exact", "units_grade": ""},
    {"units_low": 1, "units_high": 1, "units_precision": "exact", "units_grade": "sure"},
    {"units_grade": "official"},
    {"amount_low": 1, "amount_high": 1, "amount_precision": "exact", "amount_grade": "official"},
    {"amount_currency": "CNY"},
    {"price_low": 2, "price_high": 1, "price_currency": "USD", "price_grade": "official"},
    {"price_low": 2, "price_high": 2, "price_currency": "XXX", "price_grade": "official"},
    {"price_low": 2, "price_high": 2, "price_currency": "", "price_grade": "official"},
    {"sold_from": "2025-07", "sold_until": "2025-06"},
    {"made_from": "2025-06-15", "made_until": "2025-06-14"},
    {"hazards": ["doom"]},
    {"kind": "rumour"},
    {"basis": ""},
    {"injuries": -1},
]


def insert(**fields):
    with transaction.atomic():
        batch = factory.batch(**fields)
        check_deferred()
    return batch


def check_deferred():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("fields", REFUSED)
def test_the_database_refuses(fields):
    with pytest.raises(IntegrityError):
        insert(**fields)


@pytest.mark.parametrize("fields", REFUSED)
def test_the_form_says_so_in_a_sentence_at_a_field(fields):
    batch = RecallBatch(**{"title": "x", "slug": "x", "announced_on": date(2025, 6, 12), **fields})
    with pytest.raises(ValidationError) as refusal:
        batch.full_clean(exclude=["company", "region", "regulator"])
    assert set(refusal.value.message_dict) <= {field.name for field in RecallBatch._meta.fields}
    assert all(text[-1] == "." for texts in refusal.value.message_dict.values() for text in texts)


@pytest.mark.parametrize("window", [("2025-06-15", "2025-06"), ("2025", "2025-03"), ("2025-06", "2025-06")])
def test_a_window_that_can_be_true_is_taken(window):
    assert insert(sold_from=window[0], sold_until=window[1]).pk


def test_a_notice_stands_once_for_each_region():
    insert(notice_number="25-338")
    insert(notice_number="25-338", region_code="CA")
    insert(notice_number="")
    insert(notice_number="")
    with pytest.raises(IntegrityError, match="notice_once"):
        insert(notice_number="25-338")


def test_a_batch_is_published_only_with_a_citation():
    batch = insert()
    with pytest.raises(IntegrityError, match="citation"), transaction.atomic():
        RecallBatch.objects.filter(pk=batch.pk).update(is_published=True)
        check_deferred()


def test_a_citation_that_contradicts_is_no_support():
    batch = insert(units=5)
    factory.cite(batch, figure="units", stance="contradicts", stated_low=7)
    with pytest.raises(IntegrityError, match="citation"), transaction.atomic():
        RecallBatch.objects.filter(pk=batch.pk).update(is_published=True)
        check_deferred()


@pytest.mark.parametrize(
    "change",
    [
        lambda citations: citations.all().delete(),
        lambda citations: citations.update(figure="units", stance="contradicts", stated_low=7),
        lambda citations: citations.update(batch=factory.batch()),
    ],
)
def test_what_is_published_keeps_its_last_citation(change):
    batch = factory.batch(published=True)
    with pytest.raises(IntegrityError, match="citation"), transaction.atomic():
        change(Citation.objects.filter(batch=batch))
        check_deferred()


def test_a_published_batch_can_be_deleted_with_its_citations():
    factory.batch(published=True).delete()
    check_deferred()
    assert not Citation.objects.exists()


@pytest.mark.parametrize("kind", ["cell_source", "ownership", "agreement", "certificate", "claim"])
def test_a_claim_is_published_only_with_a_citation(kind):
    apex, anker = factory.company("Apex"), factory.company("Anker")
    makers = {
        "cell_source": lambda: factory.cell_source(factory.product_model(), apex),
        "ownership": lambda: factory.ownership(anker, apex),
        "agreement": lambda: factory.agreement(apex, anker),
        "certificate": lambda: factory.certificate(apex),
        "claim": lambda: factory.claim(apex),
    }
    record = makers[kind]()
    with pytest.raises(IntegrityError, match="citation"), transaction.atomic():
        record.is_published = True
        record.save()
        check_deferred()


def test_a_batch_is_not_counted_in_itself():
    batch = insert()
    with pytest.raises(IntegrityError, match="counted_in_another"), transaction.atomic():
        RecallBatch.objects.filter(pk=batch.pk).update(counted_in=batch)


def test_counted_in_is_one_level_deep_from_either_side():
    top, middle, low = insert(), insert(), insert()
    RecallBatch.objects.filter(pk=middle.pk).update(counted_in=top)
    check_deferred()
    for batch, holder in ((low, middle), (top, low)):
        with pytest.raises(IntegrityError, match="one level deep"), transaction.atomic():
            RecallBatch.objects.filter(pk=batch.pk).update(counted_in=holder)
            check_deferred()


def test_a_cell_source_names_a_cell_of_its_own_supplier():
    cell = factory.cell(factory.company("Apex"))
    with pytest.raises(IntegrityError, match="cell_id_of_supplier_id"), transaction.atomic():
        factory.cell_source(factory.product_model(), factory.company("Another"), cell=cell)
        check_deferred()


def test_the_same_link_with_the_same_basis_stands_once():
    model, apex = factory.product_model(), factory.company("Apex")
    factory.cell_source(model, apex)
    with pytest.raises(IntegrityError, match="link_once"), transaction.atomic():
        factory.cell_source(model, apex)
    assert CellSource.objects.count() == 1


def test_progress_is_of_a_line_of_its_own_batch():
    line = factory.recalled_product(factory.batch(), factory.product_model())
    fields = {"as_of": date(2025, 7, 1), "returned": 5, "grade": "official", "source": factory.source()}
    with pytest.raises(IntegrityError, match="recalled_product_id_of_batch_id"), transaction.atomic():
        Progress.objects.create(batch=factory.batch(), recalled_product=line, **fields)
        check_deferred()


def test_a_citation_belongs_to_exactly_one_record():
    source, batch, incident = factory.source(), factory.batch(), factory.incident()
    for subjects in ({}, {"batch": batch, "incident": incident}):
        with pytest.raises(IntegrityError, match="one_subject"), transaction.atomic():
            Citation.objects.create(source=source, **subjects)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/", "data:text/html,x"])
def test_an_address_is_of_the_web(url):
    with pytest.raises(IntegrityError, match="url_is_web"), transaction.atomic():
        factory.source(url=url)
    with pytest.raises(ValidationError):
        Source(slug="x", title="x", publisher="x", kind="news", language="en", url=url).full_clean()
