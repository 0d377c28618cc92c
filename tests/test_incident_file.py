"""The file of an incident as of a day: the figures of the page of that day, in every form that has them."""

import csv
import io

import pytest

from tests import factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]
ANKER = "/incidents/anker-2025/"


def answer(client, query):
    response = client.get(f"{ANKER}?{query}")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response, content.decode()


def row(client, query):
    return next(csv.DictReader(io.StringIO(answer(client, query)[1])))


def test_the_file_of_a_day_has_the_figures_of_the_page_of_that_day(client):
    # As in test_as_of_sample_data: by 21 June four batches, one of them without its number yet.
    found = row(client, "as_of=2025-06-21&export=csv")
    assert (found["batches"], found["units_low"], found["state"], found["note"]) == ("4", "1164601", "", "")
    totals = client.get(f"{ANKER}?as_of=2025-06-21").context["totals"]
    assert (totals.batches, totals.units.low) == (4, 1_164_601)


@pytest.mark.parametrize("day", ["2025-06-21", "2025-06-30", "2025-10-01"])
@pytest.mark.parametrize("more", ["", "&grade=official&grade=company", "&currency=EUR"])
def test_its_exposure_is_that_of_the_page_and_of_the_json(client, day, more):
    found = row(client, f"as_of={day}{more}&export=csv")
    exposure = client.get(f"{ANKER}?as_of={day}{more}").context["exposure"]
    told = client.get(f"/api/v1{ANKER}?as_of={day}{more}").json()["record"]
    assert told["exposure_low"] == (exposure.low and f"{exposure.low:f}")
    assert found["exposure_low"] == (told["exposure_low"] or "")
    assert [found["exposure_currency"], found["exposure_precision"]] == [
        exposure.currency,
        exposure.precision,
    ]


def test_its_name_and_its_first_column_tell_the_day(client):
    response, file = answer(client, "as_of=2025-06-21&export=csv")
    assert response["Content-Disposition"] == 'attachment; filename="incidents-as-of-2025-06-21.csv"'
    assert file.startswith("as_of,opened_on,title") and file.splitlines()[1].startswith("2025-06-21,")


def test_the_file_of_now_is_as_it_was(client):
    response, file = answer(client, "export=csv")
    assert 'filename="incidents.csv"' in response["Content-Disposition"]
    assert file.startswith("opened_on,title") and row(client, "export=csv")["state"] == "open"


def test_of_a_day_before_it_the_file_says_that_nothing_was_known(client):
    found = row(client, "as_of=2020-01-01&export=csv")
    assert (found["title"] != "", found["opened_on"], found["units_low"], found["batches"]) == (
        True,
        "",
        "",
        "0",
    )


def test_the_rows_of_the_page_are_those_of_the_file(client):
    assert (
        answer(client, "as_of=2025-06-21&export=csv&rows=page")[1]
        == answer(client, "as_of=2025-06-21&export=csv")[1]
    )


def test_as_markdown_it_has_the_figures_of_that_day_and_says_so(client):
    table = answer(client, "as_of=2025-06-21&export=md")[1]
    assert "1,164,601" in table and "as_of=2025-06-21" in table
    assert "1,164,601" not in answer(client, "export=md")[1]


def test_a_closing_that_came_later_is_not_in_the_file(client):
    crisis = factory.incident(published=True, slug="crisis", state="closed", closed_on="2025-09-01")
    factory.batch(published=True, incident=crisis)
    files = [
        b"".join(client.get(f"/incidents/crisis/?as_of={day}&export=csv").streaming_content).decode()
        for day in ("2025-08-31", "2025-09-01")
    ]
    assert [
        ("closed" in file.splitlines()[1], "2025-09-01" in file.splitlines()[1][11:]) for file in files
    ] == [
        (False, False),
        (True, True),
    ]
