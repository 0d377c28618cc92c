"""The API's records become notices or are refused with a reason, whatever the JSON holds."""

import io
import json
from datetime import date

import pytest
from cpsc_records import json_file, named, record
from hypothesis import given
from hypothesis import strategies as st

from recalls.importers.cpsc import api
from recalls.importers.notice import Firm, Model, Notice, RefusedError

SISTER = "https://recalls-rappels.canada.ca/en/alert-recall/acme"


def refusal(value):
    with pytest.raises(RefusedError) as refused:
        api.read(value)
    return str(refused.value)


def test_a_record_becomes_a_notice():
    notice = api.read(
        record(
            URL="https://www.cpsc.gov/Recalls/2025/Acme",
            Description="This recall involves lamps with model numbers NS-1 and NS-2.",
            Importers=named("Acme Inc., of Boston, Massachusetts"),
            Retailers=named("Best Buy stores nationwide from May 2020 for $9."),
            Hazards=named("The lamp can overheat, posing a burn hazard."),
            RemedyOptions=[{"Option": "Refund"}, {"Option": "R"}],
            Inconjunctions=[{"URL": SISTER}, {"URL": "none"}],
        )
    )
    assert (notice.number, notice.announced_on, notice.kind) == ("25-901", date(2025, 6, 12), "recall")
    assert notice.url == "https://www.cpsc.gov/Recalls/2025/Acme"
    assert notice.company == Firm("Acme", "", "US")
    assert notice.firms == (Firm("Acme Inc.", "importer", "US"), Firm("Best Buy", "retailer"))
    assert notice.models == (Model("NS-1"), Model("NS-2"))
    assert notice.raw_sold == "Best Buy stores nationwide from May 2020 for $9."
    assert (notice.hazards, notice.remedies) == (("burn", "fire"), ("refund",))
    assert notice.joint_with == (SISTER,)


def test_a_seller_among_the_retailers_is_a_firm_and_no_sold_at_text():
    notice = api.read(
        record(Retailers=named("Amazon.com from May 2020 for $9.", "Yi Co., dba BaoD, of China"))
    )
    assert notice.raw_sold == "Amazon.com from May 2020 for $9."
    assert notice.firms == (Firm("Yi Co.", "retailer", "CN", "BaoD"), Firm("Amazon", "retailer"))


def test_several_products_with_quantities_of_their_own_are_not_added():
    products = [{"Name": "Lamps", "NumberOfUnits": "About 10"}, {"Name": "Fans", "NumberOfUnits": "About 20"}]
    notice = api.read(record(Products=products))
    assert (notice.product, notice.raw_units) == ("Lamps; Fans", "About 10; About 20")
    assert "several products" in notice.quantity.refused


def test_model_numbers_in_their_own_field_are_taken():
    assert api.read(record(Products=[{"Name": "Lamps", "Model": "X100"}])).models == (Model("X100"),)


def test_an_address_under_warnings_makes_a_warning():
    notice = api.read(record(Title="Acme Lamps", URL="https://www.cpsc.gov/Warnings/2026/Acme"))
    assert notice.kind == "warning"


def test_an_error_that_comes_as_a_record_is_refused_with_its_words():
    assert "an error instead of a recall: Bad date" in refusal({"RecallID": 0, "Title": "Bad date"})


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"RecallNumber": None}, "no notice number"),
        ({"RecallNumber": 25901}, "“RecallNumber” is not a text"),
        ({"RecallDate": None}, "no date"),
        ({"RecallDate": "2025-02-30T00:00:00"}, "is not a date"),
        ({"Title": ""}, "no title"),
        ({"Products": "Lamps"}, "“Products” is not a list of records"),
        ({"Hazards": ["fire"]}, "“Hazards” is not a list of records"),
        ({"Products": [{"NumberOfUnits": 7}]}, "“NumberOfUnits” is not a text"),
    ],
)
def test_a_record_without_what_a_notice_needs_is_refused(changed, reason):
    assert reason in refusal(record(**changed))


@pytest.mark.parametrize("value", [None, 7, "x", [], [{}], True, {}])
def test_what_is_no_record_is_refused(value):
    assert refusal(value)


def test_content_is_recognised_not_a_name():
    assert api.recognises(json_file([record()]).getvalue())
    assert api.recognises(json_file(record()).getvalue()[:60])
    assert not api.recognises(b"Recall Number,Date")
    assert not api.recognises(b'[{"NID": "1"}]')
    assert not api.recognises(b"")


@pytest.mark.parametrize(
    "stream", [json_file([1, 2], [3]), json_file([1], 2, 3), io.BytesIO(b"\xef\xbb\xbf[1,\n2,3]\n")]
)
def test_arrays_objects_and_lines_are_read_one_after_another(stream):
    assert list(api.records(stream)) == [1, 2, 3]


class Slow(io.BytesIO):
    """A stream that gives little at a time and counts the most that it was asked for."""

    most = 0

    def read(self, size=-1):
        Slow.most = max(Slow.most, size)
        return super().read(min(size, 7))


def test_records_are_read_across_pieces():
    values = [{"a": "ü" * 30, "b": [1, {"c": "]}"}]}, 123456, "x"]
    assert list(api.records(Slow(json.dumps(values).encode()))) == values


def test_a_large_file_is_read_piece_by_piece():
    Slow.most = 0
    assert (
        sum(1 for _ in api.records(io.BytesIO(b"[" + b",".join([b'{"a": 1}'] * 100_000) + b"]"))) == 100_000
    )
    assert len(list(api.records(Slow(b"[" + b",".join([b'{"a": 1}'] * 1_000) + b"]")))) == 1_000
    assert Slow.most <= 1 << 16


@pytest.mark.parametrize(
    "content", [b'[{"a": 1}, {"a": ', b'[{"a": 1},', b"<html>", b"[1, x]", b"[" + b'{"a":[' * 99_999]
)
def test_a_file_that_breaks_off_or_is_no_json_is_refused(content):
    with pytest.raises(RefusedError, match=r"breaks off|nested"):
        list(api.records(io.BytesIO(content)))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
LISTS = [
    "Products",
    "Hazards",
    "Injuries",
    "Importers",
    "Manufacturers",
    "Distributors",
    "Retailers",
    "RemedyOptions",
    "Inconjunctions",
]
KEYS = ["RecallID", "RecallNumber", "RecallDate", "Title", "Description", "URL", *LISTS]
PARTS = st.lists(
    st.dictionaries(st.sampled_from(["Name", "Option", "URL", "NumberOfUnits", "Model", "Type"]), VALUES)
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES | PARTS))
def test_any_json_gives_a_notice_or_a_reason(values):
    for value in (values, record(**values)):
        try:
            assert isinstance(api.read(value), Notice)
        except RefusedError as refused:
            assert str(refused)
