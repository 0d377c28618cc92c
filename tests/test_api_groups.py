"""Recall batches by group as JSON, read on from a cursor: what it refuses, and no draft."""

from datetime import date

import pytest

from recalls.grouped_list import SORTS
from recalls.models import RecallBatch
from tests import factory
from tests.test_api import get, read_on

pytestmark = pytest.mark.django_db


def keys(answer):
    return [row["key"] for row in answer["results"]]


@pytest.fixture
def firms():
    """Five companies, two with a figure of 10 units, one with 30, two with none; and a draft."""
    for name, units in (("A", 10), ("B", 30), ("C", 10), ("D", None), ("E", None)):
        factory.batch(published=True, units=units, company=factory.company(name, slug=name.lower()))
    factory.batch(units=5, company=factory.company("Hidden", slug="hidden"))


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
