"""What regulators changed under an old notice number, as list, file and on the batch's page."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recalls.revision_list import RevisionTable
from tests import factory

pytestmark = pytest.mark.django_db
ADDRESS = "/recalls/revisions/"
MARKER = "the marker of a draft"


def rows(client, query=""):
    response = client.get(f"{ADDRESS}?export=csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


@pytest.fixture
def widened():
    """A notice whose quantity rose from 1,000 to 1,360, seen on 20 June and on 1 July 2025."""
    batch = factory.batch("Power banks", published=True, notice_number="25-338", slug="us-25-338")
    return factory.revision(batch, old=1_000, new=1_360, old_precision="exact", new_precision="approximate")


def test_a_row_has_both_values_their_days_and_the_difference(client, widened):
    (row,) = rows(client)
    assert (row["old"], row["new"], row["difference_pct"]) == ("1,000", "1,360", "36.0")
    assert (row["old_low"], row["new_high"], row["new_precision"]) == ("1000", "1360", "approximate")
    assert row["old_first_seen"].startswith("2025-06-20 03:00")
    assert row["new_first_seen"].startswith("2025-07-01 03:00")
    assert row["address"].endswith("/recalls/us-25-338/")


def test_the_page_shows_it_in_words(client, widened):
    text = client.get(ADDRESS).text
    for shown in ("1 revision.", "1,000", "1,360", "+36\u00a0%", "2025-06-20", "2025-07-01", "25-338"):
        assert shown in text, shown


@pytest.mark.parametrize(
    ("old", "new", "percent"),
    [(1_000, 500, "-50.0"), (0, 5, ""), (None, 5, ""), (5, None, ""), (3, 3, "0.0")],
)
def test_the_difference_is_of_the_old_figure(client, old, new, percent):
    factory.revision(factory.batch(published=True), old=old, new=new)
    assert rows(client)[0]["difference_pct"] == percent


def test_open_figures_are_compared_at_the_end_that_both_have(client):
    batch = factory.batch(published=True)
    factory.revision(batch, old_high=200, new_high=300, field="units")
    assert rows(client)[0]["difference_pct"] == "50.0"
    factory.revision(batch, old_low=200, new_high=300, field="damage")
    assert {row["field"]: row["difference_pct"] for row in rows(client)} == {"units": "50.0", "damage": ""}


def test_a_draft_shows_nowhere(client):
    factory.revision(factory.batch(MARKER), old=1, new=2)
    assert MARKER not in client.get(ADDRESS).text
    assert rows(client) == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("regulator=cpsc", 1),
        ("regulator=meti", 1),
        ("field=units", 1),
        ("field=title&field=units", 2),
        ("field=deaths", 0),
        ("company=romoss", 1),
        ("seen_after=2025-07-01", 2),
        ("seen_after=2025-07-02", 1),
        ("seen_before=2025-07-01", 1),
        ("seen_before=2025-06-30", 0),
        ("q=25-338", 1),
        ("q=power", 1),
    ],
)
def test_the_filters_narrow_page_and_file_alike(client, widened, query, count):
    later = factory.notice_record(seen=datetime(2025, 8, 1, 3, tzinfo=UTC), is_current=False)
    romoss, meti = factory.company("Romoss", slug="romoss"), factory.regulator("METI", "JP")
    other = factory.batch("Chargers", "JP", published=True, company=romoss, regulator=meti)
    factory.revision(other, "title", new_record=later)
    assert client.get(f"{ADDRESS}?{query}").context["records"].count == count
    assert len(rows(client, f"&{query}")) == count


@pytest.mark.parametrize(
    "query", ["field=doom", "regulator=nobody", "company=nobody", "seen_after=x", "sort=x"]
)
def test_a_wrong_value_shows_its_error_and_no_rows(client, widened, query):
    page = client.get(f"{ADDRESS}?{query}")
    assert 'role="alert"' in page.text
    assert not page.context["records"].page.object_list
    assert client.get(f"{ADDRESS}?{query}&export=csv").status_code == 400


def test_every_column_sorts_both_ways(client, widened):
    factory.revision(factory.batch(published=True), old=1_000, new=900)
    for sort in RevisionTable.sortable():
        assert client.get(f"{ADDRESS}?sort={sort}").status_code == 200, sort
        assert len(rows(client, f"&sort=-{sort}")) == 2, sort
    assert [row["difference_pct"] for row in rows(client, "&sort=difference")] == ["-10.0", "36.0"]


def test_queries_do_not_grow_with_the_rows(client, widened, django_assert_num_queries):
    with CaptureQueriesContext(connection) as of_one_row:
        client.get(ADDRESS)
    for _ in range(4):
        factory.revision(factory.batch(published=True), old=1, new=2)
    with django_assert_num_queries(len(of_one_row)):
        client.get(ADDRESS)


def test_lists_lead_to_it(client):
    for address in ("/recalls/", "/sources/", "/method/"):
        assert f'href="{ADDRESS}"' in client.get(address).text, address


def test_a_batch_page_has_its_revisions(client, widened):
    text = client.get("/recalls/us-25-338/").text
    assert "Revisions by the regulator" in text
    assert "2025-06-20 to 2025-06-20" in text
    other = factory.batch(published=True)
    assert "Revisions by the regulator" not in client.get(other.get_absolute_url()).text


def test_a_batch_page_shows_what_prices_and_harm_were_read_from(client):
    batch = factory.batch(published=True, raw_sold="Online for about $30", raw_harm="No injuries <reported>")
    text = client.get(batch.get_absolute_url()).text
    assert "<q>Online for about $30</q>" in text
    assert "<q>No injuries &lt;reported&gt;</q>" in text


def test_a_recall_and_the_warning_it_follows_up_name_one_another(client):
    warning = factory.batch("A warning of chargers", published=True, kind="warning", slug="warning")
    recall = factory.batch("A recall of chargers", published=True, upgrades=warning)
    assert "Follows up the warning</dt>" in client.get(recall.get_absolute_url()).text
    assert "A recall of chargers" in client.get(warning.get_absolute_url()).text
    response = client.get("/recalls/?export=csv&q=recall")
    (row,) = csv.DictReader(io.StringIO(response.getvalue().decode()))
    assert row["upgrades"] == "warning"


def test_the_link_to_a_warning_that_is_a_draft_stays_hidden(client):
    recall = factory.batch(published=True, upgrades=factory.batch(MARKER, slug="hidden"))
    assert MARKER not in client.get(recall.get_absolute_url()).text
    assert b"hidden" not in client.get("/recalls/?export=csv").getvalue()


def test_public_pages_say_when_each_regulators_file_was_last_fetched(client):
    factory.import_run(read=9_712, new=9_712)
    factory.import_run("failed", started_at=datetime(2025, 6, 27, 3, tzinfo=UTC))
    for address in ("/", "/recalls/", "/recalls/?group=region", "/method/"):
        text = client.get(address).text
        assert "CPSC: <time" in text, address
        assert ">2025-06-20</time>, 9,712 records" in text, address


def test_without_imports_nothing_is_said_of_them(client):
    call_command("load_sample_data", verbosity=0)
    assert "last fetched" not in client.get("/recalls/").text
