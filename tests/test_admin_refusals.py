"""What can't be true is refused with a sentence at its field, and nothing typed is lost."""

from datetime import datetime, timedelta, timezone

import pytest

from evidence.forms import UNCITED
from recalls.models import Incident, RecallBatch
from suppliers.models import CellSource
from tests import factory
from tests.admin_pages import (
    add_page,
    batch_data,
    citation_row,
    errors_at,
    line_row,
    page,
    row_errors,
    rows,
    sign_in,
)

pytestmark = pytest.mark.django_db
PRECISION = (
    "The precision does not fit the figures: exact and approximate take one number (low and high alike), "
    "“at least” only a low, “at most” only a high, a range two different ones, “not stated” none."
)
PAIRED = "An amount needs its currency, and a currency an amount."


@pytest.fixture
def staff(client):
    return sign_in(client)


def enter(staff, **fields):
    return staff.post(add_page("recalls_recallbatch"), batch_data(**fields))


REFUSED = {
    "high below low": (
        {"units_low": 10, "units_high": 9, "units_precision": "range", "units_grade": "official"},
        "units_high",
        "The high figure is below the low one.",
    ),
    "range marked exact": (
        {"units_low": 9, "units_high": 10, "units_precision": "exact", "units_grade": "official"},
        "units_precision",
        PRECISION,
    ),
    "number marked not stated": (
        {"units_low": 9, "units_high": 9, "units_precision": "unknown", "units_grade": "official"},
        "units_precision",
        PRECISION,
    ),
    "number without grade": (
        {"units_low": 9, "units_precision": "exact"},
        "units_grade",
        "A figure needs its grade, and a grade a figure.",
    ),
    "number below zero": (
        {"units_low": -1, "units_precision": "exact", "units_grade": "official"},
        "units_low",
        "A number below zero can't be right here.",
    ),
    "number larger than the database holds": (
        {"units_low": 2**63, "units_precision": "at_least", "units_grade": "official"},
        "units_low",
        "Ensure this value is less than or equal to 9223372036854775807.",
    ),
    "amount without currency": (
        {"amount_low": 9, "amount_precision": "exact", "amount_grade": "official"},
        "amount_currency",
        PAIRED,
    ),
    "price without currency": ({"price_low": 27, "price_grade": "official"}, "price_currency", PAIRED),
    "damage without currency": (
        {"damage_low": 60_700, "damage_precision": "at_least"},
        "damage_currency",
        PAIRED,
    ),
    "sold until before sold from": (
        {"sold_from": "2022-12", "sold_until": "2016-06"},
        "sold_until",
        "Sold until lies before sold from.",
    ),
    "made until before made from": (
        {"made_from": "2019", "made_until": "2016"},
        "made_until",
        "Made until lies before made from.",
    ),
    "year that can't be stored": (
        {"made_from": "9999"},
        "made_from",
        "Write a date as 2025, 2025-H1, 2025-06, 2025-06-12 or “2025-01 to 2025-09”.",
    ),
    "NUL byte": ({"title": "A\x00B"}, "title", "Null characters are not allowed."),
    "no place": ({"regulator": "", "region": ""}, "region", "Say where the units were sold."),
}


@pytest.mark.parametrize(("fields", "field", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_true_is_refused_at_its_field(staff, fields, field, sentence):
    assert errors_at(enter(staff, **fields), field) == [sentence]
    assert not RecallBatch.objects.exists()


def east_of_the_date_line():
    """The latest day that it is anywhere: UTC+14."""
    return datetime.now(timezone(timedelta(hours=14))).date()


def test_announcement_in_the_future_is_refused(staff):
    response = enter(staff, announced_on=east_of_the_date_line() + timedelta(days=1))
    assert errors_at(response, "announced_on") == ["This day is still in the future."]


def test_announcement_of_today_is_taken_wherever_it_is_today(staff):
    today = east_of_the_date_line()
    enter(staff, announced_on=today)
    assert RecallBatch.objects.get().announced_on == today


def test_notice_is_entered_once_for_a_region(staff):
    other = factory.batch("A1263", notice_number="25-338")
    response = enter(staff, notice_number="25-338")
    sentence = (
        f"This regulator's notice is entered for this region already: A1263 (US, {other.announced_on})."
    )
    assert errors_at(response, "notice_number") == [sentence]
    assert page(other) in response.content.decode()


def test_notice_is_entered_again_for_another_region(staff):
    factory.batch("A1263", notice_number="25-338")
    enter(staff, notice_number="25-338", region=factory.region("CA").pk)
    assert RecallBatch.objects.count() == 2


def change(staff, batch, **fields):
    data = batch_data(title=batch.title, slug=batch.slug, region=batch.region_id, **fields)
    return staff.post(page(batch), data)


def test_batch_is_not_counted_in_itself(staff):
    batch = factory.batch()
    response = change(staff, batch, counted_in=batch.pk)
    assert errors_at(response, "counted_in") == ["A batch is not counted in itself."]


def test_batch_is_not_counted_in_a_counted_one(staff):
    whole = factory.batch("The whole")
    part = factory.batch("A part", counted_in=whole)
    response = change(staff, factory.batch("A part's part"), counted_in=part.pk)
    sentence = "That batch is counted in another itself: choose The whole (US, 2025-06-12)."
    assert errors_at(response, "counted_in") == [sentence]


def test_batch_that_holds_others_is_not_counted_in_another(staff):
    holder = factory.batch("The holder")
    factory.batch("A part", counted_in=holder)
    response = change(staff, holder, counted_in=factory.batch("The whole").pk)
    sentence = "A part (US, 2025-06-12) is counted in this batch, so this one can't be counted in another."
    assert errors_at(response, "counted_in") == [sentence]


def test_batches_do_not_expand_one_another_in_a_circle(staff):
    first = factory.batch("First")
    second = factory.batch("Second", expands=first)
    third = factory.batch("Third", expands=second)
    response = change(staff, first, expands=third.pk)
    assert errors_at(response, "expands") == ["The batches would expand one another in a circle."]


def citation_refusal(response):
    formsets = (form.formset for form in response.context["inline_admin_formsets"])
    return next(formset.non_form_errors() for formset in formsets if formset.prefix == "citations")


def test_publishing_without_a_citation_is_refused(staff):
    assert citation_refusal(enter(staff, is_published="on")) == [UNCITED]
    assert not RecallBatch.objects.exists()


def test_publishing_with_a_citation_that_contradicts_is_refused(staff):
    row = citation_row(stance="contradicts", figure="units", stated_low=500)
    response = enter(staff, is_published="on", **rows("citations", row))
    assert citation_refusal(response) == [UNCITED]


def test_last_citation_of_a_published_batch_is_not_removed(staff):
    batch = factory.batch(published=True)
    citation = batch.citations.get()
    row = {"id": citation.pk, "batch": batch.pk, "DELETE": "on", **citation_row(citation.source)}
    response = change(staff, batch, is_published="on", **rows("citations", row, stored=1))
    assert citation_refusal(response) == [UNCITED]
    assert batch.citations.count() == 1


def test_last_citation_is_removed_with_the_withdrawal(staff):
    batch = factory.batch(published=True)
    citation = batch.citations.get()
    row = {"id": citation.pk, "batch": batch.pk, "DELETE": "on", **citation_row(citation.source)}
    change(staff, batch, **rows("citations", row, stored=1))
    batch.refresh_from_db()
    assert (batch.is_published, batch.citations.count()) == (False, 0)


def test_what_the_database_refuses_is_shown_with_all_that_was_typed(staff, monkeypatch):
    monkeypatch.setattr("evidence.forms.CitationFormSet.clean", lambda self: None)
    response = enter(staff, title="Typed with care", is_published="on")
    assert errors_at(response, "__all__") == [
        "What is published needs at least one citation that supports it."
    ]
    assert 'value="Typed with care"' in response.content.decode()
    assert not RecallBatch.objects.exists()


def test_same_slug_saved_by_another_meanwhile_is_shown_as_a_clash(staff, monkeypatch):
    factory.batch(slug="us-25-338")
    monkeypatch.setattr("recalls.forms.RecallBatchForm._free_slug", lambda self: "us-25-338")
    monkeypatch.setattr("recalls.forms.RecallBatchForm.validate_unique", lambda self: None)
    response = enter(staff, notice_number="25 338")
    assert errors_at(response, "__all__")[0].startswith("This clashes with what somebody else has saved")


PROGRESS = {"as_of": "2025-10-01", "returned": 10, "grade": "official"}


def test_progress_without_a_source_is_refused(staff):
    response = enter(staff, **rows("progress", PROGRESS))
    assert row_errors(response, "progress") == {"source": ["This field is required."]}


def test_progress_that_says_nothing_is_refused(staff):
    row = {**PROGRESS, "returned": "", "source": factory.source().pk}
    response = enter(staff, **rows("progress", row))
    assert row_errors(response, "progress") == {
        "returned": ["State units returned, a completion or the money refunded."]
    }


def test_progress_of_a_day_to_come_is_refused(staff):
    row = {**PROGRESS, "as_of": "2999-01-01", "source": factory.source().pk}
    response = enter(staff, **rows("progress", row))
    assert row_errors(response, "progress") == {"as_of": ["This day is still in the future."]}


def test_progress_of_another_batches_product_is_refused(staff):
    line = factory.recalled_product(factory.batch(), factory.product_model())
    row = {**PROGRESS, "source": factory.source().pk, "recalled_product": line.pk}
    response = change(staff, factory.batch(), **rows("progress", row))
    assert list(row_errors(response, "progress")) == ["recalled_product"]


def test_model_is_listed_once_in_a_batch(staff):
    model = factory.product_model()
    response = enter(staff, **rows("products", line_row(model), line_row(model)))
    assert "Please correct the duplicate" in response.content.decode()
    assert not RecallBatch.objects.exists()


def test_cell_of_another_supplier_is_refused(staff):
    data = {
        "product_model": factory.product_model().pk,
        "supplier": factory.company("Amprius").pk,
        "cell": factory.cell(factory.company("Apex")).pk,
        "basis": "regulator",
        "grade": "official",
        **rows("citations"),
    }
    response = staff.post(add_page("suppliers_cellsource"), data)
    assert errors_at(response, "cell") == ["This cell is made by another supplier."]
    assert not CellSource.objects.exists()


def test_incident_that_ends_before_it_begins_is_refused(staff):
    data = {"title": "x", "slug": "x", "company": factory.company().pk, "state": "closed"}
    names = (
        "rootcauses contributingfactors events impacts measures recoveryphases financialindicators citations"
    )
    for prefix in names.split():
        data |= rows(prefix)
    data |= {"opened_on": "2025-06-12", "closed_on": "2025-06-11"}
    response = staff.post(add_page("recalls_incident"), data)
    assert errors_at(response, "closed_on") == ["It ends before it begins."]
    assert not Incident.objects.exists()
