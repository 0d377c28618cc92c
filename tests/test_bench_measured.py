"""The table of the benchmark: ratios, verdicts, and what could not be measured."""

import json

from bench.measured import Measured, as_json, limited, not_measured, table


def test_a_ratio_up_to_its_goal_is_met():
    assert Measured("file", 2.5, "psql", 2, 1.25).verdict == "met"
    assert Measured("file", 2.6, "psql", 2, 1.25).verdict == "MISSED"


def test_a_throughput_must_reach_its_goal():
    assert Measured("load", 69, "small", 100, 0.7, more_is_better=True).verdict == "MISSED"
    assert Measured("load", 70, "small", 100, 0.7, more_is_better=True).verdict == "met"


def test_a_limit_of_none_takes_none():
    assert limited("errors", 0, 0).verdict == "met"
    assert limited("errors", 1, 0).verdict == "MISSED"


def test_the_table_names_what_was_not_measured_and_why():
    assert "| facets |  |  |  |  |  | not measured | not there yet |" in table(
        [not_measured("facets", "not there yet")]
    )


def test_the_table_shows_short_times_as_milliseconds():
    row = table([Measured("page", 0.018, "by hand", 0.013, 2)]).splitlines()[-1]
    assert row == "| page | 18.0 ms | by hand | 13.0 ms | 1.38 | ≤ 2 | met |  |"


def test_the_json_has_the_ratio_and_the_verdict():
    (result,) = json.loads(as_json([Measured("page", 3, "small", 2, 1.3)]))
    assert (result["ratio"], result["verdict"]) == (1.5, "MISSED")
