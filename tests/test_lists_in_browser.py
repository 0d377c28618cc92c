"""Lists in Chromium: with htmx they change in place, without JavaScript by whole pages, with the same addresses."""

import gzip
import hashlib
import re

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listed(page, live_sample_data):
    """The list of batches in a window that notices when it is loaded anew."""
    page.goto("/recalls/?per_page=10")
    page.evaluate("window.isSame = true")
    return page


@pytest.fixture
def plain(chromium, live_server, live_sample_data):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def arrived(page, query):
    page.wait_for_url(re.compile(re.escape(f"/recalls/?{query}") + "$"))
    page.locator(".htmx-request, .htmx-settling, .htmx-swapping").first.wait_for(state="detached")


def said(page):
    page.locator("#said:not(:empty)").wait_for(state="attached")
    return " ".join(page.locator("#said").inner_text().split())


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")


def first(page):
    return page.locator("tbody tr td.title").first.inner_text()


def test_sorting_changes_the_table_in_place_and_says_so(listed):
    listed.locator("#sort-units").click()
    arrived(listed, "per_page=10&sort=units")
    assert listed.evaluate("window.isSame") and focused(listed) == "sort-units"
    assert "Sorted by “Units”, ascending." in said(listed) and "23 batches" in said(listed)
    listed.locator("#sort-units").press("Enter")
    arrived(listed, "per_page=10&sort=-units")
    assert listed.locator("th[aria-sort=descending]").inner_text().startswith("Units")
    assert first(listed) == "PowerCore 10000 power banks (A1263)"


def test_back_and_forward_show_what_was_shown(listed):
    newest = first(listed)
    listed.locator("#sort-units").click()
    arrived(listed, "per_page=10&sort=units")
    fewest = first(listed)
    listed.locator("#next-page").click()
    arrived(listed, "per_page=10&sort=units&page=2")
    listed.go_back()
    listed.locator("nav.pages", has_text="Page 1 of 3").wait_for()
    assert first(listed) == fewest
    listed.go_back()
    listed.locator("th[aria-sort]").wait_for(state="detached")
    assert first(listed) == newest != fewest and listed.url.endswith("?per_page=10")
    listed.go_forward()
    listed.locator("th[aria-sort=ascending]").wait_for()
    assert first(listed) == fewest and listed.evaluate("window.isSame")
    listed.reload()
    assert first(listed) == fewest


def head(page):
    """What the page's head leads programs and search engines to."""
    links = page.locator("head link[rel=alternate]").evaluate_all("links => links.map(link => link.href)")
    card = page.locator("head meta[name=description], head meta[property^='og:']")
    return sorted([*links, *card.evaluate_all("all => all.map(one => one.content)")])


def test_the_head_of_the_page_follows_what_the_list_shows(listed):
    before = head(listed)
    listed.locator("#facet-region").click()
    listed.locator("details[open] a", has_text="Japan").click()
    arrived(listed, "per_page=10&region=JP")
    narrowed = head(listed)
    assert any(address.endswith("/api/v1/recalls/?region=JP&per_page=10") for address in narrowed)
    listed.go_back()
    listed.locator(".chips a", has_text="Japan").wait_for(state="detached")
    assert head(listed) == before
    listed.goto("/recalls/?per_page=10&region=JP")
    assert head(listed) == narrowed


def test_facets_narrow_and_chips_widen_again(listed):
    listed.locator("#facet-region").click()
    listed.locator("details[open] a", has_text="Japan").click()
    arrived(listed, "per_page=10&region=JP")
    assert focused(listed) == "facet-region" and "in Japan: 2 batches" in said(listed)
    listed.get_by_role("link", name="Without Region: Japan").click()
    arrived(listed, "per_page=10")
    assert focused(listed) == "title" and listed.evaluate("window.isSame")
    assert listed.locator(".chips").count() == 0


def test_filters_columns_and_rows_go_to_the_address_without_what_is_empty(listed):
    listed.locator("#filters").click()
    listed.locator("#id_q").fill("A1263")
    listed.locator(".filters").get_by_role("button", name="Show").click()
    arrived(listed, "q=A1263&per_page=10")
    listed.locator("#rows-a-page").click()
    listed.get_by_text("25 rows a page").click()
    arrived(listed, "q=A1263&per_page=25")
    listed.locator("#columns").click()
    for name in ("company", "region", "regulator", "models", "units", "amount", "exposure", "hazards"):
        listed.locator(f"details[open] input[name=column][value={name}]").uncheck()
    listed.locator("details.menu[open] button").click()
    arrived(listed, "q=A1263&per_page=25&column=announced_on&column=title")
    assert listed.locator("thead th").count() == 2 and listed.evaluate("window.isSame")


def test_a_wrong_filter_says_what_is_wrong_and_nothing_found_says_what_to_do(listed):
    listed.locator("#filters").click()
    listed.locator("#id_q").fill("one two three four five six seven eight nine")
    listed.locator(".filters").get_by_role("button", name="Show").click()
    listed.get_by_text("Search for 8 words at most.").first.wait_for()
    listed.goto("/recalls/?q=nothing+fits&region=JP")
    listed.locator(".empty li a", has_text="nothing fits").click()
    listed.locator("tbody tr").first.wait_for()


@pytest.mark.parametrize("status", [400, 503])
def test_an_answer_that_is_no_list_is_shown_as_a_page(listed, status):
    refused = {
        "status": status,
        "body": "<main><h1>This took too long</h1></main>",
        "content_type": "text/html",
    }
    listed.route("**/recalls/?*sort=units*", lambda route: route.fulfill(**refused))
    listed.locator("#sort-units").click()
    listed.get_by_role("heading", name="This took too long").wait_for()
    listed.faults.clear()
    assert listed.url.endswith("sort=units")


def test_another_way_to_look_comes_in_place_too(listed):
    listed.get_by_role("link", name="by region", exact=True).click()
    arrived(listed, "group=region")
    assert listed.locator("th.title").inner_text() == "Region"
    listed.get_by_role("link", name="units by month").click()
    listed.locator("figure.chart svg:visible").wait_for()
    assert listed.evaluate("window.isSame")


def test_rows_and_citation_are_copied(listed):
    listed.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copied = {}
    for name in ("These rows as CSV", "These rows as Markdown", "The citation of this view"):
        listed.locator("#copy").click()
        listed.get_by_role("link", name=name).click()
        listed.locator("a[data-copied]", has_text=name).wait_for()
        copied[name] = listed.evaluate("navigator.clipboard.readText()")
        listed.locator("#copy").click()
    rows, table, citation = copied.values()
    assert rows.startswith("announced_on,title,company") and "| [BI-B41 power banks](" in table
    assert citation.startswith("“Recall batches”: 23 batches") and "SHA-256" in citation
    assert said(listed) == "The citation is copied."


def test_the_hash_of_a_citation_is_that_of_the_file_that_it_names(page, live_sample_data):
    page.goto("/recalls/?region=CN&sort=units")
    page.locator("details.cite summary").click()
    digest = page.locator(".citation code").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("CSV, all")).click()
    assert hashlib.sha256(download.value.path().read_bytes()).hexdigest() == digest


def test_a_record_is_copied_and_cited_too(page, live_sample_data):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/recalls/jp-2025-06/")
    page.locator("a[data-copy]", has_text="as Markdown").click()
    page.locator("a[data-copied]").wait_for()
    assert "416,789" in page.evaluate("navigator.clipboard.readText()")
    page.locator("details.cite summary").click()
    assert len(page.locator(".citation code").inner_text()) == 64


def test_everything_works_without_javascript(plain):
    plain.goto("/recalls/?per_page=10")
    plain.locator("#sort-units").click()
    assert plain.url.endswith("/recalls/?per_page=10&sort=units")
    plain.locator("#facet-region").click()
    plain.locator("details[open] a", has_text="Japan").click()
    assert plain.locator("tbody tr").count() == 2
    plain.locator("details.cite summary").click()
    plain.get_by_role("link", name="How to cite it").click()
    assert len(plain.locator(".citation code").inner_text()) == 64
    plain.get_by_role("link", name="As BibTeX").click()
    assert "@misc{recalls-" in plain.content()
    plain.goto("/recalls/?region=JP")
    plain.locator("#copy").click()
    plain.get_by_role("link", name="These rows as Markdown").click()
    assert "| Announced | Recall batch |" in plain.content()


def test_the_scripts_of_a_list_are_small(page, live_sample_data, say):
    sizes = {}
    page.on(
        "response",
        lambda answer: sizes.update({answer.url.split("?")[0]: len(gzip.compress(answer.body()))}),
    )
    page.goto("/recalls/", wait_until="networkidle")
    assert sum(sizes.values()) < 100_000
    say(f"The list of recalls weighs {sum(sizes.values()):,} bytes compressed on its first view.")
