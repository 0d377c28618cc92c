"""The sample data by group as JSON: the figures of the page and of its file."""

import csv
import io
import json
import re
from html import unescape

import pytest

from recalls.grouping import GROUPINGS
from tests.test_api import get
from tests.test_api_states import linked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]


def file_of(client, query):
    text = client.get(f"/recalls/?{query}&export=csv").getvalue().decode()
    return list(csv.DictReader(io.StringIO(text)))


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


def test_amounts_stand_by_currency(client):
    found = {row["key"]: row["amounts"] for row in get(client, "/recalls/?group=region")["results"]}
    amounts = {"currency": "CNY", "low": "326000000.00", "high": "394000000.00", "precision": "range"}
    assert (found["US"], found["CA"]) == ([amounts], [])  # 223 and 103 to 171


@pytest.mark.parametrize("group", GROUPINGS)
def test_groups_are_those_of_the_file(client, group):
    query = f"group={group}&grade=official&currency=EUR"
    rows, told = file_of(client, query), get(client, f"/recalls/?{query}")["results"]
    names = [name for name in rows[0] if name not in ("name", "amounts")]
    plain = [["" if row[name] is None else str(row[name]) for name in names] for row in told]
    assert plain == [[row[name] for name in names] for row in rows]


def test_the_total_is_the_last_row_of_the_page(client):
    query = "group=hazard&grade=official"
    total, records = linked(client, f"/recalls/?{query}")["total"], client.get(f"/recalls/?{query}").context
    totals, exposure = records["records"].totals, records["records"].exposure
    assert (total["batches"], total["units_low"]) == (totals.batches, totals.units.low)
    assert total["exposure_low"] == f"{exposure.low:f}"


def test_a_group_links_its_list_as_page_and_json(client):
    row = get(client, "/recalls/?group=month&region=JP&sort=name")["results"][0]
    assert row["page"].endswith("/recalls/?region=JP&announced_after=2025-06-01&announced_before=2025-06-30")
    listed = client.get(row["json"].removeprefix("http://localhost:8000")).json()
    assert [batch["units_low"] for batch in listed["results"]] == [416_789]


def is_part_of(shown, whole):
    """Whether all that an example shows stands in an answer so."""
    if isinstance(shown, dict):
        return all(name in whole and is_part_of(value, whole[name]) for name, value in shown.items())
    if isinstance(shown, list):
        return len(shown) == len(whole) and all(map(is_part_of, shown, whole))
    return shown == whole


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_the_example_of_the_documentation_is_what_its_addresses_answer(client, settings, language):
    page = client.get(f"{language}/api/v1/").text
    address = unescape(re.search('<pre id="groups-asked"><code>(.*?)</code>', page)[1])
    examples = re.findall('<pre class="groups-answered"><code>(.*?)</code>', page, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        answer = client.get(address.removeprefix(settings.PUBLIC_URL)).json()
        assert is_part_of(json.loads(unescape(example)), answer), example
        address = answer["next"]
    assert address is None
