"""The pages of one record each: what they show, what they never show, and what they answer to bad input."""

from datetime import date
from html import unescape

import pytest
from django.db import OperationalError, connection
from django.template import loader
from django.test.utils import CaptureQueriesContext

from evidence.models import Source
from evidence.partial_dates import PartialDate
from recalls.importers.writing import names
from recalls.models import Region
from recalls.views import RecallBatchDetailView
from suppliers.names import NOT_NAMED
from tests import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    """A published US batch of 2,100 units of A1642 and A1647, in a published incident."""
    incident = factory.incident("Crisis", published=True, slug="crisis")
    batch = factory.batch("Two models", slug="us-1", published=True, units=2100, incident=incident)
    factory.recalled_product(batch, factory.product_model("A1642", slug="a1642"), units=2000)
    factory.recalled_product(batch, factory.product_model("A1647", slug="a1647"))
    return batch


@pytest.fixture
def link(batch):
    """A published cell source of A1642."""
    supplier = factory.company("Apex", slug="apex")
    return factory.cell_source(factory.product_model("A1642"), supplier, published=True)


def addresses(batch, link):
    records = [batch, batch.incident, batch.company, link.supplier, link.product_model]
    return [record.get_absolute_url() for record in [*records, link.citations.get().source]]


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_every_kind_of_record_has_a_page_with_one_heading(client, batch, link):
    for address in [*addresses(batch, link), "/", "/search/"]:
        page = client.get(address)
        assert page.status_code == 200
        assert page.text.count("<h1") == 1


def test_a_slug_is_found_in_any_letter_case(client, batch, link):
    for address in addresses(batch, link):
        head, name = address.strip("/").split("/")
        assert client.get(f"/{head}/{name.upper()}/").status_code == 200


def test_a_draft_is_as_unknown_as_a_record_that_is_not_there(client, admin_client):
    factory.batch("Draft", slug="draft")
    assert client.get("/recalls/draft/").status_code == 404
    assert admin_client.get("/recalls/draft/").status_code == 404
    assert client.get("/recalls/draft/").text == client.get("/recalls/nothing/").text


@pytest.mark.parametrize("kind", ["recalls", "incidents", "suppliers", "products", "sources"])
@pytest.mark.parametrize("slug", ["nothing", "x" * 5000, "%00", "1'--", "安克", "../etc"])
def test_an_unknown_slug_is_a_page_that_leads_on(client, kind, slug):
    page = client.get(f"/{kind}/{slug}/")
    assert page.status_code == 404
    assert 'href="/recalls/"' in page.text


def test_pages_take_no_post(client, batch, link):
    for address in [*addresses(batch, link), "/", "/search/"]:
        assert client.post(address).status_code == 405


def test_what_nobody_names_has_no_page(client):
    factory.company("Silent", slug="silent")
    factory.batch("Draft", company=factory.company("Drafted", slug="drafted"))
    assert client.get("/suppliers/silent/").status_code == 404
    assert client.get("/suppliers/drafted/").status_code == 404


def test_unknown_figures_are_not_stated_and_zero_is_zero(client):
    factory.batch("Bare", slug="bare", published=True, injuries=0)
    page = client.get("/recalls/bare/").text
    assert '<dt>Units</dt>\n  <dd><span class="unknown">not stated</span>' in page
    assert '<dt>Deaths</dt>\n<dd><span class="unknown">not stated</span>' in page
    assert "<dt>Injuries</dt>\n<dd>0 " in page


def test_partial_dates_print_as_precise_as_known(client):
    window = {"sold_from": PartialDate.parse("2016-06"), "sold_until": PartialDate.parse("2022")}
    factory.batch(slug="sold", published=True, **window)
    assert "2016-06 to 2022</dd>" in client.get("/recalls/sold/").text


def test_titles_are_escaped(client):
    factory.batch("<script>alert(1)</script>", slug="evil", published=True)
    assert "<script>" not in client.get("/recalls/evil/").text


def test_links_lead_to_visible_records_only(client):
    hidden = {
        "incident": factory.incident("Secret incident"),
        "expands": factory.batch("Secret first"),
        "counted_in": factory.batch("Secret holder"),
    }
    shown = factory.batch("Shown", slug="shown", published=True, **hidden)
    factory.batch("Secret next", expands=shown)
    page = client.get("/recalls/shown/").text
    assert "Secret" not in page and "Related batches" not in page


def test_a_batch_names_what_it_widens_and_what_holds_it(client):
    first = factory.batch("First", slug="first", published=True)
    factory.batch("Second", slug="second", published=True, expands=first, counted_in=None)
    factory.batch("Part", slug="part", published=True, counted_in=first)
    assert "Expands</dt>" in client.get("/recalls/second/").text
    page = client.get("/recalls/first/").text
    assert "Expanded by</dt>" in page and "Its figure includes</dt>" in page


def test_an_incident_shows_and_totals_its_visible_batches(client, batch):
    factory.batch("Another", "CN", published=True, units=400, incident=batch.incident)
    factory.batch("Secret", published=False, units=9, incident=batch.incident)
    page = client.get("/incidents/crisis/")
    assert page.context["totals"].units.low == 2500
    assert "Another" in page.text and "Secret" not in page.text


def test_a_product_page_lists_visible_batches_with_its_own_units(client, batch):
    secret = factory.batch("Secret", units=5)
    factory.recalled_product(secret, factory.product_model("A1642"))
    page = client.get("/products/a1642/").text
    assert "2,000" in page and "Secret" not in page


def test_a_model_without_own_units_has_up_to_those_of_the_batch(client, batch):
    page = client.get("/products/a1647/").text
    assert "up to 2,100" in page
    assert "all 2 models of the batch" in page


def test_the_only_model_of_a_batch_has_all_its_units(client):
    only = factory.batch(published=True, units=700)
    factory.recalled_product(only, factory.product_model("E33A", slug="e33a"))
    page = client.get("/products/e33a/").text
    assert "700" in page and "up to" not in page


def test_a_company_page_shows_published_claims_only(client):
    apex = factory.company("Apex", slug="apex")
    factory.claim(apex, "an open word", published=True)
    factory.claim(apex, "a secret word")
    page = client.get("/suppliers/apex/").text
    assert "an open word" in page and "a secret word" not in page


def test_an_alleged_claim_is_worded_so_with_who_said_it_and_the_answer(client):
    apex, anker = factory.company("Apex", slug="apex"), factory.company("Anker")
    said = {"answer": "no comment", "answer_by": anker, "answer_text": "would not confirm it"}
    factory.claim(apex, "it made the cells", published=True, said_by="the press", **said)
    page = client.get("/suppliers/apex/").text
    assert "Alleged, not confirmed:</strong> it made the cells" in page
    assert "said by the press" in page
    assert "Anker gave no comment: “would not confirm it”" in page


def test_a_company_shows_who_took_its_place(client):
    atl, apex = factory.company("ATL", slug="atl"), factory.company("Apex", slug="apex")
    factory.agreement(atl, factory.company("Anker", slug="anker"), replaces=apex, published=True)
    assert "Replaced by</h2>" in client.get("/suppliers/apex/").text
    assert "Takes the place of" in client.get("/suppliers/atl/").text


def test_progress_without_a_denominator_says_so(client, batch):
    figures = {"returned": 565_000, "rate_pct": "78.70", "grade": "official"}
    batch.progress.create(as_of=date(2025, 9, 25), source=factory.source(), **figures)
    page = client.get("/recalls/us-1/").text
    assert "78.7\u00a0%" in page
    out_of = page.split('<td class="figure">565,000</td>')[1]
    assert out_of.strip().startswith('<td class="figure"><span class="unknown">not stated')


def test_a_source_shows_what_rests_on_it_and_hides_drafts(client):
    source = factory.source(slug="notice", url="https://example.org/a")
    factory.cite(factory.batch("Shown", published=True), source=source)
    factory.cite(factory.batch("Secret"), source=source)
    page = client.get("/sources/notice/").text
    assert "Shown" in page and "Secret" not in page
    assert 'href="https://example.org/a" rel="noopener' in page


def test_a_part_of_a_record_leads_to_the_page_it_stands_on(client, link):
    page = client.get(link.citations.get().source.get_absolute_url()).text
    assert 'href="/products/a1642/">A1642 uses cells of Apex</a>' in page


def test_references_between_sources_show_where_both_are_visible(client):
    review, notice, secret = (factory.source(slug=slug) for slug in ("review", "notice", "secret"))
    review.references.create(number=1, to=notice, credited_publisher="CPSC")
    secret.references.create(number=1, to=review, credited_publisher="a draft")
    factory.cite(factory.batch(published=True), source=review)
    assert '[1] <a href="/sources/notice/"' in client.get("/sources/review/").text
    assert "Referred to by" not in client.get("/sources/review/").text
    assert client.get("/sources/secret/").status_code == 404


def test_the_first_page_totals_what_is_visible(client, batch):
    factory.batch("Secret", units=9)
    page = client.get("/")
    assert page.context["totals"].batches == 1
    assert "Two models" in page.text and "Crisis" in page.text and "Secret" not in page.text


def test_the_first_page_stands_without_any_record(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "None is published yet." in page.text


def test_queries_do_not_grow_with_related_rows(client, batch, link):
    pages = addresses(batch, link)
    grow(batch, link)
    first = [queries(client, address) for address in [*pages, "/"]]
    for _ in range(4):
        grow(batch, link)
    assert [queries(client, address) for address in [*pages, "/"]] == first


def grow(batch, link):
    """One more of everything that a page of these records lists."""
    other = factory.batch(published=True, incident=batch.incident, expands=batch, units=1)
    model = factory.product_model(f"B{other.pk}")
    for holder in (batch, other):
        factory.recalled_product(holder, model)
    factory.recalled_product(other, link.product_model)
    source = factory.source(slug=f"extra-{other.pk}")
    batch.progress.create(as_of=date(2025, 9, 25), rate_pct=1, grade="official", source=source)
    factory.cite(other, source=link.citations.get().source)
    factory.cell_source(model, link.supplier, published=True)
    factory.claim(link.supplier, f"word {other.pk}", published=True)
    factory.certificate(link.supplier, published=True)
    grow_incident(batch.incident, link)


def grow_incident(incident, link):
    for parts in ("contributingfactors", "impacts", "measures"):
        factory.cite(getattr(incident, parts).create(text="so", grade="reported", **KINDS.get(parts, {})))
    cause = incident.rootcauses.create(text="why", grade="alleged", attributed_to=link.supplier)
    cause.product_models.add(link.product_model)
    factory.cite(cause)


KINDS = {"impacts": {"kind": "channel"}}


def test_an_unreachable_database_is_a_plain_503(client, monkeypatch):
    def fail(view):
        raise OperationalError("could not connect to server")

    monkeypatch.setattr(RecallBatchDetailView, "get_object", fail)
    answer = client.get("/recalls/us-1/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "database can't be reached" in unescape(answer.text)


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_error_pages_ask_nothing_of_the_database(status, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = loader.get_template(f"{status}.html").render()
    assert page.count("<h1>") == 1


def test_the_title_of_a_batchs_page_names_batch_and_region(client, batch):
    assert "<title>Two models, United States · Recall" in client.get("/recalls/us-1/").content.decode()


def test_a_batch_of_the_united_states_reads_as_a_sentence(client, batch):
    assert "in the United States," in client.get("/recalls/us-1/").content.decode()


def test_units_sold_elsewhere_are_in_no_country(client):
    elsewhere = Region.objects.create(code="ZZ", name="Elsewhere, not named", currency="USD")
    factory.batch("Lamps", slug="zz-1", published=True, region=elsewhere)
    page = client.get("/recalls/zz-1/").content.decode()
    assert "for units sold elsewhere," in page and "in Elsewhere" not in page


def test_a_notice_that_names_no_company_says_so_and_has_no_firm(client):
    nobody = factory.company(NOT_NAMED, slug="nobody")
    factory.batch("Lamps", slug="us-2", published=True, company=nobody)
    batch = client.get("/recalls/us-2/").content.decode()
    company = client.get("/suppliers/nobody/").content.decode()
    assert "The company is not named in the notice." in batch and "by <a" not in batch
    assert "This is no company." in company and "Registered name" not in company


def test_the_importers_and_the_pages_mean_the_same_stand_in():
    assert NOT_NAMED == names.NOT_NAMED


def test_a_document_without_an_address_may_still_have_one(client, batch):
    Source.objects.update(url="")
    page = client.get(Source.objects.first().get_absolute_url()).content.decode()
    assert "address not known" in page
