"""Whose cells Apex Wuxi's are, on the sample data; the numbers were worked out by hand from the facts."""

import pytest

from tests.test_contagion import PAGE, rows, steps, units

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]


def test_its_cells_are_in_three_models_of_three_brands():
    known = steps()["known"].reach
    assert list(steps()) == ["known"]
    assert (known.models, known.brands, known.batches, known.regions) == (3, 3, 5, 3)
    assert (known.in_no_recall, known.cells) == (0, 1)


def test_two_batches_state_the_units_of_the_model():
    stated = {group.name: units(group.reach) for group in steps()["known"].models}
    assert stated == {
        "A1681": (None, None),
        "PAC20-392": (113_253, 113_253),
        "PB2030MI": (146_891, 146_891),
    }


def test_together_they_state_260144_units():
    known = steps()["known"].reach
    assert (units(known), known.units.precision, known.units.grade) == (
        (260_144, 260_144),
        "exact",
        "reported",
    )
    assert (known.stated, known.up_to, known.unstated) == (2, 3, 0)


def test_a1681_is_only_up_to_the_batches_that_contain_it():
    limits = {line.batch.slug: line.up_to_high for line in steps()["known"].up_to}
    assert limits == {"cn-2025": 712_964, "us-25466": 481_000, "ca-2025": 11_985}


def test_all_stated_units_are_in_china():
    stated = {group.name: units(group.reach)[0] for group in steps()["known"].regions}
    assert stated == {"China": 260_144, "Canada": None, "United States": None}


def test_the_cause_of_a1681_is_alleged_and_anker_would_not_confirm_it(client):
    of_a1681 = rows(client, "&model=a1681")
    assert {row["causes"] for row in of_a1681} == {
        (
            "alleged: the same change, with Apex Wuxi as the cell maker (said by South China Morning Post; "
            "to the claim “named as the source of the defective cells of the recalled power banks” (earlier press "
            "reports), Anker Innovations gave no comment: “would not confirm it”)"
        )
    }
    assert {row["standing"] for row in of_a1681} == {"known"}
    assert "Anker Innovations gave no comment: “would not confirm it”" in of_a1681[0]["alleged_of_supplier"]


def test_atl_takes_its_place_with_about_45_million_cells(client):
    page = client.get(PAGE).text
    table = page[page.index('id="replaced"') :]
    assert "≈\u00a045,000,000" in table and "2025-06-25" in table and "Amperex Technology Limited" in table


def test_full_refunds_are_known_of_xiaomi_only_as_romoss_states_no_price():
    """146,891 × CNY 159 = 23,355,669."""
    reach = steps("currency=CNY")["known"].reach
    assert (reach.exposure.low, reach.exposure.high) == (23_355_669, 23_355_669)
    assert (reach.exposure.batches, reach.stated, reach.exposure.grade) == (1, 2, "inferred")


def test_each_step_says_what_its_stated_units_are_worth_and_how_many_batches_have_no_price():
    """Xiaomi's 146,891 × CNY 159 = 23,355,669; Romoss states 113,253 units and no price, Anker only “up to”."""
    known = steps("currency=CNY")["known"]
    found = {
        group.name: (group.reach.exposure.low, group.reach.exposure.high, group.reach.without_exposure)
        for groups in (known.models, known.brands, known.regions)
        for group in groups
    }
    worth, nothing = (23_355_669, 23_355_669, 0), (None, None, 0)
    assert found == {
        "A1681": nothing,
        "PAC20-392": (None, None, 1),
        "PB2030MI": worth,
        "Anker Innovations": nothing,
        "Romoss": (None, None, 1),
        "Xiaomi": worth,
        "Canada": nothing,
        "United States": nothing,
        "China": (23_355_669, 23_355_669, 1),
    }


def test_the_file_gives_the_exposure_of_xiaomis_row_only(client):
    worth = {row["model"]: row["exposure_low"] for row in rows(client, "&currency=CNY")}
    assert worth == {"A1681": "", "PAC20-392": "", "PB2030MI": "23355669.00"}
