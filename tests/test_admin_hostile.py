"""Whatever is sent to the admin, it answers with a page, a refusal or a redirect."""

import pytest
from django.contrib import admin
from django.urls import reverse

from evidence.models import Source
from recalls.admin.reading import ReadOnlyAdmin
from recalls.models import RecallBatch
from tests import factory
from tests.admin_pages import add_page, batch_data, list_page, page, sign_in

pytestmark = pytest.mark.django_db
BATCHES = "recalls_recallbatch"
GARBAGE = ["abc", "\x00", "9" * 30, "-1", "", "(安克"]
PARAMETERS = [
    "q",
    "p",
    "o",
    "all",
    "e",
    "region__id__exact",
    "regulator__id__exact",
    "is_published__exact",
    "kind__exact",
    "kind__regex",
    "announced_on__year",
    "announced_on__month",
    "announced_on__day",
    "announced_on__gte",
    "company__name",
    "company__password",
    "units_low__gte",
    "hazards",
    "sold_from",
    "pk",
    "no_such_field",
    "_facets",
    "_popup",
    "_to_field",
]
OURS = ("evidence", "suppliers", "recalls")
MODELS = [model for model in admin.site._registry if model._meta.app_label in OURS]
READ_ONLY = [model for model in MODELS if isinstance(admin.site._registry[model], ReadOnlyAdmin)]


@pytest.fixture
def staff(client):
    return sign_in(client)


@pytest.mark.parametrize("value", GARBAGE)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_garbage_in_a_filter_is_no_error_of_ours(staff, parameter, value):
    factory.batch()
    assert staff.get(list_page(BATCHES), {parameter: value}).status_code in (200, 302, 400)


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "_00", "%2500", "1_2F", "安克"])
@pytest.mark.parametrize("action", ["change", "delete", "history"])
def test_garbage_for_a_key_is_no_error_of_ours(staff, action, key):
    response = staff.get(reverse(f"admin:{BATCHES}_{action}", args=[key]))
    assert response.status_code in (302, 400, 404)


@pytest.mark.parametrize("value", ["", "+", "products", "company__name", "no_such_field"])
@pytest.mark.parametrize("action", ["change", "delete"])
def test_garbage_for_the_field_to_link_by_is_refused(staff, action, value):
    address = page(factory.batch(), action)
    assert staff.get(address, {"_to_field": "id"}).status_code == 200
    assert staff.get(address, {"_to_field": value}).status_code == 400
    assert staff.post(address, {"_to_field": value}).status_code == 400


@pytest.mark.parametrize("value", GARBAGE)
@pytest.mark.parametrize("action", ["publish", "withdraw", "delete_selected", "no_such_action"])
def test_garbage_in_an_action_is_no_error_of_ours(staff, action, value):
    data = {"action": action, "_selected_action": value, "index": value, "select_across": value}
    assert staff.post(list_page(BATCHES), data).status_code in (200, 302, 400)


@pytest.mark.parametrize("value", GARBAGE)
def test_garbage_in_every_field_is_no_error_of_ours(staff, value):
    names = [field.name for field in RecallBatch._meta.fields]
    assert staff.post(add_page(BATCHES), batch_data(**dict.fromkeys(names, value))).status_code == 200


@pytest.mark.parametrize("value", GARBAGE)
def test_garbage_in_the_lines_is_no_error_of_ours(staff, value):
    names = ("id", "batch", "product_model", "units_low", "units_precision", "made_from", "DELETE")
    rows = {f"products-0-{name}": value for name in names}
    counts = {"products-TOTAL_FORMS": 1, "products-INITIAL_FORMS": 1}
    assert staff.post(add_page(BATCHES), batch_data(**rows, **counts)).status_code in (200, 302)


@pytest.mark.parametrize("value", GARBAGE)
def test_garbage_in_the_number_of_lines_is_no_error_of_ours(staff, value):
    counts = {"products-TOTAL_FORMS": value, "products-INITIAL_FORMS": value}
    assert staff.post(add_page(BATCHES), batch_data(**counts)).status_code in (200, 302)


def test_empty_post_is_no_error_of_ours(staff):
    assert staff.post(add_page(BATCHES), {}).status_code == 200


@pytest.mark.parametrize("value", GARBAGE)
def test_garbage_in_autocomplete_is_no_error_of_ours(staff, value):
    field = {"app_label": "recalls", "model_name": "recallbatch", "field_name": "company"}
    for changed in ({"term": value}, {"page": value}, {"field_name": value}, {"app_label": value}):
        assert staff.get(reverse("admin:autocomplete"), field | changed).status_code in (200, 400, 403, 404)


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_what_imports_write_has_a_list_and_no_form(staff, model):
    name = model._meta.label_lower.replace(".", "_")
    for query in ({"q": "安克"}, {"q": "\t"}):
        assert staff.get(list_page(name), query).status_code == 200
    assert staff.get(add_page(name)).status_code == 403
    assert staff.post(add_page(name), {}).status_code == 403


@pytest.mark.parametrize(
    "model", [model for model in MODELS if model not in READ_ONLY], ids=lambda model: model.__name__
)
def test_every_form_has_its_pages(staff, model):
    name = model._meta.label_lower.replace(".", "_")
    assert staff.get(list_page(name), {"q": "安克"}).status_code == 200
    if "add" not in model._meta.default_permissions:
        return
    assert staff.get(add_page(name)).status_code == 200
    assert staff.post(add_page(name), {}).status_code == 200


def test_address_of_a_source_that_is_no_web_page_is_refused(staff):
    data = {"title": "x", "publisher": "x", "kind": "news", "language": "en", "slug": "x"}
    data |= {"url": "javascript:alert(1)", "references-TOTAL_FORMS": 0, "references-INITIAL_FORMS": 0}
    assert staff.post(add_page("evidence_source"), data).status_code == 200
    assert not Source.objects.exists()
