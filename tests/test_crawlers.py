"""What search engines and those who link a page are told: published records, and no figure without its precision."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from api import sitemaps
from evidence.models import Source
from tests import factory

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
ALTERNATE = "{http://www.w3.org/1999/xhtml}link"


def addresses(client, address):
    found = [node.text for node in ElementTree.fromstring(client.get(address).content).iter(LOC)]
    return [text.removeprefix("http://localhost:8000") for text in found]


@pytest.mark.django_db
def test_the_sitemap_leads_to_every_published_record_and_to_no_draft(client):
    factory.batch(published=True, slug="us-1", company=factory.company(slug="anker"))
    factory.batch(slug="a-draft", company=factory.company("Hidden", slug="hidden"))
    found = [record for part in addresses(client, "/sitemap.xml") for record in addresses(client, part)]
    assert {"/", "/recalls/", "/recalls/us-1/", "/suppliers/anker/"} < set(found)
    assert not {"/recalls/a-draft/", "/suppliers/hidden/"} & set(found)
    assert all(client.get(address).status_code == 200 for address in found)


@pytest.mark.django_db
def test_the_sitemap_names_a_page_in_every_language_and_each_of_them_both(client):
    factory.batch(published=True, slug="us-1")
    tree = ElementTree.fromstring(client.get("/sitemap-recallbatch.xml").content)
    both = {
        "en": "http://localhost:8000/recalls/us-1/",
        "zh-Hans": "http://localhost:8000/zh-hans/recalls/us-1/",
    }
    assert [url.find(LOC).text for url in tree] == list(both.values())
    for url in tree:
        assert {link.get("hreflang"): link.get("href") for link in url.iter(ALTERNATE)} == both


@pytest.mark.django_db
def test_a_long_sitemap_is_cut_by_keys_and_nothing_is_counted(client, monkeypatch, django_assert_num_queries):
    batches = [factory.batch(published=True) for _ in range(5)]
    monkeypatch.setattr(sitemaps, "MOST", 2)
    parts = [part for part in addresses(client, "/sitemap.xml") if "recallbatch" in part]
    found = [record for part in parts for record in addresses(client, part)]
    english = [address for address in found if not address.startswith("/zh-hans/")]
    assert english == [batch.get_absolute_url() for batch in batches] and len(found) == 10
    assert len(parts) in (3, 4)
    with django_assert_num_queries(2):  # the version of the data, and the range
        client.get(parts[-1])


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["0", "9", "x", "99999999999999999999"])
def test_a_part_of_the_sitemap_that_is_not_there_is_404(client, page):
    assert client.get(f"/sitemap-recallbatch.xml?p={page}").status_code == 404


@pytest.mark.django_db
def test_robots_keeps_crawlers_from_files_and_filters(client):
    text = client.get("/robots.txt").text
    assert "Disallow: /*?\n" in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text


@pytest.mark.django_db
def test_a_card_tells_a_figure_with_its_precision_and_grade(client):
    batch = factory.batch("Lamp <b>", published=True, slug="us-1")
    type(batch).objects.update(
        units_low=5000, units_high=5000, units_precision="approximate", units_grade="official"
    )
    page = client.get("/recalls/us-1/").text
    assert '<meta property="og:title" content="Anker: Lamp &lt;b&gt; (United States)">' in page
    assert "units: ≈\xa05,000 (official)" in re.search('og:description" content="(.*?)"', page)[1]


@pytest.mark.django_db
def test_a_batch_is_a_report_of_its_authority_for_search_engines(client):
    batch = factory.batch("</script><b>", published=True, slug="us-1", notice_number="25-338")
    factory.recalled_product(batch, factory.product_model("A1263"))
    page = client.get("/recalls/us-1/").text
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    report = told["mainEntity"]
    assert (report["@type"], report["name"], report["reportNumber"]) == ("Report", "</script><b>", "25-338")
    assert [product["model"] for product in report["about"]] == ["A1263"]
    assert [source["url"] for source in told["citation"]] == [Source.objects.get().url]


@pytest.mark.django_db
def test_the_icon_is_found_at_its_old_address(client):
    assert client.get("/favicon.ico")["Location"] == "/static/favicon.ico"


@pytest.mark.parametrize(
    ("template", "advice"),
    [
        ("400.html", "Start again from one of the lists"),
        ("403.html", "Sign in with an account"),
        ("403_csrf.html", "load the page anew, and send it again"),
        ("404.html", "Look for it in one of the lists"),
        ("500.html", "Try again in a minute"),
        ("503.html", "Try again in half a minute"),
    ],
)
def test_each_page_of_an_error_says_what_to_do_and_needs_no_database(template, advice):
    assert advice in render_to_string(template)
