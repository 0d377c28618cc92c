"""The CSV of a list: the rows of the page, whole, safe and stable."""

import csv
import io
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DataError, connection

from listing.export import StatementStream
from tests import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_url(settings):
    settings.PUBLIC_URL = "https://recalls.example"


def rows(client, query=""):
    response = client.get(f"/recalls/?export=csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def test_csv_has_the_rows_of_the_filtered_sorted_page(client):
    for title, units in (("b", 2), ("a", 1), ("c", 3)):
        factory.batch(title, published=True, units=units)
    factory.batch("draft", units=9)
    assert [row["title"] for row in rows(client, "&units_max=2&sort=-units")] == ["b", "a"]


def test_csv_gives_every_figure_with_precision_grade_source_and_address(client, public_url):
    batch = factory.batch(
        published=True,
        slug="us-1",
        units=1158000,
        amount_low=Decimal("223000000"),
        amount_high=Decimal("223000000"),
        amount_precision="approximate",
        amount_currency="CNY",
        amount_grade="estimated",
    )
    factory.cite(batch, source=factory.source(url="https://example.org/notice"), figure="units")
    row = rows(client)[0]
    assert (row["units_low"], row["units_high"], row["units_precision"]) == ("1158000", "1158000", "exact")
    assert (row["amount_low"], row["amount_currency"], row["amount_grade"]) == (
        "223000000.00",
        "CNY",
        "estimated",
    )
    assert "https://example.org/notice" in row["sources"].split("; ")
    assert row["address"] == "https://recalls.example/recalls/us-1/"


def test_a_source_without_an_address_is_given_by_its_page_here(client, public_url):
    batch = factory.batch()
    factory.cite(batch, source=factory.source(slug="cpsc_1", url=""))
    batch.is_published = True
    batch.save()
    assert rows(client)[0]["sources"] == "https://recalls.example/sources/cpsc_1/"


def test_a_source_that_contradicts_is_kept_apart(client):
    batch = factory.batch(published=True, units=100)
    other = factory.source(url="https://example.org/other")
    factory.cite(batch, source=other, figure="units", stance="contradicts", stated_low=7, stated_high=7)
    row = rows(client)[0]
    assert row["sources_otherwise"] == "https://example.org/other"
    assert "other" not in row["sources"]


def test_unknown_is_empty_and_dates_are_iso_and_as_precise_as_known(client):
    factory.batch(published=True, sold_from="2016-06", sold_until="2022", made_from="2016-01-01")
    row = rows(client)[0]
    assert (row["units_low"], row["amount_low"], row["injuries"], row["cause"]) == ("", "", "", "")
    assert (row["sold_from"], row["sold_until"], row["made_from"]) == ("2016-06", "2022", "2016-01-01")
    assert row["announced_on"] == "2025-06-12"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_would_run_as_a_formula_is_disarmed(client, first):
    factory.batch(f"{first}SUM(A1)", published=True, note=f"safe {first}")
    row = rows(client)[0]
    assert row["title"] == f"'{first}SUM(A1)"
    assert row["note"] == f"safe {first}"


def test_texts_in_any_script_with_quotes_and_line_breaks_survive(client):
    title = '安克创新 "充电宝",\n罗马仕 モバイル'
    factory.batch(title, published=True)
    assert rows(client)[0]["title"] == title


def test_the_byte_order_mark_comes_only_when_asked_for(client):
    assert client.get("/recalls/?export=csv").getvalue()[:3] != b"\xef\xbb\xbf"
    assert client.get("/recalls/?export=csv&bom=1").getvalue()[:3] == b"\xef\xbb\xbf"


def test_links_to_drafts_stay_empty(client):
    draft = factory.batch("draft", slug="secret")
    factory.batch("public", published=True, expands=draft, incident=factory.incident(slug="secret-too"))
    row = rows(client)[0]
    assert (row["expands"], row["incident"]) == ("", "")


@pytest.mark.parametrize("address", ["/recalls/", "/incidents/", "/suppliers/apex/contagion/"])
def test_the_columns_are_those_documented(client, address):
    factory.cell_source(factory.product_model(), factory.company("Apex", slug="apex"), published=True)
    page = (settings.BASE_DIR / "docs/analysts.md").read_text(encoding="utf-8")
    for column in client.get(f"{address}?export=csv").getvalue().decode().splitlines()[0].split(","):
        assert f"`{column}`" in page, column


@pytest.mark.parametrize("address", ["/incidents/", "/suppliers/", "/cells/", "/products/", "/sources/"])
def test_every_list_is_a_file_too(client, address):
    factory.cell_source(factory.product_model(), published=True)
    factory.batch(published=True, incident=factory.incident(published=True))
    file = client.get(f"{address}?export=csv")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(file.getvalue().decode().splitlines()) == 1 + client.get(address).context["records"].count


def test_the_command_writes_the_same_bytes_as_the_page(client, tmp_path):
    factory.batch("one", "JP", published=True, units=5, regulator=factory.regulator("METI", "JP"))
    factory.batch("two", published=True)
    output = tmp_path / "recalls.csv"
    call_command("export_batches", "--output", str(output), "--region", "JP", "--sort=-units")
    page = client.get("/recalls/?export=csv&region=JP&sort=-units").getvalue()
    assert output.read_bytes() == page
    assert page.count(b"\n") == 2


def test_the_command_writes_the_grouped_file_of_the_page(client, tmp_path, capsys):
    factory.batch("one", "JP", published=True, units=5, regulator=factory.regulator("METI", "JP"))
    factory.batch("two", published=True, units=3)
    output = tmp_path / "groups.csv"
    call_command("export_batches", "--output", str(output), "--group", "region", "--currency", "EUR")
    assert output.read_bytes() == client.get("/recalls/?export=csv&group=region&currency=EUR").getvalue()
    assert "2 groups of 2 batches" in capsys.readouterr().err


def test_the_command_refuses_a_group_that_is_none(tmp_path):
    with pytest.raises(CommandError, match="Choose one of region, month"):
        call_command("export_batches", "--output", str(tmp_path / "x.csv"), "--group", "colour")


def test_the_command_refuses_a_wrong_filter_and_leaves_the_file_alone(tmp_path):
    output = tmp_path / "recalls.csv"
    output.write_text("yesterday's")
    with pytest.raises(CommandError, match="region"):
        call_command("export_batches", "--output", str(output), "--region", "QQ")
    assert output.read_text() == "yesterday's"


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_leaves_ends_the_copy_and_frees_the_connection(client):
    stream = StatementStream("SELECT repeat('x', 1000) FROM generate_series(1, 5000000)", ["x"])
    assert next(stream).startswith(b"x\n")
    stream.close()
    assert not stream.thread.is_alive()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%'"
            " AND datname = current_database()"
        )
        assert cursor.fetchone() == (0,)


def test_a_file_that_breaks_off_is_an_error_and_never_a_short_file():
    stream = StatementStream("SELECT 1000 / (100000 - n) FROM generate_series(1, 200000) AS n", ["x"])
    with pytest.raises(DataError, match="division by zero"):
        list(stream)
