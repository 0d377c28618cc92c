"""Model numbers are taken where the text clearly names them; a word that is none is never taken."""

import time

import pytest

from recalls.importers.cpsc.product_models import read_models, stated_models

MODELS = {
    "label and model number “SH20.006DB” are printed": ["SH20.006DB"],
    "ranges with model numbers NS-RGFGSS1 and NS-RGFCGS2. The recalled": ["NS-RGFGSS1", "NS-RGFCGS2"],
    "power banks (model A1263 only)": ["A1263"],
    "models A3102016, A3302011 and A3302031 are included": ["A3102016", "A3302011", "A3302031"],
    "with model numbers 93550 (KY-318B), 96775 (KY-318A), and 98527 (6L-PC).": ["93550", "96775", "98527"],
    "“Model: YD-1958” is printed on a label": ["YD-1958"],
    "“Model no. 688-59” is printed": ["688-59"],
    "The model number is BJ05. The jackets": ["BJ05"],
    "The model number of the lantern is BGAAL9 and the SKU number is 039800143341": ["BGAAL9"],
    "model number (HLV78) is located": ["HLV78"],
    "models: 0480, 0455, and 2019 scales": ["0480", "0455"],
    "model number “166700 CQ” is printed": ["166700 CQ"],
    "youth ATV, Model SHR 40-RED-M. The": ["SHR 40-RED-M"],
    "The model number “F7 Pro” is printed": ["F7 Pro"],
    "Models A100 and A200. Models A100 are black.": ["A100", "A200"],
}
NOT_MODELS = [
    "model years 2023-2025 Honda Pioneer",
    "This recall involves 10 models of kits",
    "the 10-liter model in pink",
    "models 2-panel, 3-panel, and 4-panel sliding doors",
    "Model 2019 and 2020 motorcycles",
    "Model NumberLDE4411ST 607KMXXXXXXX",
    "The model number is located on the label",
    "model numbers beginning with 24",
    "model numbers AB100 through AB900",
    "model numbers KM*100",
    "Model number AB100 is not included in this recall.",
    "chargers that are compatible with model AB100",
    "Each model, 300 units, was sold",
    "The model is 24V",
    "model number 012345678905",
    "Model numbers 93550 96775 98527",
    "models with 12 receptacles",
    "Model Year 2021 X100",
    "models SG5 Boost, SG-5S and X1",
    "No models here",
]


@pytest.mark.parametrize(("text", "numbers"), MODELS.items())
def test_model_numbers_are_read_one_by_one(text, numbers):
    assert [model.number for model in read_models(text)] == numbers


@pytest.mark.parametrize("text", NOT_MODELS)
def test_what_is_no_model_number_is_never_taken(text):
    assert read_models(text) == ()


def test_a_field_of_model_numbers_is_taken_as_it_is():
    assert [model.number for model in stated_models(["X100, X200", "all", ""])] == ["X100", "X200"]


@pytest.mark.parametrize(
    "piece", ["model number A1, ", "models ", "model “A1 ", "model A1-A1/A1.", "not model X1 "]
)
def test_long_texts_take_no_long_time(piece):
    start = time.perf_counter()
    read_models(piece * 4_000)
    assert time.perf_counter() - start < 3
