"""Chromium for the tests, and which pages it opens."""

import os
import shutil

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import Case, IntegerField, Value, When

from tests import addresses

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PASSWORD = "a long password 1"
FILES = ("/restore/", "export=", ".csv", ".xlsx", "logout", "jsi18n", "autocomplete")
FILES += (".xml",)  # no page of ours: Chromium draws XML with a style of its own, which it then refuses
TEXTS = ("/robots.txt", "/favicon.ico")
TELLING = [
    "apex",
    "anker-2025",
    "cn-2025",
    "a1263",
    "ginlix",
]  # the records of the sample data with the most to show
CHARTS = [f"/recalls/?chart={name}" for name in ("units", "exposure", "completion", "models")]
QUERIES = ["/recalls/?group=region", "/recalls/?region=JP", "/search/?q=a", "/recalls/?units_min=x"]
ODD = ["/recalls/?region=VN&hazard=fire", "/no/such/page/"]


@pytest.fixture(scope="module")
def chromium():
    if not PROGRAM:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("The browser tests need Chromium: apt install chromium.")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(chromium, live_server):
    """A window that tolerates no fault: no error of a script, no address that is not there."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(error))
    page.on("response", lambda response: response.status >= 400 and page.faults.append(response.url))
    yield page
    assert page.faults == []
    context.close()


@pytest.fixture
def live_sample_data(transactional_db):
    """Where the live server sees them."""
    call_command("load_sample_data", verbosity=0)


def sign_in(page, then="/admin/"):
    """As a new superuser."""
    User.objects.filter(username="staff").exists() or User.objects.create_superuser(
        "staff", password=PASSWORD
    )
    page.goto(f"/admin/login/?next={then}")
    page.get_by_label("Username").fill("staff")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def every_page():
    """An address of every pattern of the site, and of what a query makes another page."""
    found = (
        address for pattern in addresses.patterns() for address in addresses.addresses(pattern, _telling)
    )
    return [address for address in [*found, *CHARTS, *QUERIES] if not any(part in address for part in FILES)]


def public_pages():
    """One of each kind of page that a reader opens."""
    pages = [address for address in every_page() if not address.startswith(("/admin/", "/api/v1/", *TEXTS))]
    return [*pages, "/api/v1/", *ODD]


def admin_pages():
    return [address for address in every_page() if address.startswith("/admin/")]


def _telling(model):
    records = model._base_manager.order_by("pk")
    if any(field.name == "slug" for field in model._meta.fields):
        told = Case(When(slug__in=TELLING, then=Value(0)), default=Value(1), output_field=IntegerField())
        records = records.order_by(told, "pk")
    return records.values_list("pk", flat=True)[:1]
