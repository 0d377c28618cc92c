"""What `make audit` makes of pip-audit's report; what could not be asked about is never “no fault”."""

import json

from config.audit import FAULTS, UNKNOWN, verdict

FINE = {"name": "django", "version": "5.2.19", "vulns": []}
FAULTY = {"name": "old", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
SKIPPED = {"name": "far", "skip_reason": "Dependency not found"}


def report(*packages):
    return json.dumps({"dependencies": packages})


def test_no_known_fault():
    assert verdict(report(FINE)) == (0, ["1 of 1 packages were looked up. No fault is known."])


def test_a_known_fault_is_named_with_what_mends_it():
    code, sentences = verdict(report(FINE, FAULTY))
    assert code == FAULTS
    assert "old 1: PYSEC-1, mended in 2" in sentences


def test_a_package_that_was_not_looked_up_is_no_good_news():
    code, sentences = verdict(report(FINE, SKIPPED))
    assert code == UNKNOWN
    assert "could not be asked about: far" in sentences[0]


def test_a_list_out_of_reach_is_said():
    assert verdict("")[0] == UNKNOWN
    assert "could not be reached" in verdict("")[1][0]
