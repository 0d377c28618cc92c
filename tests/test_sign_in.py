"""Signing in: guessing is throttled, sessions end, passwords are hard to find."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone
from django.utils.html import strip_tags

from config.proxies import networks
from staff.clients import address_of
from staff.models import MOST_OF_BOTH, MOST_OF_ONE, FailedSignIn
from staff.sessions import BEGAN, SEEN

pytestmark = pytest.mark.django_db
PASSWORD = "a long password 1"
LOGIN = "/admin/login/"


@pytest.fixture
def anna():
    return User.objects.create_user("anna", password=PASSWORD, is_staff=True)


def sign_in(client, username="anna", password=PASSWORD, address="192.0.2.1", **more):
    data = {"username": username, "password": password, **more}
    return client.post(LOGIN, data, REMOTE_ADDR=address)


def errors(response):
    return strip_tags(str(response.context["form"].non_field_errors()))


def fail(client, times, **who):
    for _ in range(times):
        assert "does not fit together" in errors(sign_in(client, password="wrong", **who))


def test_staff_sign_in(client, anna):
    assert sign_in(client).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert not FailedSignIn.objects.exists()


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client, anna):
    fail(client, 5)
    assert "Try again in 15 min" in errors(sign_in(client))
    assert client.get("/admin/").status_code == 302


def test_another_address_and_another_account_need_not_wait(client, anna):
    User.objects.create_user("ben", password=PASSWORD, is_staff=True)
    fail(client, MOST_OF_BOTH)
    assert sign_in(client, "ben").status_code == 302
    client.logout()
    assert sign_in(client, address="198.51.100.7").status_code == 302


def test_many_addresses_that_guess_at_one_account_must_wait_together(client, anna):
    attempts = [FailedSignIn(account="anna", address=f"192.0.2.{n}") for n in range(MOST_OF_ONE)]
    FailedSignIn.objects.bulk_create(attempts)
    assert "Try again" in errors(sign_in(client, address="198.51.100.7"))


def test_one_address_that_guesses_at_many_accounts_must_wait(client, anna):
    attempts = [FailedSignIn(account=f"name {n}", address="192.0.2.1") for n in range(MOST_OF_ONE)]
    FailedSignIn.objects.bulk_create(attempts)
    assert "Try again" in errors(sign_in(client))


def test_the_wait_ends_by_itself_and_waiting_is_not_prolonged_by_trying(client, anna):
    fail(client, 5)
    assert "Try again" in errors(sign_in(client))
    assert FailedSignIn.objects.count() == 5
    FailedSignIn.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert sign_in(client).status_code == 302


def test_an_account_in_other_letters_is_the_same_account(client, anna):
    for name in ("anna", "ANNA", "Anna", "ａｎｎａ", "aNNa"):
        fail(client, 1, username=name)
    assert "Try again" in errors(sign_in(client))


def test_an_account_that_is_not_there_answers_as_one_that_is(client, anna):
    User.objects.create_user("reader", password=PASSWORD)
    said = {errors(sign_in(client, name, password)) for name, password in (("anna", "x"), ("nobody", "x"))}
    assert said | {errors(sign_in(client, "reader"))} == said
    for _ in range(MOST_OF_BOTH):
        last = sign_in(client, "nobody", "x")
    assert "Try again" in errors(last)


def address(remote, forwarded=None):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))


def test_the_address_behind_a_proxy_is_the_clients(settings):
    settings.TRUSTED_PROXIES = networks("127.0.0.1, 10.0.0.0/8")
    assert address("127.0.0.1", "192.0.2.9") == "192.0.2.9"
    assert address("127.0.0.1", "192.0.2.9, 10.1.2.3") == "192.0.2.9"
    assert address("", "192.0.2.9") == "192.0.2.9"  # a proxy on a socket


def test_the_address_can_not_be_forged(settings):
    settings.TRUSTED_PROXIES = networks("127.0.0.1")
    assert address("192.0.2.9", "198.51.100.1") == "192.0.2.9"
    assert address("127.0.0.1", "198.51.100.1, 192.0.2.9") == "192.0.2.9"
    assert address("127.0.0.1", "198.51.100.1, nonsense") == "127.0.0.1"


def test_of_an_ipv6_address_the_network_counts():
    assert address("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64"
    assert address("::ffff:192.0.2.9") == "192.0.2.9"


def test_proxies_that_are_not_named_are_refused():
    with pytest.raises(ImproperlyConfigured, match="FORWARDED_ALLOW_IPS"):
        networks("*")


def test_passwords_are_kept_by_argon2_and_older_ones_are_renewed(client, anna):
    assert anna.password.startswith("argon2$argon2id$")
    User.objects.update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt"))
    assert sign_in(client).status_code == 302
    assert User.objects.get().password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("password", ["short word", "password1234", "123456789012345", "anna-anna-anna"])
def test_weak_passwords_are_refused(anna, password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="anna-anna-anna"))


def seen(client, ago):
    session = client.session
    session[SEEN] = time.time() - ago
    session.save()
    return client.get("/admin/").status_code


def test_a_session_ends_when_nothing_is_asked(client, anna):
    sign_in(client)
    assert seen(client, 2 * 60 * 60 - 60) == 200
    assert time.time() - client.session[SEEN] < 60  # begun anew
    assert seen(client, 2 * 60 * 60 + 60) == 302


def test_a_session_ends_twelve_hours_after_signing_in(client, anna, settings):
    sign_in(client)
    session = client.session
    session[BEGAN] = time.time() - 12 * 60 * 60 + 60
    session.save()
    assert client.get("/admin/").status_code == 200
    session[BEGAN] -= 120
    session.save()
    assert client.get("/admin/").status_code == 302


def test_signing_out_and_a_new_password_end_the_session_on_the_server(client, anna):
    sign_in(client)
    key = client.session.session_key
    client.post("/admin/logout/")
    assert not client.session.exists(key)
    sign_in(client)
    anna.set_password("another long password")
    anna.save()
    assert client.get("/admin/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_moment_are_counted_too():
    """Of twenty at once no more than five may be made: each is noted before the others are counted."""

    def attempt(_):
        try:
            return FailedSignIn.objects.begin("anna", "192.0.2.1")[0] is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        made = sum(pool.map(attempt, range(20)))
    assert made <= MOST_OF_BOTH
