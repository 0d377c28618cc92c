"""Feeds of lists: valid Atom of what is published, with the filters of the page and dates of the data."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from recalls.models import RecallBatch
from tests import factory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)


def texts(root, path):
    return [node.text for node in root.findall(path.replace("/", f"/{ATOM}"))]


def test_a_feed_has_the_batches_of_the_filtered_page(client):
    factory.batch("Lamp", "JP", published=True, regulator=factory.regulator("METI", "JP"))
    factory.batch("Kettle", "US", published=True)
    factory.batch("Draft", "JP")
    root = feed(client, "/recalls/?region=JP&export=atom")
    assert texts(root, "./title") == ["Recall batches in Japan"]
    assert texts(root, "./entry/title") == ["Anker: Lamp (JP)"]


def test_a_feed_has_what_atom_asks_for(client):
    factory.batch(published=True, slug="us-1")
    root = feed(client, "/recalls/?export=atom")
    for node in (root, root.find(f"{ATOM}entry")):
        assert all(node.find(f"{ATOM}{name}").text for name in ("id", "title", "updated"))
        assert node.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"].endswith("/recalls/?export=atom")
    assert links["alternate"].endswith("/recalls/")


def test_an_entry_keeps_its_id_and_tells_figures_with_precision_and_grade(client):
    batch = factory.batch(published=True, slug="us-1", units=1158000)
    before = feed(client, "/recalls/?export=atom")
    RecallBatch.objects.filter(pk=batch.pk).update(title="Another title", units_precision="approximate")
    after = feed(client, "/recalls/?export=atom")
    assert texts(before, "./entry/id") == texts(after, "./entry/id")
    assert "units: ≈\xa01,158,000 (official)" in texts(after, "./entry/summary")[0]


def test_a_figure_that_is_switched_off_is_not_told(client):
    factory.batch(published=True, units=777, company=factory.company())
    summary = texts(feed(client, "/recalls/?export=atom&grade=official"), "./entry/summary")[0]
    assert "777" in summary
    RecallBatch.objects.update(
        units_grade="reported", price_low=1, price_high=1, price_currency="USD", price_grade="official"
    )
    summary = texts(feed(client, "/recalls/?export=atom&grade=official"), "./entry/summary")[0]
    assert "units: not shown: grade reported" in summary


def test_the_same_data_are_the_same_bytes_and_an_empty_feed_has_no_date_of_today(client):
    (updated,) = texts(feed(client, "/recalls/?export=atom"), "./updated")
    assert "2020" < updated < datetime.now(UTC).isoformat()
    factory.batch(published=True, announced_on=date(2025, 6, 12))
    assert client.get("/recalls/?export=atom").content == client.get("/recalls/?export=atom").content


def test_texts_of_others_are_texts_in_a_feed(client):
    factory.batch("<script>alert(1)</script> & \x01co", published=True)
    assert texts(feed(client, "/recalls/?export=atom"), "./entry/title") == [
        "Anker: <script>alert(1)</script> & co (US)"
    ]


def test_revisions_are_a_feed_too(client):
    batch = factory.batch("Lamp", published=True, slug="us-1")
    factory.revision(batch, old=5, new=7)
    factory.revision(factory.batch("Draft"), old=1, new=2)
    root = feed(client, "/recalls/revisions/?export=atom")
    assert texts(root, "./entry/title") == ["Lamp (US): units changed"]
    assert texts(root, "./entry/updated") == ["2025-07-01T03:00:00+00:00"]
    assert texts(root, "./entry/summary") == ["Units before: 5; now: 7."]
    assert texts(root, "./entry/id")[0].endswith("/recalls/us-1/#units-20250701T030000Z")


def test_what_can_not_be_read_and_lists_without_a_feed_are_refused(client):
    refused = client.get("/recalls/?region=QQ&export=atom")
    assert (refused.status_code, refused.text) == (400, "region: “QQ” is not known here.\n")
    assert "There is no feed of this list" in client.get("/incidents/?export=atom").text
    assert client.get("/recalls/?group=region&export=atom").status_code == 400


def test_a_feed_that_has_not_changed_is_304(client):
    tag = client.get("/recalls/?export=atom")["ETag"]
    assert client.get("/recalls/?export=atom", headers={"If-None-Match": tag}).status_code == 304


def test_a_list_links_its_feed_with_its_filters(client):
    factory.region("US")
    page = client.get("/recalls/?region=US&company=&page=1").text
    assert (
        '<link rel="alternate" type="application/atom+xml" title="Recall batches" href="?region=US&amp;export=atom">'
        in page
    )
    assert "application/atom+xml" not in client.get("/incidents/").text
