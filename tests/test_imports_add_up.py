"""Any records of any format: each is new, changed, unchanged or refused, and no figure comes from nowhere."""

import json
import re

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from recalls.importers import health_canada, safety_gate
from recalls.importers.cpsc import api, listing
from recalls.importers.writing.run import import_records
from recalls.models import NoticeRecord, RecallBatch
from tests import cpsc_records
from tests.test_health_canada import HEATER
from tests.test_safety_gate import FIRST

pytestmark = pytest.mark.django_db
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
QUANTITY = st.sampled_from(
    [
        "About 1,000",
        "About 57,00",
        "1.2 million",
        "None",
        "Between 3 and 5",
        "About 7 (In addition, 9 in Canada)",
    ]
)
GARBAGE = TEXT | QUANTITY | st.none() | st.booleans() | st.integers() | st.lists(TEXT, max_size=2)
PRODUCTS = st.builds(lambda units: [{"Name": "Lamps", "Model": "", "NumberOfUnits": units}], GARBAGE)
NO_RECORDS = st.none() | TEXT | st.lists(TEXT, max_size=2) | st.integers()
FORMATS = {
    api: (cpsc_records.record(), "RecallNumber", ["25901", "25902", "25903", ""]),
    listing: (cpsc_records.row(), "Recall Number", ["25-901", "25-902", "25-903", ""]),
    health_canada: (HEATER, "NID", ["70001", "70002", "70003", ""]),
    safety_gate: (
        FIRST,
        "caseNumber",
        ["SR/00001/25", "SR/00002/25", "SR/00003/25", ""],
    ),
}
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def records_of(format):
    """Records that are good but for a field or two, the same number more than once, and what is no record."""
    good, name, numbers = FORMATS[format]
    changes = st.dictionaries(st.sampled_from([*good]), GARBAGE | PRODUCTS, max_size=2)
    record = st.builds(
        lambda changed, number: good | changed | {name: number}, changes, st.sampled_from(numbers)
    )
    return st.lists(record | record | record | NO_RECORDS, min_size=1, max_size=6)


def adds_up(run, records):
    accounted = run.new + run.changed + run.unchanged + run.refused
    assert (run.state, run.read, accounted) == ("finished", len(records), len(records))
    assert run.refused_rows.count() == run.refused
    assert not run.refused_rows.filter(reason="").exists()


def figures_come_from(records):
    written = {
        float(number.replace(",", "")) for number in DIGITS.findall(json.dumps(records, ensure_ascii=False))
    }
    written |= {number * 1_000_000 for number in written}
    ends = RecallBatch.objects.values_list("units_low", "units_high", "reports", "injuries", "deaths")
    assert {end for batch in ends for end in batch} - {None, 0} <= written


def imported_twice(format, records):
    with transaction.atomic():
        adds_up(import_records(records, format), records)
        figures_come_from(records)
        known = NoticeRecord.objects.values("number").distinct().count(), RecallBatch.objects.count()
        again = import_records(records, format)
        adds_up(again, records)
        assert again.new == 0
        assert known == (
            NoticeRecord.objects.values("number").distinct().count(),
            RecallBatch.objects.count(),
        )
        transaction.set_rollback(True)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.FORMAT)
@pytest.mark.parametrize("count", [15, pytest.param(500, marks=pytest.mark.long)])
def test_every_record_of_an_import_is_accounted_for(format, count):
    settings(max_examples=count)(given(records_of(format))(lambda records: imported_twice(format, records)))()
