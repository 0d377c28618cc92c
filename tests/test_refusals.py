"""Whatever is refused says in a sentence what to do; and nothing of an address gets into a header."""

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory
from django.urls import reverse

from config.refusals import RefusalsMiddleware
from tests import addresses, factory
from tests.admin_pages import sign_in
from tests.fuzzing import SENTENCE, said_in
from tests.visits import Answer

pytestmark = pytest.mark.django_db
# Read by who cuts the high byte off, these are a line's end.
LOOKS_LIKE_A_LINE = "嘊嘍Set-Cookie:%20a=b"


@pytest.fixture
def staff(client):
    return sign_in(client)


def restore_page(key):
    address = reverse("admin:recalls_recallbatch_restore", args=["KEY", 1])
    return address.replace("KEY", key)


def test_a_step_of_a_form_that_is_only_opened_says_where_its_button_is(staff):
    response = staff.get(restore_page(str(factory.batch().pk)))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "go back to the page that has its button" in response.text
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_that_is_only_read_says_so(client, method):
    response = getattr(client, method)("/recalls/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "takes nothing that is sent" in response.text
    assert int(response["Content-Length"]) == len(response.content)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 410, 415, 429])
def test_any_refusal_without_a_word_gets_a_sentence(status):
    refused = RefusalsMiddleware(lambda request: HttpResponse(status=status, headers={"X-Other": "kept"}))
    response = refused(RequestFactory().get("/"))
    assert (response.status_code, response["X-Other"]) == (status, "kept")
    assert SENTENCE.search(said_in(response.text))


def test_what_has_its_own_words_keeps_them():
    own = HttpResponseNotAllowed(["GET"], b"Own words.")
    assert RefusalsMiddleware(lambda request: own)(RequestFactory().get("/")) is own


def test_every_method_at_every_address_is_answered_or_refused_in_a_sentence(client, say):
    tried = 0
    for pattern in addresses.patterns():
        for address in addresses.addresses(pattern, lambda model: [], most=1):
            for method in ("post", "put", "patch", "delete", "options", "trace"):
                answer = Answer(getattr(client, method)(address))
                assert answer.status < 500, (method, address)
                assert answer.status < 400 or SENTENCE.search(said_in(answer.body)), (method, address)
                tried += 1
    say(f"{tried} requests by six methods: answered, or refused in a sentence.")


@pytest.mark.parametrize(
    "key", [LOOKS_LIKE_A_LINE, "%0d%0aSet-Cookie:%20a=b", "%E5%98%8A%E5%98%8D", "_0D_0Ax"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_odd_key_gets_into_no_header(staff, key, method):
    response = getattr(staff, method)(restore_page(key), {"reason": "x"})
    assert response.status_code in (302, 404, 405)
    assert "a" not in response.cookies
    for name, value in response.items():
        assert value.isascii() and "\r" not in value and "\n" not in value, name


def test_an_odd_key_leads_to_the_start_of_the_admin(staff):
    response = staff.post(restore_page(LOOKS_LIKE_A_LINE), {"reason": "x"})
    assert (response.status_code, response["Location"]) == (302, "/admin/")
