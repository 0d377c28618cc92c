"""The site as people use it, in a real browser."""

import csv
import io
import os
import shutil

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from tests import factory

pytestmark = pytest.mark.django_db(transaction=True)

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


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
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(error))
    page.on("response", lambda response: response.status >= 400 and page.faults.append(response.url))
    yield page
    assert page.faults == []
    context.close()


@pytest.fixture
def sample_data():
    call_command("load_sample_data", verbosity=0)


def test_an_analyst_goes_from_the_start_to_a_figures_source_and_its_file(page, sample_data):
    page.goto("/")
    page.get_by_role("link", name="Recalls", exact=True).click()
    page.get_by_text("All filters", exact=True).click()
    page.locator(".filters details summary", has_text="Any").first.click()
    page.get_by_label("Japan").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/recalls/?region=JP")
    page.get_by_text("Recall batches in Japan: 2 batches, 939,026 units").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
    assert [row["slug"] for row in rows] == ["jp-2025-10", "jp-2025-06"]
    page.get_by_role("link", name="PowerCore 10000 and three speakers").click()
    page.locator("sup.cite a").first.click()
    assert page.locator("li:target").count() == 1


def test_staff_enter_a_batch_which_then_stands_in_the_list_and_in_the_file(page, live_server):
    get_user_model().objects.create_superuser("staff", password="a long password 1")
    factory.regulator("CPSC", "US")
    factory.product_model("A1263", company=factory.company("Anker"))
    factory.source(title="Notice 25-338")
    sign_in(page)
    enter_batch(page)
    page.goto("/recalls/")
    assert "≈\u00a01,158,000" in page.locator("tbody").inner_text()
    file = page.request.get("/recalls/?export=csv").text()
    assert [row["units_low"] for row in csv.DictReader(io.StringIO(file))] == ["1158000"]


def sign_in(page):
    page.goto("/admin/login/?next=/admin/recalls/recallbatch/add/")
    page.get_by_label("Username").fill("staff")
    page.get_by_label("Password").fill("a long password 1")
    page.get_by_role("button", name="Log in").click()


def enter_batch(page):
    page.locator("#id_title").fill("PowerCore 10000 power banks (A1263)")
    choose(page, "company", "Anker")
    choose(page, "regulator", "CPSC")
    page.locator("#id_notice_number").fill("25-338")
    page.locator("#id_announced_on").fill("2025-06-12")
    page.locator("#id_units_low").fill("1158000")
    page.locator("#id_units_precision").select_option("approximate")
    page.locator("#id_units_grade").select_option("official")
    page.locator("#id_reason").fill("As the notice says.")
    page.get_by_text("Add another Recalled product").click()
    choose(page, "products-0-product_model", "A1263")
    page.get_by_text("Add another Citation").click()
    choose(page, "citations-0-source", "25-338")
    page.locator("#id_is_published").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()


def choose(page, field, text):
    """Pick from an autocomplete, or from a plain list where the field is one."""
    box = page.locator(f"#id_{field}")
    if "admin-autocomplete" not in (box.get_attribute("class") or ""):
        box.select_option(label=text)
        return
    page.locator(f"#id_{field} + .select2").click()
    page.locator(".select2-search__field").last.fill(text)
    page.locator(".select2-results__option", has_text=text).first.click()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_the_screen(page, sample_data, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    lists = [
        "recalls",
        "incidents",
        "suppliers",
        "cells",
        "products",
        "sources",
        "sources/conflicts",
        "method",
    ]
    records = [
        "recalls/cn-2025",
        "incidents/anker-2025",
        "suppliers/apex",
        "products/a1681",
        "sources/ginlix",
    ]
    charts = [f"recalls/?chart={name}" for name in ("units", "exposure", "completion", "models")]
    queries = [
        *charts,
        "suppliers/apex/contagion/",
        "search/?q=a1681",
        "recalls/?group=hazard",
        "incidents/anker-2025/?headline=235.2万&share=30",
    ]
    for address in ["", *queries, *(f"{name}/" for name in lists + records)]:
        page.goto(f"/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_colours_that_a_reader_chooses_stay(page, sample_data):
    page.emulate_media(color_scheme="light")
    page.goto("/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Colours: automatic. Change").click()
    page.get_by_role("button", name="Colours: light. Change").click()
    assert page.evaluate(ground) != light
    page.goto("/recalls/")
    assert page.get_by_role("button", name="Colours: dark. Change").is_visible()
    assert page.evaluate(ground) != light


def test_a_mark_of_a_chart_leads_to_its_batches(page, sample_data):
    page.goto("/recalls/?chart=units")
    page.locator("figure.chart a").filter(has=page.locator("[aria-label^='2025-06, Japan']")).click()
    words = "Recall batches in Japan announced from 2025-06-01 on announced until 2025-06-30: 1 batch"
    assert words in page.locator("main").inner_text()


def test_the_heading_and_the_names_of_a_long_list_stay_in_sight(page, sample_data):
    page.set_viewport_size({"width": 800, "height": 600})
    page.goto("/recalls/")
    table = page.locator(".scroll.rows")
    table.evaluate("table => table.scrollTo(600, 400)")
    frame = table.bounding_box()
    heading = table.locator("thead th.title").bounding_box()
    assert abs(heading["x"] - frame["x"]) < 3 and abs(heading["y"] - frame["y"]) < 3
