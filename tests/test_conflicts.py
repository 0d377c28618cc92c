"""The list of the values that sources state and we do not use."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from recalls.conflict_list import ConflictTable
from tests import factory

pytestmark = pytest.mark.django_db

MARKER = "the marker of a draft"


@pytest.fixture
def sample_data():
    call_command("load_sample_data", verbosity=0)


def rows(client, query=""):
    response = client.get(f"/sources/conflicts/?export=csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def contradicted(published=True, units=100, stated=70, record=None, **fields):
    record = record or factory.batch(published=published, units=units)
    stated = {"stated_low": stated, "stated_high": stated}
    return factory.cite(record, **{"figure": "units", "stance": "contradicts", **stated, **fields})


def test_the_sample_data_has_its_five_conflicts_contradictions_first(client, sample_data):
    found = [(row["address"].split("/")[-2], row["used_low"], row["stated_low"]) for row in rows(client)]
    assert sorted(found[:3]) == [
        ("ca-2025", "11985", "84000"),
        ("cn-2025", "712964", "71294"),
        ("jp-2025-06", "416789", "220000"),
    ]
    assert sorted(found[3:]) == [("cn-2025", "712964", "713000"), ("jp-2025-10", "522237", "510000")]


def test_a_row_says_what_is_used_and_why_the_other_value_is_not(client, sample_data):
    (row,) = rows(client, "&q=sushuapos")
    assert (row["stance"], row["note"]) == ("contradicts", "a dropped digit")
    assert (row["used_precision"], row["used_grade"], row["figure"]) == ("exact", "official", "units")
    assert row["used_sources"] == "https://focustaiwan.tw/sci-tech/202506220004"
    assert (row["difference_low"], row["difference_high"], row["difference_pct"]) == (
        "-641670",
        "-641670",
        "-90.0",
    )


def test_an_open_value_differs_at_its_low_end_only(client, sample_data):
    (row,) = rows(client, "&q=Southern")
    assert (row["stated_low"], row["stated_high"]) == ("220000", "")
    assert (row["difference_low"], row["difference_high"]) == ("-196789", "")
    assert "−196,789 at the low end" in client.get("/sources/conflicts/?q=Southern").text


def test_the_page_shows_both_values_with_their_sources(client, sample_data):
    text = client.get("/sources/conflicts/").text
    assert "5 values that are not used" in text
    for shown in ("/recalls/ca-2025/", "/sources/mediawall/", "84,000", "11,985", "+72,015", "+600.9 %"):
        assert shown in text, shown


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("stance=rounds", 2),
        ("stance=contradicts", 3),
        ("region=JP", 2),
        ("region=cn&stance=rounds", 1),
        ("figure=units", 5),
        ("figure=price", 0),
        ("q=dropped", 1),
        ("q=安克", 0),
        ("company=anker", 5),
        ("company=romoss", 0),
    ],
)
def test_the_filters_narrow_page_and_file_alike(client, sample_data, query, count):
    assert client.get(f"/sources/conflicts/?{query}").context["records"].count == count
    assert len(rows(client, f"&{query}")) == count


@pytest.mark.parametrize("query", ["stance=supports", "figure=doom", "region=QQ", "company=nobody", "sort=x"])
def test_a_wrong_value_shows_its_error_and_no_rows(client, sample_data, query):
    page = client.get(f"/sources/conflicts/?{query}")
    assert 'role="alert"' in page.text
    assert not page.context["records"].page.object_list
    assert client.get(f"/sources/conflicts/?{query}&export=csv").status_code == 400


def test_every_column_of_the_page_sorts_both_ways(client, sample_data):
    columns = [name for name in ConflictTable.sortable() if ConflictTable.base_columns[name].visible]
    for sort in columns:
        assert client.get(f"/sources/conflicts/?sort={sort}").status_code == 200, sort
        assert len(rows(client, f"&sort=-{sort}")) == 5, sort
    assert rows(client, "&sort=-difference")[0]["stated_low"] == "84000"


def test_a_supporting_source_is_no_conflict(client):
    contradicted(stance="supports", note="just a citation")
    assert rows(client) == []


def test_a_draft_shows_nowhere(client):
    contradicted(published=False, note=MARKER)
    contradicted(
        record=factory.claim(factory.company(), cells_low=5, cells_precision="at_least"),
        figure="cells",
        note=MARKER,
    )
    assert MARKER not in client.get("/sources/conflicts/").text
    assert rows(client) == []


def test_suppliers_records_are_in_the_same_list(client):
    apex = factory.company("Apex", slug="apex")
    contradicted(record=factory.certificate(apex, published=True, count=11), figure="count", stated=12)
    (row,) = rows(client, "&company=apex")
    assert (row["record"], row["record_kind"]) == ("Apex: 3C revoked", "certificate")
    assert (row["used_low"], row["used_grade"], row["stated_low"]) == ("11", "official", "12")
    assert row["address"].endswith("/suppliers/apex/")


def test_what_is_alleged_says_so_with_who_said_it_and_what_was_answered(client):
    claim = factory.claim(
        factory.company(),
        "It sold bad cells.",
        published=True,
        answer="not asked",
        cells_low=20,
        cells_precision="at_least",
    )
    contradicted(record=claim, figure="cells", stated=30)
    (row,) = rows(client)
    assert row["record"] == "Alleged: It sold bad cells."
    assert (row["said_by"], row["answer"], row["used_grade"]) == ("a newspaper", "not asked", "alleged")
    assert "answer: not asked</span>" in client.get("/sources/conflicts/").text


def test_amounts_of_different_currencies_have_no_difference(client):
    money = {"amount_low": 10, "amount_high": 10, "amount_precision": "exact", "amount_currency": "CNY"}
    batch = factory.batch(published=True, amount_grade="company", **money)
    contradicted(record=batch, figure="amount", stated=9, stated_currency="USD")
    contradicted(record=batch, figure="amount", stated=9, stated_currency="CNY")
    found = {row["stated_currency"]: row for row in rows(client)}
    assert found["USD"]["difference_low"] == ""
    assert (found["CNY"]["difference_low"], found["CNY"]["difference_pct"]) == ("-1", "-10.0")
    assert "CNY\u00a010" in client.get("/sources/conflicts/").text


def test_a_figure_that_the_record_does_not_have_is_used_nowhere(client):
    contradicted(record=factory.incident("Crisis", published=True), figure="units")
    assert rows(client) == []  # an incident without a batch does not show
    incident = factory.incident("Power banks", published=True)
    factory.batch(published=True, incident=incident)
    contradicted(record=incident, figure="units")
    (row,) = rows(client)
    assert (row["record"], row["used_low"], row["difference_low"]) == ("Power banks", "", "")


def test_sources_of_the_figure_come_before_those_of_the_whole(client):
    batch = contradicted().batch
    assert rows(client)[0]["used_sources"] != ""
    factory.cite(batch, source=factory.source(url="https://example.org/units"), figure="units")
    assert rows(client)[0]["used_sources"] == "https://example.org/units"


def test_queries_do_not_grow_with_the_rows(client, django_assert_num_queries):
    contradicted()
    with CaptureQueriesContext(connection) as of_one_row:
        client.get("/sources/conflicts/")
    for _ in range(5):
        contradicted()
    with django_assert_num_queries(len(of_one_row)):
        client.get("/sources/conflicts/")


@pytest.mark.parametrize("slug", ["conflicts", "Conflicts"])
def test_no_source_can_take_the_address_of_the_list(slug):
    with pytest.raises(ValidationError, match="list of conflicts"):
        factory.source(slug="other").__class__(
            slug=slug, title="t", publisher="p", kind="news", language="en"
        ).full_clean()
    with pytest.raises(IntegrityError):
        factory.source(slug=slug)
