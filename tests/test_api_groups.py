"""Recall batches by group as JSON: the groups of the page and of its file, read on from a cursor."""

import csv
import io
from datetime import date

import pytest

from recalls.grouped_list import SORTS
from recalls.grouping import GROUPINGS
from recalls.models import RecallBatch
from tests import factory
from tests.test_api import get, read_on
from tests.test_api_states import linked

pytestmark = pytest.mark.django_db


def keys(answer):
    return [row["key"] for row in answer["results"]]


def file_of(client, query):
    text = client.get(f"/recalls/?{query}&export=csv").getvalue().decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def firms():
    """Five companies, two with a figure of 10 units, one with 30, two with none; and a draft."""
    for name, units in (("A", 10), ("B", 30), ("C", 10), ("D", None), ("E", None)):
        factory.batch(published=True, units=units, company=factory.company(name, slug=name.lower()))
    factory.batch(units=5, company=factory.company("Hidden", slug="hidden"))


@pytest.mark.usefixtures("sample_data")
def test_the_sample_data_by_region(client):
    told = linked(client, "/recalls/?group=region")
    assert [(row["key"], row["batches"]) for row in told["results"]] == [
        ("US", 10),
        ("CN", 6),
        ("JP", 2),
        ("CA", 5),
    ]
    japan = told["results"][2]  # 522,237 in October and 416,789 in June
    assert (japan["name"], japan["units_low"], japan["units_high"]) == ("Japan", 939_026, 939_026)
    assert (told["total"]["batches"], told["note"]) == (23, None)


@pytest.mark.usefixtures("sample_data")
def test_amounts_stand_by_currency(client):
    found = {row["key"]: row["amounts"] for row in get(client, "/recalls/?group=region")["results"]}
    amounts = {"currency": "CNY", "low": "326000000.00", "high": "394000000.00", "precision": "range"}
    assert (found["US"], found["CA"]) == ([amounts], [])  # 223 and 103 to 171


@pytest.mark.parametrize("group", GROUPINGS)
@pytest.mark.usefixtures("sample_data")
def test_groups_are_those_of_the_file(client, group):
    query = f"group={group}&grade=official&currency=EUR"
    rows, told = file_of(client, query), get(client, f"/recalls/?{query}")["results"]
    names = [name for name in rows[0] if name not in ("name", "amounts")]
    plain = [["" if row[name] is None else str(row[name]) for name in names] for row in told]
    assert plain == [[row[name] for name in names] for row in rows]


@pytest.mark.usefixtures("sample_data")
def test_the_total_is_the_last_row_of_the_page(client):
    query = "group=hazard&grade=official"
    total, records = linked(client, f"/recalls/?{query}")["total"], client.get(f"/recalls/?{query}").context
    totals, exposure = records["records"].totals, records["records"].exposure
    assert (total["batches"], total["units_low"]) == (totals.batches, totals.units.low)
    assert total["exposure_low"] == f"{exposure.low:f}"


@pytest.mark.usefixtures("sample_data")
def test_a_group_links_its_list_as_page_and_json(client):
    row = get(client, "/recalls/?group=month&region=JP&sort=name")["results"][0]
    assert row["page"].endswith("/recalls/?region=JP&announced_after=2025-06-01&announced_before=2025-06-30")
    listed = client.get(row["json"].removeprefix("http://localhost:8000")).json()
    assert [batch["units_low"] for batch in listed["results"]] == [416_789]


@pytest.mark.parametrize("sort", [f"{sign}{name}" for name in SORTS for sign in ("", "-")])
def test_a_cursor_reads_each_group_once_in_the_order_of_the_page(client, firms, sort):
    query = f"group=company&sort={sort}"
    rows = read_on(client, f"/api/v1/recalls/?{query}&per_page=2")
    page = client.get(f"/recalls/?{query}").context["records"].page.object_list
    assert [row["key"] for row in rows] == [group.key for group in page]
    assert len(rows) == 5


def test_batches_without_a_key_come_last_and_end_the_reading(client):
    for hazards in (["fire"], ["burn"], []):
        factory.batch(published=True, hazards=hazards)
    rows = read_on(client, "/api/v1/recalls/?group=hazard&sort=-name&per_page=1")
    assert [row["key"] for row in rows] == ["fire", "burn", None]
    assert (rows[2]["page"], rows[2]["json"]) == (None, None)


def test_groups_that_come_and_go_meanwhile_shift_nothing(client, firms):
    first = client.get("/api/v1/recalls/?group=company&sort=name&per_page=2").json()
    RecallBatch.objects.filter(company__slug="b").update(is_published=False)
    factory.batch(published=True, company=factory.company("AA", slug="aa"))
    assert keys(first) == ["a", "b"]
    following = first["next"].removeprefix("http://localhost:8000")
    assert keys(client.get(following).json()) == ["c", "d"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("group=colour", "group: Choose one of region, month, year, regulator,"),
        ("group=", "group: Nothing is given"),
        ("group=region&group=month", "group: This can be given once."),
        ("group=region&sort=title", "sort: There is no column of this name to sort by."),
        ("sort=batches", "sort: There is no column of this name to sort by."),
        ("group=region&region=QQ", "region: “QQ” is not known here."),
        ("group=region&per_page=501", "per_page: Ensure this value"),
        ("group=region&cursor=made-up", "cursor: This is no cursor"),
        ("group=region&column=name", "column: There is no such parameter here"),
    ],
)
def test_what_can_not_be_read_is_refused(client, query, sentence):
    errors = get(client, f"/recalls/?{query}", 400)["errors"]
    assert any(error.startswith(sentence) for error in errors), errors


def test_a_cursor_goes_with_its_grouping(client, firms):
    following = get(client, "/recalls/?group=company&per_page=1")["next"].split("cursor=")[1]
    refused = get(client, f"/recalls/?group=region&cursor={following}", 400)
    assert "another query" in refused["detail"]


def test_of_nothing_there_are_no_groups(client):
    told = get(client, "/recalls/?group=region")
    assert (told["results"], told["next"], told["total"]["batches"]) == ([], None, 0)
    assert (told["total"]["units_low"], told["total"]["units_precision"]) == (None, "unknown")


def test_drafts_stand_in_no_group(client, firms):
    answer = client.get("/api/v1/recalls/?group=company")
    assert "idden" not in answer.text
    assert answer.json()["total"]["units_low"] == 50


def test_what_is_asked_again_is_304(client, firms):
    address = "/api/v1/recalls/?group=company"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_unit_counts_once_within_a_group(client):
    whole = factory.batch(published=True, units=100, announced_on=date(2025, 6, 1))
    factory.batch(published=True, units=30, counted_in=whole, announced_on=date(2025, 6, 2))
    (june,) = get(client, "/recalls/?group=month")["results"]
    assert (june["batches"], june["inside"], june["units_low"]) == (2, 1, 100)
