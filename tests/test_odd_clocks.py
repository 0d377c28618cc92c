"""Clocks and time zones that are odd: the site says the same, and lets staff in."""

import re
from contextlib import closing
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from django.contrib.auth.models import User

from tests import factory
from tests.served import NAME, served_database
from tests.site_process import Site

pytestmark = pytest.mark.django_db
PAGES = ["/", "/recalls/", "/recalls/batch/", "/recalls/?export=csv", "/suppliers/"]
PASSWORD = "for these tests, and nothing else"
TRAVELS = 'import time_machine\ntime_machine.travel("{}-02-28T23:59:30+00:00").start()\n'
NUMBER = re.compile('csrfmiddlewaretoken" value="(.*?)"')


def fill():
    factory.batch(slug="batch", published=True, units=7, announced_on="2039-12-31")
    factory.import_run()
    User.objects.create_superuser("anna", password=PASSWORD)


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with served_database(django_db_blocker, fill) as server:
        yield server


@pytest.fixture(scope="module")
def usual(server, tmp_path_factory):
    """What the site says on a usual machine."""
    return said(server, tmp_path_factory.mktemp("usual"), TZ="UTC")


def served(server, folder, **environment):
    return closing(Site(folder / "log", DATABASE_URL=server.url(NAME), WEB_CONCURRENCY="1", **environment))


def said(server, folder, **environment):
    with served(server, folder, **environment) as site:
        answers = [site.get(path) for path in PAGES]
        assert {answer.status for answer in answers} == {200}
        sign_in(site)
        return [answer.body.replace(str(site.port), "PORT") for answer in answers]


def sign_in(site):
    """As anna, and on to a page of the admin."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{site.address}/admin/login/", timeout=30).read().decode()
    form = {
        "username": "anna",
        "password": PASSWORD,
        "csrfmiddlewaretoken": NUMBER.search(page)[1],
        "next": "/admin/",
    }
    browser.open(f"{site.address}/admin/login/", urlencode(form).encode(), timeout=30).close()
    batches = browser.open(f"{site.address}/admin/recalls/recallbatch/", timeout=30)
    assert b"A1263 power banks" in batches.read()


def long(value):
    return pytest.param(value, marks=pytest.mark.long)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", long("America/St_Johns"), long("No/Such_Zone")])
def test_the_time_zones_of_machine_and_server_change_nothing(server, usual, tmp_path, say, zone):
    of_server = "Pacific/Marquesas"
    server.ask(NAME, f"ALTER DATABASE {NAME} SET timezone TO '{of_server}'")
    assert said(server, tmp_path, TZ=zone) == usual
    say(
        f"Survived: a machine in {zone} and a server in {of_server}; {len(PAGES)} pages are the same, byte for byte"
    )


@pytest.mark.parametrize("year", [long(1999), 2040, long(2107)])
def test_a_clock_that_is_decades_off_changes_nothing(server, usual, tmp_path, say, year):
    (tmp_path / "sitecustomize.py").write_text(TRAVELS.format(year))
    with served(server, tmp_path, PYTHONPATH=str(tmp_path)) as site:
        assert f"Feb {year}" in site.get("/healthz").headers["Date"]
        answers = [site.get(path) for path in PAGES]
        sign_in(site)
    assert [answer.status for answer in answers] == [200] * len(PAGES)
    assert [answer.body.replace(str(site.port), "PORT") for answer in answers][3] == usual[3]
    say(f"Survived: a clock in {year}; {len(PAGES)} pages and a sign-in")
