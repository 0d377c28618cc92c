"""WCAG 2.2 AA as far as a machine can tell: axe-core finds nothing, and no page scrolls sideways."""

import pytest
from django.core.management import call_command

from tests import factory
from tests.accessible import findings, load, too_wide
from tests.browser import admin_pages, public_pages, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS, SCHEMES = (320, 768, 1440), ("light", "dark")
EVERY_WAY = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
ZOOMED = 640  # what 200 percent leave of 1,280 pixels
# Of select2, which Django ships: the list of what was chosen holds the box to search in beside its items.
NOT_OURS = {("list", ".select2-selection--multiple > ul")}
ONE_WAY_EACH = [(320, "dark"), (1440, "light")]  # the least and the most room, and both schemes


@pytest.fixture
def page(chromium, live_server):
    call_command("load_sample_data", verbosity=0)
    context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def faults(page, addresses, ways):
    """What is wrong, by address and way: {(address, width, scheme): findings}."""
    found = {}
    for address in filter(lambda address: load(page, address), addresses):
        for width, scheme in ways:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if wrong := findings(page) - NOT_OURS:
                found[address, width, scheme] = wrong
        if widths := wider_than(page, (*WIDTHS, ZOOMED)):
            found[address, "scrolls sideways"] = widths
    return found


def wider_than(page, widths):
    """Those of these widths that a page does not fit; also 1,280 pixels with letters of twice the size."""
    wide = [width for width in widths if sideways(page, width)]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return [*wide, *["large letters"] * sideways(page, 1280)]


def sideways(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    return too_wide(page) > 0


def test_axe_finds_nothing_on_any_kind_of_page(page):
    assert faults(page, public_pages(), ONE_WAY_EACH) == {}


@pytest.mark.long
def test_axe_finds_nothing_at_any_width_in_any_colours(page):
    assert faults(page, public_pages(), EVERY_WAY) == {}


@pytest.mark.long
def test_axe_finds_nothing_on_any_page_of_the_admin(page):
    factory.imported(factory.batch("A draft"))
    sign_in(page)
    assert faults(page, admin_pages(), EVERY_WAY) == {}
