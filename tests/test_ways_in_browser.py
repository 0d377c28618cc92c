"""The ways that people take through the site, by real clicks against a real server."""

import csv
import io

import pytest
from playwright.sync_api import expect

from tests import factory
from tests.browser import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/recalls/recallbatch/add/"


def test_a_newcomer_goes_from_the_overview_to_a_figures_source_and_to_a_file(page, live_sample_data):
    page.goto("/")
    page.get_by_role("link", name="Anker power-bank and speaker recalls").first.click()
    page.get_by_role("link", name="PowerCore 10000 power banks (A1263)").first.click()
    assert "1,158,000" in page.locator("dl.totals").inner_text()
    page.locator("dl.totals sup.cite a").first.click()
    assert "CPSC" in page.locator("li:target").inner_text()
    page.get_by_role("navigation", name="Lists").get_by_role("link", name="Recalls").click()
    narrow_to_japan(page)
    rows = list(csv.DictReader(io.StringIO(downloaded(page))))
    assert [row["slug"] for row in rows] == ["jp-2025-10", "jp-2025-06"]


def narrow_to_japan(page):
    page.get_by_text("All filters", exact=True).click()
    page.locator(".filters details summary", has_text="Any").first.click()
    page.get_by_label("Japan").check()
    page.get_by_role("button", name="Show").last.click()
    page.wait_for_url("**/recalls/?*region=JP*")
    assert "Recall batches in Japan: 2 batches, 939,026 units" in page.locator("main").inner_text()


def downloaded(page):
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    return download.value.path().read_text(encoding="utf-8")


def test_staff_enter_a1263_are_refused_twice_and_publish_it(page, live_server):
    make_world()
    sign_in(page, then=ADD)
    enter_batch(page)
    refused(page, "Sold until lies before sold from.", within=".field-sold_from")
    page.locator("#id_sold_until").fill("2022-12")
    page.locator("#id_is_published").check()
    save(page)
    refused(
        page, "What is published needs a citation that supports it", within="#citations-group, .errornote"
    )
    page.get_by_text("Add another Citation").click()
    choose(page, "citations-0-source", "25-338")
    save(page)
    page.locator(".messagelist .success").wait_for()
    assert_public(page, live_server)


def make_world():
    factory.regulator("CPSC", "US")
    factory.product_model("A1263", company=factory.company("Anker"))
    factory.source(title="Notice 25-338")


def enter_batch(page):
    """As a hurried person does: with the ends of the sale the wrong way round."""
    page.locator("#id_title").fill("PowerCore 10000 power banks (A1263)")
    choose(page, "company", "Anker")
    choose(page, "regulator", "CPSC")
    texts = {"notice_number": "25-338", "announced_on": "2025-06-12", "units_low": "1158000"}
    texts |= {"sold_from": "2016-06", "sold_until": "2012-12", "reason": "As the notice says."}
    for name, text in texts.items():
        page.locator(f"#id_{name}").fill(text)
    page.locator("#id_units_precision").select_option("approximate")
    page.locator("#id_units_grade").select_option("official")
    page.get_by_text("Add another Recalled product").click()
    choose(page, "products-0-product_model", "A1263")
    save(page)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def choose(page, field, text):
    """Pick from an autocomplete, or from a plain list where the field is one."""
    box = page.locator(f"#id_{field}")
    if "admin-autocomplete" not in (box.get_attribute("class") or ""):
        box.select_option(label=text)
        return
    page.locator(f"#id_{field} + .select2").click()
    with page.expect_response(lambda answer: f"term={text}" in answer.url):  # it replaces the list of before
        page.locator(".select2-search__field").last.fill(text)
    page.locator(".select2-results__option--highlighted", has_text=text).click()
    expect(page.locator(f"#id_{field} + .select2")).to_contain_text(text)


def refused(page, sentence, within):
    """The sentence stands where it belongs, in sight, and nothing that was typed is lost."""
    error = page.locator(within).get_by_text(sentence).first
    error.wait_for()
    expect(error).to_be_in_viewport()
    assert page.locator("#id_units_low").input_value() == "1158000"
    assert page.locator("#id_company + .select2").inner_text().strip(" ×\n") == "Anker"
    assert "A1263" in page.locator("#id_products-0-product_model + .select2").inner_text()


def assert_public(page, live_server):
    """Somebody without an account sees the page, the row and the file."""
    reader = page.context.browser.new_context(base_url=live_server.url)
    public = reader.new_page()
    public.goto("/recalls/")
    public.get_by_role("link", name="PowerCore 10000 power banks (A1263)").click()
    text = public.locator("main").inner_text()
    assert "1,158,000" in text and "25-338" in text and "2016-06 to 2022-12" in text
    file = public.request.get("/recalls/?export=csv").text()
    assert [row["units_low"] for row in csv.DictReader(io.StringIO(file))] == ["1158000"]
    reader.close()


def test_from_a_supplier_to_the_regions_of_its_cells(page, live_sample_data):
    page.goto("/suppliers/apex/contagion/")
    assert "260,144" in page.locator("dl.totals").inner_text()
    page.get_by_text("The same in words, with units and sources").click()
    assert page.locator("ul.tree a", has_text="A1681").first.is_visible()
    page.locator("figure.chart a", has=page.locator("[aria-label^='A1681']")).first.click()
    page.wait_for_url("**/products/a1681/")


def test_everything_can_be_read_without_scripts(chromium, live_server, live_sample_data):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/")
    assert plain.get_by_role("link", name="Apex Wuxi").count()
    plain.goto("/recalls/?chart=units")
    assert plain.locator("figure.chart svg").first.is_visible()
    plain.goto("/recalls/")
    narrow_to_japan(plain)
    context.close()
