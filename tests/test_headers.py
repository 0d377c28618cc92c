"""What browsers are told on every answer, and what they make of it."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import User

from config import headers

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/",
    "/recalls/",
    "/recalls/?export=csv",
    "/no/such/page",
    "/admin/",
    "/admin/login/",
    "/method/",
]
LOADED = ("script-src", "style-src", "img-src", "connect-src", "font-src", "form-action")
PRODUCTION = """
import django
from django.conf import settings
from django.test import Client
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()
answer = Client(raise_request_exception=False).get("/admin/", secure=True, headers={"host": "recalls.example"})
print(*(f"{name}: {value}" for name, value in answer.items()), sep="\\n")
refused = Client(raise_request_exception=False).get("/method/", secure=True, headers={"host": "evil.example"})
plain = Client().get("/method/", headers={"host": "recalls.example"})
print("other host", refused.status_code, "plain", plain.status_code, plain["Location"])
print("cookies", settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE,
      settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_DOMAIN, settings.SESSION_COOKIE_PATH)
"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_says_what_the_page_may_do(client, address):
    answer = client.get(address)
    answer.close()
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_the_policy_lets_nothing_in_that_stands_in_a_page():
    assert {headers.POLICY[name] for name in LOADED} == {"'self'"}
    assert {value for name, value in headers.POLICY.items() if name not in LOADED} == {"'none'"}
    assert "unsafe" not in headers.security_headers()["Content-Security-Policy"]


def test_cookies_are_for_this_site_and_no_script(client, settings):
    User.objects.create_superuser("staff", password="a long password 1")
    client.get("/admin/login/")
    client.post("/admin/login/", {"username": "staff", "password": "a long password 1"})
    for cookie in (
        client.cookies[name] for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    ):
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_public_pages_set_no_cookie(client):
    assert not any(client.get(address).cookies for address in ("/", "/recalls/", "/search/?q=a"))


def test_production_is_https_under_its_own_name():
    production = {"SECRET_KEY": "k3" * 40 + "abcdefgh", "DEBUG": "0", "PUBLIC_URL": "https://recalls.example"}
    environment = {"DATABASE_URL": "postgres://nobody:x@127.0.0.1:9/none", **os.environ, **production}
    command = [sys.executable, "-W", "ignore", "-c", PRODUCTION]
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    run = subprocess.run(command, env=environment | settings, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "Strict-Transport-Security: max-age=31536000" in run.stdout
    assert "upgrade-insecure-requests" in run.stdout
    assert "other host 400 plain 301 https://recalls.example/method/" in run.stdout
    assert "cookies __Host-session __Host-csrf True True None /" in run.stdout
