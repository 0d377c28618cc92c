"""Everything that a pointer does can be done by keyboard, and it is seen where one is."""

import re
from pathlib import Path

import pytest

from tests.browser import public_pages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_sample_data")]
SHORT = ["/", "/cells/", "/search/?q=a1681", "/sources/conflicts/", "/recalls/?chart=units", "/no/such/page/"]
MOST_STOPS = 900
TOKENS = re.compile(r"--(accent|ground|band|raised): light-dark\((#\w+), (#\w+)\)")
EXPECTED = """() => [...document.querySelectorAll(
    "a[href], svg a, button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.disabled)
  .filter((e) => !(window.stops ??= new Set()).has(e)).map((e) => e.outerHTML.slice(0, 120))"""
STOP = """() => {
  const e = document.activeElement;
  if (e === window.last) return "the same";  // a field of a day has stops of its own for day, month and year
  window.last = e;
  if (e === document.body || (window.stops ??= new Set()).has(e)) return null;
  window.stops.add(e);
  const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(e);
  const {left, top, width, height} = [...e.getClientRects()].at(-1) ?? e.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + Math.min(height, innerHeight) / 2);
  return {
    name: e.outerHTML.slice(0, 120),
    marked: (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none",
    inSight: e.closest("svg")  // a mark may be thinner than a pixel
      ? top >= 0 && top + height <= innerHeight
      : Boolean(over) && (e.contains(over) || over.contains(e) || e.labels?.[0]?.contains(over)),
  };
}"""


def stops(page):
    """Tabs through a page: what was stopped at, until it begins anew."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if not (stop := page.evaluate(STOP)):
            return
        if stop != "the same":
            yield stop
    pytest.fail(f"{page.url} has no end")


def faults(page):
    walked = list(stops(page))
    unmarked = [stop["name"] for stop in walked if not stop["marked"]]
    hidden = [stop["name"] for stop in walked if not stop["inSight"]]
    missed = page.evaluate(EXPECTED)
    found = {"not marked": unmarked, "not in sight": hidden, "not reached": missed}
    return {fault: names for fault, names in found.items() if names}


def walk(page, addresses):
    found = {}
    for address in addresses:
        page.context.clear_cookies()
        page.goto(address)
        page.wait_for_function("!document.querySelector('div[data-part]')")
        found[address] = faults(page)
    page.faults.clear()  # of the page that is not there
    return {address: wrong for address, wrong in found.items() if wrong}


def test_tab_reaches_everything_and_shows_where_it_is(page):
    assert walk(page, SHORT) == {}


@pytest.mark.long
def test_tab_reaches_everything_on_every_kind_of_page(page):
    assert walk(page, public_pages()) == {}


def test_the_first_stop_skips_to_the_content(page):
    page.goto("/recalls/")
    page.keyboard.press("Tab")
    assert page.get_by_role("link", name="Skip to the content").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_escape_closes_a_menu_and_goes_back_to_its_button(page):
    page.goto("/recalls/")
    button = page.locator("details.menu > summary", has_text="Columns")
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.menu[open]").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator("details.menu[open]").count() == 0
    assert button.evaluate("e => e === document.activeElement")


def test_the_mark_stands_out_from_every_ground():
    tokens = TOKENS.findall((Path(__file__).parents[1] / "static/tracker.css").read_text())
    for scheme in (1, 2):
        colours = {token[0]: luminance(token[scheme]) for token in tokens}
        mark = colours.pop("accent")
        assert len(colours) == 3
        assert min(contrast(mark, ground) for ground in colours.values()) >= 3


def luminance(colour):
    """As WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)
