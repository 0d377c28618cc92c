"""Copying and citing: the rows of a page, and a hash that anybody can check; drafts and marks stay out."""

import csv
import hashlib
import io
import json
import re

import pytest

from listing import citing
from listing.markdown import escaped
from tests import factory

pytestmark = pytest.mark.django_db
LISTS = ["/recalls/", "/incidents/", "/suppliers/", "/cells/", "/products/", "/sources/"]
LISTS += ["/sources/conflicts/", "/recalls/revisions/"]
RECORDS = [
    "/recalls/jp-2025-06/",
    f"/incidents/anker-2025/?as_of={citing.today()}",
    "/suppliers/apex/",
    "/suppliers/anker/",
]
RECORDS += ["/products/a1681/", "/sources/livedoor/", "/suppliers/apex/contagion/"]


def fetched(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def asked(address, query):
    return f"{address}{'&' if '?' in address else '?'}{query}"


ALL = [
    *LISTS,
    *RECORDS,
    "/recalls/?group=region",
    "/recalls/?chart=units",
    "/recalls/?grade=official&sort=-units",
]


@pytest.mark.parametrize("address", ALL)
def test_the_hash_is_that_of_the_file(client, sample_data, address):
    digest = hashlib.sha256(fetched(client, asked(address, "export=csv"))).hexdigest()
    assert digest in fetched(client, asked(address, "export=txt")).decode()
    assert digest in fetched(client, asked(address, "export=bib")).decode()
    (entry,) = json.loads(fetched(client, asked(address, "export=csl")))
    assert digest in entry["note"]
    assert digest in fetched(client, asked(address, "export=cite")).decode()
    assert digest in fetched(client, asked(address, "part=cite")).decode()


@pytest.mark.parametrize("address", ALL)
def test_the_rows_of_the_page_are_rows_of_the_file(client, sample_data, address):
    whole = fetched(client, asked(address, "export=csv")).decode().splitlines()
    page = fetched(client, asked(address, "export=csv&rows=page&per_page=2")).decode().splitlines()
    assert page[0] == whole[0] and set(page) <= set(whole)


def test_the_second_page_is_copied_as_it_is_sorted(client, sample_data):
    query = "sort=-units&per_page=2&page=2"
    rows = list(
        csv.DictReader(io.StringIO(fetched(client, f"/recalls/?{query}&export=csv&rows=page").decode()))
    )
    whole = list(csv.DictReader(io.StringIO(fetched(client, "/recalls/?sort=-units&export=csv").decode())))
    assert rows == whole[2:4]
    table = fetched(client, f"/recalls/?{query}&export=md").decode().splitlines()
    assert [row["title"] in line for row, line in zip(rows, table[2:4], strict=True)] == [True, True]
    assert "rows 3 to 4" in table[-1] and "page=2" in table[-1]


def test_markdown_has_the_columns_of_the_page(client, sample_data):
    table = fetched(client, "/recalls/?region=JP&column=title&column=units&export=md").decode().splitlines()
    assert table[:2] == ["| Recall batch | Units |", "| --- | ---: |"]
    assert (
        table[3]
        == "| [Four power-bank models](http://localhost:8000/recalls/jp-2025-06/) | 416,789 official |"
    )


def test_marks_of_markdown_and_of_html_are_text():
    assert escaped("a|b *c* [d](e) <script>\n`x` & ~y~ \\") == (
        "a\\|b \\*c\\* \\[d\\](e) &lt;script&gt; \\`x\\` &amp; \\~y\\~ \\\\"
    )


def test_a_hostile_title_stays_in_its_cell_and_its_string(client):
    factory.batch("x | y\n| <img src=x> ](javascript:1) {\\", published=True, slug="hostile")
    table = fetched(client, "/recalls/hostile/?export=md").decode().splitlines()
    assert len(table) == 5
    assert "x \\| y \\| &lt;img src=x&gt; \\](javascript:1)" in table[2]
    (entry,) = json.loads(fetched(client, "/recalls/hostile/?export=csl"))
    assert entry["title"].startswith("x | y | <img src=x>")
    assert "\\{\\textbackslash{}" in fetched(client, "/recalls/hostile/?export=bib").decode()
    assert b"<img src=x>" not in fetched(client, "/recalls/hostile/?export=cite")


def test_formulas_are_disarmed_in_what_is_copied_too(client):
    factory.batch("=1+1", published=True)
    assert b",'=1+1," in fetched(client, "/recalls/?export=csv&rows=page")


def test_the_query_of_a_citation_can_carry_nothing_else(client, sample_data):
    text = fetched(client, "/recalls/?q=%22%3E%3Cscript%3E&export=cite").decode()
    assert "<script>alert" not in text and '"><script>' not in text


@pytest.mark.parametrize("form", ["csv", "md", "txt", "bib", "csl", "cite"])
def test_drafts_are_in_none_of_it(client, form):
    factory.batch("Secret draft", slug="secret")
    factory.batch("Public", published=True)
    assert b"Secret" not in fetched(client, f"/recalls/?export={form}&rows=page")
    assert client.get(f"/recalls/secret/?export={form}").status_code == 404


def test_a_wrong_filter_is_refused_in_a_sentence(client):
    for form in ("export=md", "export=cite", "export=txt", "part=cite"):
        answer = client.get(f"/recalls/?units_min=many&{form}")
        assert (answer.status_code, "Enter a number" in answer.text) == (400, True)


def test_a_long_file_is_not_hashed_while_somebody_waits(client, sample_data, monkeypatch):
    monkeypatch.setattr(citing, "MOST", 5)
    text = fetched(client, "/recalls/?export=cite").decode()
    assert "more than 5 rows, too many to hash here" in text and "SHA-256 of its CSV file:" not in text


def test_a_citation_is_of_its_day_and_kept_by_no_cache(client, sample_data):
    assert client.get("/recalls/?export=txt")["Cache-Control"] == "no-store"
    assert client.get("/recalls/?part=cite")["Cache-Control"] == "no-store"


def test_an_incident_is_cited_as_of_the_day(client, sample_data):
    today = citing.today().isoformat()
    assert f"as_of={today}" in fetched(client, "/incidents/anker-2025/?export=txt").decode()
    assert client.get("/incidents/anker-2025/?as_of=x&export=cite").status_code == 400


@pytest.mark.parametrize("day", ["", "as_of=2025-07-01&"])
def test_the_hash_of_a_cited_incident_is_that_of_its_file_of_that_day(client, sample_data, settings, day):
    cited = fetched(client, f"/incidents/anker-2025/?{day}export=txt").decode()
    address, digest = re.search(r"(\S+as_of=\S+) SHA-256 of its CSV file: (\w{64})", cited).groups()
    file = fetched(client, address.removeprefix(settings.PUBLIC_URL) + "&export=csv")
    assert hashlib.sha256(file).hexdigest() == digest and b"\n20" in file
