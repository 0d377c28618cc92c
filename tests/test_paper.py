"""What comes out of the printer: a report page with its sources, black on white."""

import re

import pytest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_sample_data")]
ON_SCREEN_ONLY = "header nav, .search, .theme, .tools, .views, .pages, .skip, .contents, .json"


@pytest.fixture
def paper(page):
    page.emulate_media(media="print", color_scheme="dark")
    return page


def test_a_printed_batch_names_the_addresses_of_its_sources(paper):
    paper.goto("/recalls/us-a1263/")
    after = "[...document.querySelectorAll('ol.citations a[rel]')].map(a => getComputedStyle(a, '::after').content)"
    assert "https://www.cpsc.gov/Recalls/2025/" in " ".join(paper.evaluate(after))
    assert "PowerCore 10000" in paper.locator("main").inner_text()


@pytest.mark.parametrize("address", ["/recalls/", "/recalls/us-a1263/", "/incidents/anker-2025/"])
def test_paper_has_nothing_to_click(paper, address):
    paper.goto(address)
    assert not [each for each in paper.locator(ON_SCREEN_ONLY).all() if each.is_visible()]


def test_paper_is_light_although_the_screen_is_dark(paper):
    paper.goto("/recalls/?chart=units")
    page_and_text = (
        "[getComputedStyle(document.documentElement).colorScheme, getComputedStyle(document.body).color]"
    )
    assert paper.evaluate(page_and_text) == ["light", "rgb(23, 33, 42)"]


def test_a_printed_list_lies_on_its_side_and_is_whole(paper):
    paper.goto("/recalls/")
    pdf = paper.pdf(prefer_css_page_size=True)
    widths = {float(width) for width in re.findall(rb"/MediaBox \[0 0 ([\d.]+)", pdf)}
    assert min(widths) > 800
    frame = paper.locator(".scroll.rows").evaluate(
        "e => [getComputedStyle(e).overflow, getComputedStyle(e).maxHeight]"
    )
    assert frame == ["visible", "none"]
    assert paper.locator("thead").first.evaluate("e => getComputedStyle(e).display") == "table-header-group"
