"""The scenario: what comes back, what a unit then costs, and what is not known."""

from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from evidence.bibliography import Bibliography
from recalls.models import Progress, RecallBatch
from recalls.scenario import Range, ScenarioForm, cost, scenario_context, total
from tests import factory

ALL = Range(Decimal(100), Decimal(100))


def pair(low, high=None):
    return Range(Decimal(low), Decimal(low if high is None else high))


def test_everything_back_at_full_price_is_the_full_refund():
    assert cost(pair(106, 163), pair(7), ALL) == pair(106, 163)


def test_a_share_and_a_cheaper_remedy_multiply():
    assert cost(pair(100, 200), pair(7), pair(30, 40), remedy=Decimal(50)) == pair(15, 40)


def test_a_fixed_cost_is_added_for_each_unit_that_comes_back():
    assert cost(pair(1000), pair(10), pair(50), fixed=Decimal(3)) == pair(515)


def test_a_fixed_cost_of_an_unknown_number_of_units_is_unknown():
    assert cost(pair(1000), Range(None, None), pair(50), fixed=Decimal(3)) == Range(None, None)
    assert cost(pair(1000), Range(None, None), pair(50)) == pair(500)


def test_an_open_end_stays_open():
    assert cost(Range(Decimal(100), None), pair(7), pair(50)) == Range(Decimal(50), None)
    assert total([pair(1, 2), Range(Decimal(50), None)]) == Range(Decimal(51), None)


def test_a_total_of_nothing_known_is_unknown_and_not_zero():
    assert total([]) == total([Range(None, None)]) == Range(None, None)


@pytest.fixture
def crisis(db):
    return factory.incident(published=True)


def amount(low, high=None, currency="CNY"):
    precision = "exact" if high is None else "range"
    values = {
        "low": low,
        "high": high or low,
        "precision": precision,
        "currency": currency,
        "grade": "official",
    }
    return {f"amount_{name}": value for name, value in values.items()}


def batch(crisis, slug, low, high=None, **fields):
    return factory.batch(slug=slug, published=True, incident=crisis, **amount(low, high), **fields)


def measured(batch, rate, as_of=date(2025, 9, 25), **fields):
    return Progress.objects.create(
        batch=batch, as_of=as_of, rate_pct=rate, grade="official", source=factory.source(), **fields
    )


def asked(incident, currency="CNY", **params):
    batches = RecallBatch.objects.visible().filter(incident=incident)
    return scenario_context(batches, params, currency)["scenario"]


def page(scenario):
    context = {"scenario": scenario, "bibliography": Bibliography()}
    return render_to_string("recalls/_scenario.html", context)


def test_unmeasured_batches_come_back_whole_and_it_is_called_an_assumption(crisis):
    batch(crisis, "us", 223_000_000)
    found = asked(crisis)
    assert (found["cost"], found["exposure"]) == ("≈\u00a0CNY\u00a0223\u00a0M", "≈\u00a0CNY\u00a0223\u00a0M")
    assert found["rows"][0]["line"].share_basis == "assumed: none was measured for the whole batch"


def test_the_completion_measured_last_is_the_share(crisis):
    recalled = batch(crisis, "cn", 106_000_000, 163_000_000)
    measured(recalled, Decimal("16.2"), date(2025, 7, 3), in_scope=712_964)
    measured(recalled, Decimal("78.7"))
    found = asked(crisis)
    assert found["cost"] == "CNY\u00a083.42–128.28\u00a0M"
    assert found["rows"][0]["line"].share_basis == "measured on 2025-09-25, denominator not stated"


def test_a_completion_of_one_model_is_not_that_of_the_batch(crisis):
    recalled = batch(crisis, "jp", 110_000_000)
    line = factory.recalled_product(recalled, factory.product_model())
    measured(recalled, Decimal("33"), recalled_product=line)
    assert asked(crisis)["cost"] == "≈\u00a0CNY\u00a0110\u00a0M"


def test_a_share_for_all_goes_before_what_was_measured(crisis):
    measured(batch(crisis, "cn", 1000), Decimal("78.7"))
    assert asked(crisis, share="30–40")["cost"] == "CNY\u00a0300–400"


def test_a_batch_s_own_share_goes_before_that_for_all(crisis):
    batch(crisis, "us-a1263", 1000)
    batch(crisis, "cn", 1000)
    assert asked(crisis, share="50", **{"share-us-a1263": "35%"})["cost"] == "≈\u00a0CNY\u00a0850"


def test_remedy_and_fixed_cost_come_from_the_address(crisis):
    batch(crisis, "us", 1000, units=10)
    found = asked(crisis, share="50", remedy_share="80", fixed_cost="3")
    assert (found["cost"], found["exposure"]) == ("≈\u00a0CNY\u00a0415", "≈\u00a0CNY\u00a01,000")


def test_a_batch_inside_another_counts_once(crisis):
    whole = batch(crisis, "whole", 1000)
    batch(crisis, "part", 300, counted_in=whole)
    found = asked(crisis)
    assert (found["cost"], found["batches"], found["inside"]) == (
        "≈\u00a0CNY\u00a01,000",
        "1 batch",
        "1 batch is",
    )


def test_batches_without_a_figure_are_listed_and_not_zero(crisis):
    batch(crisis, "known", 1000)
    factory.batch(slug="no-figure", published=True, incident=crisis)
    factory.batch(slug="no-rate", published=True, incident=crisis, **amount(5, currency="TWD"))
    found = asked(crisis)
    assert found["cost"] == "≈\u00a0CNY\u00a01,000"
    assert [(each.slug, str(why)) for each, why in found["unknown"]] == [
        ("no-figure", "no figure"),
        ("no-rate", "no rate"),
    ]


def test_a_fixed_cost_leaves_out_the_batch_without_units(crisis):
    batch(crisis, "counted", 1000, units=10)
    batch(crisis, "uncounted", 500)
    found = asked(crisis, fixed_cost="1")
    assert (found["cost"], found["exposure"]) == ("≈\u00a0CNY\u00a01,010", "≈\u00a0CNY\u00a01,000")
    assert [why for _, why in found["unknown"]] == ["no number of units for the fixed cost"]


def test_it_takes_two_queries_whatever_the_number_of_batches(crisis, django_assert_num_queries):
    for slug in ("one", "two", "three"):
        measured(batch(crisis, slug, 1000), Decimal("10"))
    with django_assert_num_queries(2):
        page(asked(crisis))


def test_the_page_shows_the_result_beside_the_full_refund_with_its_sources(crisis):
    measured(batch(crisis, "cn", 1000), Decimal("78.7"))
    shown = page(asked(crisis, share="40"))
    assert "≈\u00a0CNY\u00a0400" in shown
    assert "≈\u00a0CNY\u00a01,000" in shown
    assert "#source-1" in page(asked(crisis))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("share", "101", "Share of units that come back: a share lies between 0 and 100 percent."),
        ("share", "40-30", "Share of units that come back: the low share is above the high one."),
        ("share", "-5", "Share of units that come back: write a percentage such as 35 or 30–40."),
        ("share", "NaN", "Share of units that come back: write a percentage such as 35 or 30–40."),
        ("share", "1e1", "Share of units that come back: write a percentage such as 35 or 30–40."),
        ("share", "3\x000", "Share of units that come back: write a percentage such as 35 or 30–40."),
        (
            "share",
            "35" + " " * 9_998 + "x",
            "Share of units that come back: write a percentage such as 35 or 30–40.",
        ),
        ("share-us", "all", "Share of us: write a percentage such as 35 or 30–40."),
        ("share-uk", "35", "“uk” is no batch that counts here."),
    ],
)
def test_a_bad_share_is_refused_with_a_sentence(crisis, name, value, sentence):
    batch(crisis, "us", 1000)
    found = asked(crisis, **{name: value})
    assert found["errors"] == [sentence]
    assert "\x00" not in page(found)


@pytest.mark.parametrize("name", ["remedy_share", "fixed_cost"])
@pytest.mark.parametrize(
    "value", ["-1", "NaN", "Infinity", "1e999999", "9" * 10_000, "1.234", "\x00", "<b>", "\ud800"]
)
def test_a_bad_cost_is_refused_with_one_sentence(crisis, name, value):
    batch(crisis, "us", 1000)
    found = asked(crisis, **{name: value})
    assert len(found["errors"]) == 1
    assert page(found).encode()


def test_a_refused_form_shows_no_result(crisis):
    batch(crisis, "us", 1000)
    shown = page(asked(crisis, share="101"))
    assert "This scenario</dt>" not in shown
    assert "not worked out" in shown


def test_a_draft_has_no_field(crisis):
    factory.batch(slug="draft", incident=crisis, **amount(1000))
    assert asked(crisis, **{"share-draft": "5"})["errors"] == ["“draft” is no batch that counts here."]


def test_the_rest_of_the_address_is_kept_but_not_what_is_not_here(crisis):
    batch(crisis, "us", 1000)
    found = asked(crisis, headline="2.38 million", **{"share-us": "5", "share-gone": "5"})
    assert found["kept"] == [("headline", "2.38 million")]


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_no_text_breaks_the_form(share, remedy, fixed):
    form = ScenarioForm([], {"share": share, "remedy_share": remedy, "fixed_cost": fixed})
    assert form.is_valid() or all(form.errors.values())


@pytest.mark.django_db
@pytest.mark.usefixtures("sample_data")
def test_the_published_table_with_what_china_measured():
    """223 + 106…163 × 78.7 % + 103…171 + 110, beside 542…667."""
    published = RecallBatch.objects.visible().filter(analysis_parts__analysis__slug="published-table")
    found = scenario_context(published, {}, "CNY")["scenario"]
    assert (found["cost"], found["exposure"]) == ("CNY\u00a0519.42–632.28\u00a0M", "CNY\u00a0542–667\u00a0M")


@pytest.mark.django_db
@pytest.mark.usefixtures("sample_data")
def test_the_published_table_if_a_third_of_the_american_units_comes_back():
    """223 × 0.35 + 83.422…128.281 + 103…171 × 0.3…0.4 + 110."""
    published = RecallBatch.objects.visible().filter(analysis_parts__analysis__slug="published-table")
    shares = {"share-us-a1263": "35", "share-us-25466": "30-40"}
    found = scenario_context(published, shares, "CNY")["scenario"]
    assert found["cost"] == "CNY\u00a0302.37–384.73\u00a0M"
