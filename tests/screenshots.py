"""`make screenshots`: every page in light, dark and on a phone, as pictures to be looked at, in screenshots/."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from tests import factory
from tests.browser import admin_pages, public_pages, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = Path(__file__).parents[1] / "screenshots"
WAYS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}


@pytest.mark.parametrize("way", WAYS)
def test_pictures(chromium, live_server, say, way):
    call_command("load_sample_data", verbosity=0)
    factory.imported(factory.batch("A draft"))
    context = chromium.new_context(base_url=live_server.url, **WAYS[way])
    context.set_default_timeout(60_000)
    page = context.new_page()
    pictures = [picture(page, address, FOLDER / way) for address in public_pages()]
    sign_in(page)
    pictures += [picture(page, address, FOLDER / f"admin-{way}") for address in admin_pages()]
    context.close()
    say(f"{len(pictures)} pictures, {way}, in {FOLDER.name}/{way} and {FOLDER.name}/admin-{way}")


def picture(page, address, folder):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    name = re.sub(r"[^\w=.-]+", "_", address).strip("_") or "overview"
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    return name
