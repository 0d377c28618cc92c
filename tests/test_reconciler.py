"""The reconciler: which sets of batches make a press figure, none of them counting a unit twice."""

from decimal import Decimal
from itertools import chain, combinations, count

import pytest
from django.template.loader import render_to_string
from hypothesis import example, given
from hypothesis import strategies as st

from recalls.headlines import read_headline
from recalls.models import ExchangeRate, Incident, RecallBatch
from recalls.reconciler import Part, reconcile
from recalls.reconciler_form import reconciler_context
from tests import factory

UNITS = {"us": 1_158_000, "cn": 712_964, "us-2": 481_000, "jp": 522_237}


def parts(figures, counted_in=()):
    """Parts from {key: number, or (low, high)}, some counted in others."""
    ends = {key: figure if isinstance(figure, tuple) else (figure, figure) for key, figure in figures.items()}
    return [Part(key, *pair, counted_in=dict(counted_in).get(key)) for key, pair in ends.items()]


def answer(figures, text, counted_in=(), **options):
    return reconcile(parts(figures, counted_in), read_headline(text), **options)


def keys(sets):
    return [{part.key for part in found.parts} for found in sets]


def test_a_sum_that_rounds_to_the_headline_makes_it():
    found = answer(UNITS, "235.2万台")
    assert keys(found.exact) == [{"us", "cn", "us-2"}]
    assert (found.exact[0].low, found.exact[0].high, found.exact[0].low_gap) == (2_351_964, 2_351_964, -36)


def test_digits_are_met_to_the_last_one():
    assert keys(answer(UNITS, "2,351,964").exact) == [{"us", "cn", "us-2"}]
    assert answer(UNITS, "2,351,965").exact == ()


def test_near_sets_stand_apart_from_exact_ones():
    found = answer(UNITS, "2.38 million")
    assert (keys(found.exact), keys(found.near)) == ([], [{"us", "cn", "jp"}])
    assert found.near[0].low_gap == 13_201


def test_the_tolerance_is_a_part_of_the_headline():
    assert answer({"a": 1010}, "1,000", tolerance=Decimal(1)).near_count == 1
    assert answer({"a": 1011}, "1,000", tolerance=Decimal(1)).near_count == 0
    assert answer({"a": 1001}, "1,000", tolerance=Decimal(0)).near_count == 0


def test_a_range_matches_at_both_ends():
    figures = {"us": (223, 223), "cn": (106, 163), "us-2": (103, 171), "jp": (110, 110)}
    assert keys(answer(figures, "432-557").exact) == [{"us", "cn", "us-2"}]
    assert keys(answer(figures, "542-667").exact) == [{"us", "cn", "us-2", "jp"}]
    assert answer(figures, "432-600").exact == ()


def test_fewest_batches_come_first():
    found = answer({"a": 1, "b": 2, "c": 3, "d": 6}, "6")
    assert keys(found.exact) == [{"d"}, {"a", "b", "c"}]


def test_no_set_holds_a_batch_and_the_one_it_is_counted_in():
    figures = {"whole": 100, "part": 30, "other part": 20, "apart": 70}
    inside = {"part": "whole", "other part": "whole"}
    assert answer(figures, "130", inside).exact == ()
    assert keys(answer(figures, "120", inside).exact) == [{"part", "other part", "apart"}]


def test_a_part_of_a_batch_that_is_not_here_may_be_in_a_set():
    assert keys(answer({"part": 30}, "30", {"part": "draft"}).exact) == [{"part"}]


def test_unknown_figures_upper_bounds_and_zero_are_in_no_set():
    found = answer({"unknown": (None, None), "at most": (None, 5), "none": 0, "known": 5}, "5")
    assert keys(found.exact) == [{"known"}]
    assert [part.key for part in found.unusable] == ["unknown", "at most", "none"]


def test_at_least_leaves_the_sum_open_and_makes_no_range():
    figures = {"open": (100, None), "known": 50}
    found = answer(figures, "150")
    assert (keys(found.exact), found.exact[0].low, found.exact[0].high) == ([{"open", "known"}], 150, None)
    assert [part.key for part in answer(figures, "150-160").unusable] == ["open"]


def test_over_a_figure_means_less_than_its_next_step():
    figures = {"cn": 712_964, "romoss": 491_745, "xiaomi": 146_891}
    assert keys(answer(figures, "more than 1.2 million").exact) == [{"cn", "romoss"}]
    assert keys(answer(figures, "1.35 million").exact) == [{"cn", "romoss", "xiaomi"}]


def test_without_a_set_the_nearest_below_and_above_say_what_is_missing():
    found = answer(UNITS, "1,200,000", tolerance=Decimal(0))
    assert (keys([found.below]), found.below.low_gap) == ([{"cn", "us-2"}], -6_036)
    assert (keys([found.above]), found.above.low_gap) == ([{"cn", "jp"}], 35_201)


def test_a_headline_above_everything_misses_the_rest():
    found = answer(UNITS, "3,000,000")
    assert (len(found.below.parts), found.below.low_gap, found.above) == (4, -125_799, None)


def test_only_the_largest_twenty_are_tried():
    found = answer({number: number for number in range(1, 26)}, "325")
    assert [part.key for part in found.smaller] == [5, 4, 3, 2, 1]
    assert (len(found.tried), found.below.low, found.stopped) == (20, 310, False)


def test_it_stops_when_its_time_is_up_and_says_so():
    clock = count().__next__
    found = answer(dict.fromkeys(range(20), 100), "1,000", seconds=50, clock=clock)
    assert found.stopped
    assert 0 < found.exact_count < 184_756


def test_ten_sets_are_shown_and_all_are_counted():
    found = answer(dict.fromkeys(range(20), 100), "1,000")
    assert (len(found.exact), found.exact_count) == (10, 184_756)


def ranges():
    number = st.integers(1, 60)
    return st.one_of(number, st.tuples(number, number).map(lambda pair: tuple(sorted(pair))))


def every_set(some):
    return chain.from_iterable(combinations(some, size) for size in range(1, len(some) + 1))


def counts_twice(chosen):
    return any(part.counted_in == other.key for part in chosen for other in chosen)


@given(
    st.lists(ranges(), min_size=1, max_size=8),
    st.dictionaries(st.integers(1, 7), st.just(0)),
    st.integers(1, 200),
    st.integers(0, 60),
    st.integers(0, 20),
)
@example([10, 10, 5, (5, 9)], {1: 0}, 15, 4, 10)
def test_it_finds_what_trying_every_set_finds(figures, inside, low, width, tolerance):
    some = parts(dict(enumerate(figures)), inside)
    high = low + width
    headline = read_headline(f"{low}-{high}" if width else f"{low}")
    found = reconcile(some, headline, Decimal(tolerance))
    sums = [
        (sum(part.low for part in chosen), sum(part.high for part in chosen))
        for chosen in every_set(some)
        if not counts_twice(chosen)
    ]
    made = [pair for pair in sums if pair == (low, high)]
    near = [
        (a, b)
        for a, b in sums
        if abs(a - low) * 100 <= low * tolerance and abs(b - high) * 100 <= high * tolerance
    ]
    assert (found.exact_count, found.near_count) == (len(made), len(near) - len(made))
    if not near:
        below = [a + b for a, b in sums if a <= low and b <= high]
        above = [a + b for a, b in sums if a >= low and b >= high]
        assert (found.below and found.below.low + found.below.high) == max(below, default=None)
        assert (found.above and found.above.low + found.above.high) == min(above, default=None)


@given(
    st.lists(st.integers(1, 3_000_000), min_size=1, max_size=12),
    st.dictionaries(st.integers(1, 11), st.just(0)),
    st.integers(10_000, 5_000_000),
)
def test_every_set_shown_adds_up_within_the_tolerance_and_counts_once(figures, inside, figure):
    headline = read_headline(f"{Decimal(figure) / 10**6:.2f} million")
    found = reconcile(parts(dict(enumerate(figures)), inside), headline)
    for one in found.exact + found.near:
        assert one.low == sum(part.low for part in one.parts)
        assert not counts_twice(one.parts)
        assert abs(one.low - headline.low) <= max(5_000, headline.low / 100)
    assert all(abs(one.low - headline.low) <= 5_000 for one in found.exact)


def asked(incident, **params):
    batches = RecallBatch.objects.visible().filter(incident=incident)
    return reconciler_context(batches, params)["reconciler"]


def slugs(group):
    return [{batch.slug for batch, _ in one["parts"]} for one in group["sets"]]


@pytest.mark.django_db
@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize(
    ("headline", "made"),
    [
        ("432–557 million yuan", {"us-a1263", "cn-2025", "us-25466"}),
        ("CNY 542-667 million", {"us-a1263", "cn-2025", "us-25466", "jp-2025-10"}),
        ("2.352 million", {"us-a1263", "cn-2025", "us-25466"}),
        ("235.2万台", {"us-a1263", "cn-2025", "us-25466"}),
        ("2,874,201", {"us-a1263", "cn-2025", "us-25466", "jp-2025-10"}),
        ("3,302,975", {"us-a1263", "cn-2025", "us-25466", "jp-2025-10", "jp-2025-06", "ca-2025"}),
    ],
)
def test_the_headlines_of_the_crisis_are_made_by_one_set_each(headline, made):
    groups = asked(Incident.objects.get(slug="anker-2025"), headline=headline)["groups"]
    assert groups[0]["title"] == "These sets make it, as far as it is rounded"
    assert slugs(groups[0]) == [made]


@pytest.mark.django_db
@pytest.mark.usefixtures("sample_data")
def test_2_38_million_is_made_by_no_set_and_neared_by_ten():
    found = asked(Incident.objects.get(slug="anker-2025"), headline="2.38 million")
    near = found["groups"]
    assert found["outcome"] == "No set makes it; some come near."
    assert [group["title"] for group in near] == ["These come within 1\u00a0%"]
    assert (slugs(near[0])[0], len(near[0]["sets"])) == ({"us-a1263", "cn-2025", "jp-2025-10"}, 10)
    assert near[0]["sets"][0]["gap"] == "13,201 units more"


@pytest.fixture
def crisis(db):
    return factory.incident(published=True)


def amount(number, currency="CNY"):
    return {**factory.figure("amount", number), "amount_currency": currency}


def test_a_draft_is_in_no_set(crisis):
    factory.batch(units=700, incident=crisis)
    factory.batch(units=500, published=True, incident=crisis)
    assert "No set makes it or comes" in asked(crisis, headline="700")["outcome"]


def test_money_is_the_published_amounts_in_its_currency(crisis):
    factory.batch(published=True, incident=crisis, slug="in-yuan", **amount(700))
    factory.batch(published=True, incident=crisis, slug="in-dollars", **amount(100, "USD"))
    found = asked(crisis, headline="700 yuan")
    assert (slugs(found["groups"][0]), [batch.slug for batch in found["unusable"]]) == (
        [{"in-yuan"}],
        ["in-dollars"],
    )


def test_money_that_no_batch_publishes_is_its_exposure_converted(crisis):
    batch = factory.batch(published=True, incident=crisis, **amount(700))
    for currency, per_euro in {"CNY": 8, "USD": Decimal("1.2")}.items():
        day = batch.announced_on
        ExchangeRate.objects.create(currency=currency, day=day, per_euro=per_euro, fixed_on=day)
    found = asked(crisis, headline="$105")
    assert slugs(found["groups"][0]) == [{batch.slug}]
    assert "full-refund exposure, converted" in found["basis"]


def test_a_sum_is_approximate_as_soon_as_a_part_is(crisis):
    factory.batch(published=True, units=700, incident=crisis)
    factory.batch(published=True, units=300, incident=crisis, units_precision="approximate")
    found = asked(crisis, headline="1,000")["groups"][0]["sets"][0]
    assert (found["sum"], [figure for _, figure in found["parts"]]) == (
        "≈\u00a01,000 units",
        ["700 units", "≈\u00a0300 units"],
    )


@pytest.mark.parametrize("headline", ["700", "700 yuan"])
def test_the_batches_take_one_query(crisis, django_assert_num_queries, headline):
    factory.batch(published=True, units=700, incident=crisis, **amount(700))
    with django_assert_num_queries(1):
        page = render_to_string("recalls/_reconciler.html", {"reconciler": asked(crisis, headline=headline)})
    assert "A1263 power banks" in page


def test_nothing_is_looked_up_until_a_figure_is_asked_for(crisis, django_assert_num_queries):
    with django_assert_num_queries(0):
        found = asked(crisis, headline=" ")
    assert (found["errors"], "reading" in found) == ([], False)


def test_the_page_says_how_it_read_the_figure_and_what_is_missing(crisis):
    factory.batch("Power bank", published=True, units=700, incident=crisis)
    page = render_to_string("recalls/_reconciler.html", {"reconciler": asked(crisis, headline="1k")})
    assert "Read as 1,000 units, for which 500–1,500 units can stand." in page
    found = asked(crisis, headline="1,000")
    assert found["groups"][0]["title"] == "The nearest set below it"
    assert found["groups"][0]["sets"][0]["gap"] == "300 units less"


@pytest.mark.parametrize(
    "params",
    [
        {"headline": "1,2 million"},
        {"headline": "2 million\x00"},
        {"headline": "9" * 10_000},
        {"headline": "<script>alert(1)</script>"},
        {"headline": "\ud800"},
        {"headline": "700", "tolerance": "NaN"},
        {"headline": "700", "tolerance": "-1"},
        {"headline": "700", "tolerance": "1e999999"},
        {"headline": "700", "tolerance": "\x00"},
        {"headline": "700", "tolerance": "21"},
    ],
)
def test_what_cant_be_read_is_refused_with_a_sentence(crisis, params):
    found = asked(crisis, **params, as_of="2025-06-30\x00")
    page = render_to_string("recalls/_reconciler.html", {"reconciler": found})
    assert found["errors"]
    assert page.encode()
    assert "\x00" not in page
    assert "<script>" not in page


def test_the_rest_of_the_address_is_kept(crisis):
    found = asked(crisis, headline="700", currency="EUR", **{"share-us-a1263": "35"})
    assert found["kept"] == [("currency", "EUR"), ("share-us-a1263", "35")]
