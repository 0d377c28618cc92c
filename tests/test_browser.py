"""The site as people use it, in a real browser."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_colours_that_a_reader_chooses_stay(page, live_sample_data):
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


def test_a_mark_of_a_chart_leads_to_its_batches(page, live_sample_data):
    page.goto("/recalls/?chart=units")
    page.locator(".canvas.wide a").filter(has=page.locator("[aria-label^='2025-06, Japan']")).click()
    words = "Recall batches in Japan announced from 2025-06-01 on announced until 2025-06-30: 1 batch"
    assert words in page.locator("main").inner_text()


def test_the_heading_and_the_names_of_a_long_list_stay_in_sight(page, live_sample_data):
    page.set_viewport_size({"width": 800, "height": 600})
    page.goto("/recalls/")
    table = page.locator(".scroll.rows")
    table.evaluate("table => table.scrollTo(600, 400)")
    frame = table.bounding_box()
    heading = table.locator("thead th.title").bounding_box()
    assert abs(heading["x"] - frame["x"]) < 3 and abs(heading["y"] - frame["y"]) < 3


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_on_the_narrowest_phone_the_name_of_the_site_takes_two_lines_at_most(page, language):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{language}/method/")
    assert page.locator("header .home").bounding_box()["height"] <= 48


@pytest.mark.parametrize("width", [360, 700, 1000, 1280])
def test_the_words_of_a_chart_are_twelve_pixels_high(page, live_sample_data, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/recalls/?chart=units")
    shown = page.locator("figure.chart svg:visible text").first
    height = "text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"
    assert 12 <= shown.evaluate(height) <= 17


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_the_lists_stand_in_one_line_on_every_phone(page, live_sample_data, language):
    page.goto(f"{language}/incidents/")
    links = page.locator("header.site nav a")
    for width in (320, 360, 390):
        page.set_viewport_size({"width": width, "height": 800})
        boxes = [link.bounding_box() for link in links.all()]
        assert len({box["y"] for box in boxes}) == 1 and len(boxes) == 6
        assert all(box["height"] >= 30 and box["width"] >= 24 for box in boxes)
        assert boxes[-1]["x"] + boxes[-1]["width"] <= width
