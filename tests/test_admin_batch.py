"""A batch is entered whole, from one page."""

from decimal import Decimal

import pytest

from recalls.models import RecallBatch
from tests import factory
from tests.admin_pages import (
    add_page,
    batch_data,
    citation_row,
    errors_at,
    line_row,
    list_page,
    page,
    rows,
    sign_in,
)

pytestmark = pytest.mark.django_db
ADD = "recalls_recallbatch"


@pytest.fixture
def staff(client):
    return sign_in(client)


def enter(staff, **fields):
    return staff.post(add_page(ADD), batch_data(**fields), follow=True)


def a1263():
    """Anker's power bank A1263 as the CPSC announced it in notice 25-338."""
    notice = factory.source(title="More than one million Anker power banks recalled")
    return {
        "notice_number": "25-338",
        "basis": "voluntary",
        "units_low": "1158000",
        "units_precision": "approximate",
        "units_grade": "official",
        "raw_units": "About 1,158,000",
        "price_low": "27",
        "price_currency": "USD",
        "price_grade": "official",
        "sold_from": "2016-06",
        "sold_until": "2022-12",
        "made_from": "2016-01-01",
        "made_until": "2019-10-30",
        "hazards": ["fire", "burn"],
        "reports": "19",
        "injuries": "2",
        "damage_reports": "11",
        "damage_low": "60700",
        "damage_precision": "at_least",
        "damage_currency": "USD",
        "is_published": "on",
        **rows("products", line_row(factory.product_model("A1263"), "1158000")),
        **rows("remedies", {"kind": "replace", "note": ""}, {"kind": "voucher", "note": "USD 30"}),
        **rows("citations", citation_row(notice, figure="units", stated_low="1158000")),
    }


def test_whole_batch_is_entered_on_one_page(staff):
    enter(staff, **a1263())
    batch = RecallBatch.objects.get()
    assert batch.is_published
    assert (batch.units_low, batch.units_high, batch.units_precision) == (1_158_000, 1_158_000, "approximate")
    assert [line.units_low for line in batch.products.all()] == [1_158_000]
    assert batch.citations.get().source.title == "More than one million Anker power banks recalled"
    assert [remedy.kind for remedy in batch.remedies.all()] == ["replace", "voucher"]


def test_what_happened_is_kept_as_entered(staff):
    enter(staff, **a1263())
    batch = RecallBatch.objects.get()
    assert (batch.reports, batch.injuries, batch.deaths, batch.damage_reports) == (19, 2, None, 11)
    assert (batch.damage_low, batch.damage_high, batch.damage_currency) == (Decimal(60_700), None, "USD")
    assert batch.hazards == ["fire", "burn"]


def test_dates_are_kept_as_precisely_as_they_were_written(staff):
    enter(staff, **a1263())
    batch = RecallBatch.objects.get()
    assert (str(batch.sold_from), str(batch.sold_until)) == ("2016-06", "2022-12")
    assert (str(batch.made_from), str(batch.made_until)) == ("2016-01-01", "2019-10-30")


def test_region_follows_from_the_regulator(staff):
    enter(staff, regulator=factory.regulator("METI", "JP").pk)
    assert RecallBatch.objects.get().region.code == "JP"


def test_region_chosen_by_hand_stays(staff):
    enter(staff, regulator=factory.regulator("CPSC", "US").pk, region=factory.region("CA").pk)
    assert RecallBatch.objects.get().region.code == "CA"


def test_page_carries_what_its_presets_need(staff):
    regulator = factory.regulator("METI", "JP")
    html = staff.get(add_page(ADD)).content.decode()
    assert f'data-region="{regulator.region_id}"' in html
    assert 'data-currency="JPY"' in html


def test_slug_is_made_of_region_and_notice_number(staff):
    enter(staff, notice_number="25-338")
    assert RecallBatch.objects.get().slug == "us-25-338"


def test_slug_without_notice_number_is_made_of_company_and_title(staff):
    enter(staff, title="PowerCore 10000", company=factory.company("Anker", slug="anker").pk)
    assert RecallBatch.objects.get().slug == "us-anker-powercore-10000"


def test_slug_of_a_namesake_is_numbered(staff):
    factory.batch(slug="us-25-338")
    enter(staff, notice_number="25 338")
    assert RecallBatch.objects.filter(slug="us-25-338-2").exists()


def test_slug_chosen_by_hand_stays(staff):
    enter(staff, slug="us-a1263", notice_number="25-338")
    assert RecallBatch.objects.get().slug == "us-a1263"


def test_single_price_is_not_left_open(staff):
    enter(staff, price_low="27", price_currency="USD", price_grade="official")
    assert RecallBatch.objects.get().price_high == 27


def test_saving_unchanged_changes_nothing(staff):
    enter(staff, **a1263())
    batch = RecallBatch.objects.get()
    form = staff.get(page(batch)).context["adminform"].form
    assert type(form)(_as_sent(form), instance=batch).changed_data == []


def _as_sent(form):
    return {field.html_name: field.value() for field in form if field.value() is not None}


@pytest.mark.parametrize("text", ["25-338", "A1263", "安克", "Anker", "powercore"])
def test_search_finds_a_batch(staff, text):
    enter(staff, **a1263())
    factory.alias(factory.company(), "安克创新")
    factory.batch("Another thing", company=factory.company("Baseus"))
    found = staff.get(list_page(ADD), {"q": text}).context["cl"].result_list
    assert [batch.notice_number for batch in found] == ["25-338"]


def test_number_of_queries_does_not_grow_with_the_list(staff, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as few:
        staff.get(list_page(ADD))
    for name in ("Anker", "Baseus", "Romoss"):
        factory.batch(company=factory.company(name), regulator=factory.regulator(name, "JP"))
    with django_assert_max_num_queries(len(few) + 3):
        staff.get(list_page(ADD))


def test_public_page_is_linked_once_published(staff):
    draft, published = factory.batch(), factory.batch(published=True)
    assert not staff.get(page(draft)).context.get("has_absolute_url")
    assert staff.get(page(published)).context["has_absolute_url"]


def test_bad_date_is_refused_with_the_forms_it_may_have(staff):
    response = enter(staff, sold_from="June 2016")
    sentence = "Write a date as 2025, 2025-H1, 2025-06, 2025-06-12 or “2025-01 to 2025-09”."
    assert errors_at(response, "sold_from") == [sentence]
