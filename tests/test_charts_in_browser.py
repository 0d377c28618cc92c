"""The two drawings of a chart in a real browser: the one there is room for is shown, whole, and leads on."""

import pytest
from playwright.sync_api import expect

from tests.browser import CHARTS

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["/", *CHARTS, "/incidents/anker-2025/", "/suppliers/apex/contagion/"]
CHINESE = [f"/zh-hans{address}" for address in PAGES]
PHONES, ZOOMED = (320, 360, 390), 640  # what 200 percent leave of 1,280 pixels
SHOWN = """() => [...document.querySelectorAll("figure.chart")].map((figure) =>
  [...figure.querySelectorAll(".canvas")].filter((each) => each.offsetWidth).map((each) => each.className))"""
OUTSIDE = """() => [...document.querySelectorAll("figure.chart .canvas.phone svg")].flatMap((svg) => {
  const frame = svg.parentElement.getBoundingClientRect();
  return [...svg.querySelectorAll("text, a")].filter((each) => {
    const {left, right} = each.getBoundingClientRect();
    return left < frame.left - 1 || right > frame.right + 1;
  }).map((each) => each.textContent);
})"""
LINKS = """(drawing) => [...new Set([...document.querySelectorAll(`figure.chart .${drawing} a`)].map(
  (link) => link.href.baseVal))].sort()"""
IDS = "() => [...document.querySelectorAll('[id]')].map((each) => each.id)"


def at(page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)


@pytest.mark.parametrize("addresses", [PAGES, CHINESE], ids=["English", "Chinese"])
def test_on_a_phone_and_zoomed_each_chart_stands_whole_in_its_frame(page, live_sample_data, addresses):
    for address in addresses:
        page.goto(address)
        for width in (*PHONES, ZOOMED):
            page.set_viewport_size({"width": width, "height": 800})
            shown = page.evaluate(SHOWN)
            assert shown and all(drawings == ["canvas phone"] for drawings in shown), (address, width)
            assert page.evaluate(OUTSIDE) == [], (address, width)


def test_a_desktop_and_paper_show_the_wide_drawing(page, live_sample_data):
    for address in PAGES:
        at(page, address, 1280)
        wide = page.evaluate(SHOWN)
        assert wide and all(len(drawings) == 1 and "wide" in drawings[0] for drawings in wide), address
        at(page, address, 390)
        page.emulate_media(media="print")
        assert page.evaluate(SHOWN) == wide, address
        page.emulate_media(media="screen")


def test_both_drawings_lead_to_the_same_and_share_no_name(page, live_sample_data):
    for address in PAGES:
        at(page, address, 390)
        assert page.evaluate(LINKS, "phone") == page.evaluate(LINKS, "wide") != [], address
        ids = page.evaluate(IDS)
        assert len(ids) == len(set(ids)), address


def test_a_screen_reader_meets_one_drawing(page, live_sample_data):
    at(page, "/recalls/?chart=exposure", 390)
    assert page.get_by_role("img", name="Exposure by recall batch, USD").count() == 1
    at(page, "/recalls/?chart=exposure", 1280)
    assert page.get_by_role("img", name="Exposure by recall batch, USD").count() == 1


def test_a_row_of_exposure_is_tapped_anywhere(page, live_sample_data):
    at(page, "/recalls/?chart=exposure", 390)
    page.locator(".phone text", has_text="BI-B41 power banks").click(force=True)
    expect(page.locator("h1")).to_have_text("BI-B41 power banks")


def test_charts_fit_a_phone_without_scripts_too(chromium, live_server, live_sample_data):
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    plain = context.new_page()
    plain.goto("/recalls/?chart=units")
    assert plain.locator(".canvas.phone svg").is_visible() and not plain.locator(".canvas.wide").is_visible()
    context.close()
