"""The second factor: set up by staff themselves, asked for at each sign-in, and demanded where the site says so."""

import re
import time
from binascii import unhexlify

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.html import strip_tags
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from staff.models import RecoveryCode
from staff.second_factor import NewFactor

pytestmark = pytest.mark.django_db
PASSWORD = "a long password 1"
PAGE = "/admin/second-factor/"


@pytest.fixture
def anna():
    return User.objects.create_superuser("anna", password=PASSWORD)


@pytest.fixture
def factor(client, anna):
    """Set up by this client: its recovery codes."""
    sign_in(client)
    return set_up(client)


def sign_in(client, code=""):
    return client.post("/admin/login/", {"username": "anna", "password": PASSWORD, "code": code})


def set_up(client):
    client.get(PAGE)
    page = client.post(PAGE, {"code": code_of(client.session[NewFactor.SESSION_KEY])})
    return re.findall(r"<li><code>([\w-]+)</code></li>", page.content.decode())


def code_of(key, steps=0):
    totp = TOTP(unhexlify(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def next_code():
    """One that was not used yet."""
    return code_of(TOTPDevice.objects.get().key, steps=1)


def test_staff_set_it_up_with_a_picture_a_key_and_recovery_codes(client, anna):
    sign_in(client)
    page = client.get(PAGE).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    codes = set_up(client)
    assert len(set(codes)) == 10
    assert TOTPDevice.objects.get().user == anna
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_sets_nothing_up(client, anna):
    sign_in(client)
    client.get(PAGE)
    for wrong in ("000000", "abc", "", "１２３４５６", "9" * 30):
        assert client.post(PAGE, {"code": wrong}).status_code == 200
    assert not TOTPDevice.objects.exists()


def test_signing_in_then_needs_the_code(factor):
    other = Client()
    for code in ("", "000000", "abcd-efgh-jkmn-pqrs"):
        assert sign_in(other, code).status_code == 200
    assert other.get("/admin/").status_code == 302


def test_signing_in_with_the_code(factor):
    other = Client()
    assert sign_in(other, next_code()).status_code == 302
    assert other.get("/admin/").status_code == 200


def test_a_code_is_good_once(factor):
    code = next_code()
    assert sign_in(Client(), code).status_code == 302
    assert sign_in(Client(), code).status_code == 200


def test_a_recovery_code_is_good_once_in_any_writing(factor):
    assert sign_in(Client(), factor[0].upper().replace("-", " ")).status_code == 302
    assert sign_in(Client(), factor[0]).status_code == 200
    assert RecoveryCode.objects.count() == 9


def test_recovery_codes_are_kept_as_hashes(factor):
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert all(len(digest) == 64 for digest in kept)
    assert not kept & set(factor)


def test_a_wrong_code_says_no_more_than_a_wrong_password(factor):
    said = []
    for data in ({"password": PASSWORD, "code": "1"}, {"password": "wrong", "code": "1"}):
        page = Client().post("/admin/login/", {"username": "anna", **data})
        said.append(strip_tags(str(page.context["form"].non_field_errors())))
    assert said[0] == said[1]


def test_guessing_codes_is_throttled_as_guessing_passwords(factor):
    other = Client()
    for _ in range(5):
        sign_in(other, "000000")
    page = sign_in(other, next_code())
    assert "Try again" in str(page.context["form"].non_field_errors())


def test_another_session_without_the_code_is_shut_out(client, anna):
    other = Client()
    sign_in(other)
    assert other.get("/admin/").status_code == 200
    sign_in(client)
    set_up(client)
    assert other.get("/admin/").status_code == 302
    assert other.get(PAGE).status_code == 302
    assert other.post("/admin/logout/").status_code in (200, 302)


def test_where_it_is_demanded_nothing_opens_before_it_is_set_up(client, anna, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client)
    for address in ("/admin/", "/admin/recalls/recallbatch/", "/admin/to-do/", "/admin/no/such/page"):
        assert client.get(address)["Location"] == PAGE
    assert "need a second factor" in client.get(PAGE).content.decode()
    set_up(client)
    assert client.get("/admin/").status_code == 200


def test_where_it_is_demanded_one_can_still_sign_out(client, anna, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client)
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_it_is_given_up_with_a_code_unless_it_is_demanded(client, factor, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client.post(PAGE, {"code": factor[0], "remove": "1"})
    assert TOTPDevice.objects.exists()
    settings.REQUIRE_SECOND_FACTOR = False
    client.post(PAGE, {"code": "wrong", "remove": "1"})
    assert TOTPDevice.objects.exists()
    client.post(PAGE, {"code": factor[0], "remove": "1"})
    assert not TOTPDevice.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_new_recovery_codes_take_the_place_of_the_old_ones(client, factor):
    page = client.post(PAGE, {"code": factor[0], "renew": "1"}).content.decode()
    new = re.findall(r"<li><code>([\w-]+)</code></li>", page)
    assert len(new) == 10
    assert not set(new) & set(factor)
    assert RecoveryCode.objects.count() == 10


def test_who_has_lost_everything_is_helped_on_the_server(factor):
    call_command("reset_second_factor", "anna")
    assert sign_in(Client()).status_code == 302
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("reset_second_factor", "anna")


def test_strangers_and_the_secret_do_not_meet(client, factor):
    key = TOTPDevice.objects.get().key
    page = f"/admin/otp_totp/totpdevice/{TOTPDevice.objects.get().pk}/change/"
    assert key not in client.get(page).content.decode()
    assert Client().get(PAGE).status_code == 302
    reader = Client()
    reader.force_login(User.objects.create_user("reader", is_staff=True))
    assert reader.get(page).status_code == 403
