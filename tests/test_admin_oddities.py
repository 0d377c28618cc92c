"""What is only odd is saved with a warning that links to the other batch."""

import pytest

from recalls.models import RecallBatch
from tests import factory
from tests.admin_pages import add_page, batch_data, line_row, page, rows, sign_in

pytestmark = pytest.mark.django_db
PRICE = {"price_currency": "USD", "price_grade": "official"}


@pytest.fixture
def staff(client):
    return sign_in(client)


def enter(staff, **fields):
    """Enter a batch of A1263; the warnings come after the sentence that it was added."""
    response = staff.post(add_page("recalls_recallbatch"), batch_data(**fields), follow=True)
    assert RecallBatch.objects.filter(title="Anker PowerCore 10000 power banks").exists()
    return [str(message) for message in response.context["messages"] if message.level_tag == "warning"]


def units(number, precision="exact"):
    return {"units_low": number, "units_precision": precision, "units_grade": "official"}


def lines(*numbers):
    models = [factory.product_model(f"A{number}") for number in range(len(numbers))]
    return rows("products", *map(line_row, models, numbers))


def test_products_that_add_up_to_another_number_are_odd(staff):
    warnings = enter(staff, **units(1_158_000), **lines(1_000_000, 150_000))
    assert warnings == ["The products add up to 1,150,000 units, but the batch says 1,158,000."]


@pytest.mark.parametrize("numbers", [(1_000_000, 158_000), (1_000_000, ""), ("", "")])
def test_products_that_can_add_up_are_not_odd(staff, numbers):
    assert enter(staff, **units(1_158_000), **lines(*numbers)) == []


def test_products_above_an_open_number_are_not_odd(staff):
    assert enter(staff, **units(1_000, "at_least"), **lines(900, 200)) == []


def test_known_products_above_the_number_are_odd(staff):
    warnings = enter(staff, **units(1_000), **lines(1_100, ""))
    assert warnings == ["The products add up to ≥\u00a01,100 units, but the batch says 1,000."]


def sold_elsewhere(price, currency="USD"):
    batch = factory.batch(
        "A1263 abroad",
        "CA",
        price_low=price,
        price_high=price,
        price_currency=currency,
        price_grade="official",
    )
    factory.recalled_product(batch, factory.product_model())
    return batch


@pytest.mark.parametrize(("here", "there"), [("100", 33), ("27", 82)])
def test_price_far_from_the_same_models_elsewhere_is_odd(staff, here, there):
    other = sold_elsewhere(there)
    line = rows("products", line_row(factory.product_model()))
    (warning,) = enter(staff, price_low=here, **PRICE, **line)
    assert "is far from the price of the same model in" in warning
    assert f'<a href="{page(other)}">A1263 abroad (CA, 2025-06-12)</a>' in warning


@pytest.mark.parametrize(
    ("here", "there", "currency"), [("99", 33, "USD"), ("27", 81, "USD"), ("27", 4000, "JPY")]
)
def test_price_near_or_in_another_currency_is_not_odd(staff, here, there, currency):
    sold_elsewhere(there, currency)
    line = rows("products", line_row(factory.product_model()))
    assert enter(staff, price_low=here, **PRICE, **line) == []


def test_model_in_another_batch_of_the_region_is_odd(staff):
    other = factory.batch("Earlier one")
    factory.recalled_product(other, factory.product_model())
    (warning,) = enter(staff, **rows("products", line_row(factory.product_model())))
    assert warning == (
        f'A model of this batch is also in <a href="{page(other)}">Earlier one (US, 2025-06-12)</a>.'
    )


def test_model_in_the_batch_that_this_one_widens_is_not_odd(staff):
    other = factory.batch("Earlier one")
    factory.recalled_product(other, factory.product_model())
    line = rows("products", line_row(factory.product_model()))
    assert enter(staff, expands=other.pk, **line) == []


def test_names_in_a_warning_are_escaped(staff):
    other = factory.batch("<script>alert(1)</script>")
    factory.recalled_product(other, factory.product_model())
    (warning,) = enter(staff, **rows("products", line_row(factory.product_model())))
    assert "&lt;script&gt;" in warning
