"""When the largest thing of a page is painted in Chromium, with the processor slowed four times."""

import shutil
import statistics

from django.db import connection

from bench.database import LARGE, using
from bench.measured import limited, not_measured
from bench.serving import serving

SLOWED, LIMIT, TIMES = 4, 1, 5
EMPTY = "/empty"
PAGE = "<!doctype html><html lang=en><title>Empty</title><h1>Nothing but a heading</h1>"
PAINTED = """() => new Promise((tell) => new PerformanceObserver((entries) =>
  tell(entries.getEntries().at(-1).startTime / 1000)).observe({type: "largest-contentful-paint", buffered: true}))"""


def measure():
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        return [not_measured("largest paint", "there is no Chromium")]
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return [not_measured("largest paint", "Playwright is not installed: make check installs it")]
    pages = _pages()
    with serving(LARGE) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        return list(_measured(browser, f"http://127.0.0.1:{server.port}", pages))


def _pages():
    """A page of each kind: the batch and the incident that were entered first."""
    return {
        "overview": "/",
        "list of batches": "/recalls/",
        "batch": f"/recalls/{_slug('recalls_recallbatch')}/",
        "incident": f"/incidents/{_slug('recalls_incident')}/",
    }


def _slug(table):
    with using(LARGE), connection.cursor() as cursor:
        cursor.execute(f"SELECT slug FROM {table} WHERE is_published ORDER BY id LIMIT 1")
        return cursor.fetchone()[0]


def _measured(browser, site, pages):
    empty = _median(browser, site + EMPTY)
    for name, address in pages.items():
        seconds = _median(browser, site + address)
        yield limited(f"largest paint, {name}", seconds, LIMIT, f"an empty page {empty * 1000:.0f} ms")


def _median(browser, address):
    """Seconds of a first view: each with a browser that has kept nothing."""
    _painted(browser, address)
    return statistics.median(_painted(browser, address) for _ in range(TIMES))


def _painted(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route("**" + EMPTY, lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(address)
    seconds = page.evaluate(PAINTED)
    context.close()
    return seconds
