"""The listing's rows become notices: today's columns, the older ones, warnings, and files that break off."""

import io
import os
from datetime import date
from pathlib import Path

import pytest
from cpsc_records import COLUMNS, OLDER_COLUMNS, row
from hypothesis import given
from hypothesis import strategies as st

from recalls.importers.cpsc import api, listing
from recalls.importers.notice import Firm, Model, Notice, RefusedError

SHARED = Path(os.environ.get("SHARED_DIR", Path(__file__).resolve().parents[2] / "shared")) / "data" / "cpsc"
OLDER = b'25-901,"June 12, 2025",Acme Recalls Lamps,Lamps,"The \xc3\xa2\xe2\x82\xac\xc5\x93A1\xc3\xa2\xe2\x82\xac lamp"'


def csv_of(*lines, columns=COLUMNS):
    return io.BytesIO("\r\n".join([",".join(columns), *lines]).encode("utf-8-sig"))


def refusal(record):
    with pytest.raises(RefusedError) as refused:
        listing.read(record)
    return str(refused.value)


def test_a_row_becomes_a_notice():
    notice = listing.read(
        row(
            recall_heading="Acme&nbsp;Recalls Lamps Due to Fire Hazard",
            name_of_product="Desk Lamps (model A1263 only)",
            remedy_type="Refund, Replace",
            importers="Acme Inc., of Boston, Massachusetts",
            sold_at="Target stores nationwide from May 2020",
            incidents="None reported",
        )
    )
    assert (notice.number, notice.announced_on, notice.kind) == ("25-901", date(2025, 6, 12), "recall")
    assert notice.title == "Acme Recalls Lamps Due to Fire Hazard"
    assert notice.company == Firm("Acme", "", "US")
    assert notice.firms == (Firm("Acme Inc.", "importer", "US"), Firm("Target", "retailer"))
    assert notice.models == (Model("A1263"),)
    assert notice.quantity.units[0].low == 1_000
    assert (notice.hazards, notice.remedies) == (("fire",), ("refund", "replace"))
    assert (notice.raw_units, notice.raw_harm) == ("About 1,000", "None reported")


def test_the_custom_label_tells_the_sellers_role():
    notice = listing.read(row(custom_label="Seller:", custom_field="Yi Co., dba BaoD, of China"))
    assert notice.firms == (Firm("Yi Co.", "retailer", "CN", "BaoD"),)


def test_the_firm_under_recalling_firm_recalls_and_has_no_other_role():
    title = "Lamps Recalled Due to Fire Hazard"
    notice = listing.read(
        row(recall_heading=title, custom_label="Recalling Firm:", custom_field="Yi Co., of China")
    )
    assert (notice.company, notice.firms) == (Firm("Yi Co.", "", "CN"), ())


def test_a_recall_follows_up_the_warning_whose_number_stands_beside_its_own():
    notice = listing.read(row(product_safety_warning_number="24-350"))
    assert (notice.kind, notice.upgrades) == ("recall", "24-350")


def test_a_row_with_the_warnings_number_alone_is_a_warning():
    warning = {"product_safety_warning_number": "24-350", "product_safety_warning_date": "May 2, 2024"}
    notice = listing.read(row(recall_number="", date="", **warning))
    assert (notice.number, notice.kind, notice.upgrades) == ("24-350", "warning", "")
    assert notice.announced_on == date(2024, 5, 2)


def test_earlier_notices_that_the_text_names_are_widened():
    text = "This recall expands recall 24-074 and was made in 10-110 sizes."
    units = "About 10 (About 950 robes were previously recalled in June 2021 under recall number 20-123)"
    assert listing.read(row(description=text, units=units)).expands == ("20-123", "24-074")


def test_no_units_are_no_reading_and_no_refusal():
    notice = listing.read(row(units=""))
    assert (notice.quantity.units, notice.quantity.refused, notice.raw_units) == ((), None, "")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"recall_number": ""}, "no notice number"),
        ({"recall_number": "Recall Number"}, "not a notice number"),
        ({"date": ""}, "no date"),
        ({"date": "soon"}, "“soon” is not a date"),
        ({"recall_heading": " "}, "no heading"),
    ],
)
def test_a_row_without_what_a_notice_needs_is_refused(changed, reason):
    assert reason in refusal(row(**changed))


def test_todays_columns_are_recognised_by_content():
    head = csv_of().getvalue()
    assert listing.recognises(head)
    assert listing.recognises(head.removeprefix(b"\xef\xbb\xbf"))
    assert not listing.recognises(b'[{"RecallID": 1}]')
    assert not listing.recognises(b"")
    assert not listing.recognises(b"a,b\n" + head)


def test_the_older_columns_without_mark_and_with_double_encoded_quotes_are_read():
    stream = io.BytesIO(",".join(OLDER_COLUMNS).encode() + b"\n" + OLDER + b",,,About 9,,,,,,\n")
    (record,) = listing.records(stream)
    notice = listing.read(record)
    assert (notice.number, notice.quantity.units[0].low) == ("25-901", 9)
    assert record["Description"].startswith("The â")
    assert listing.recognises(stream.getvalue())


def test_a_file_saved_by_a_windows_program_keeps_its_quotation_marks():
    stream = io.BytesIO(
        b'Recall Number,Date,Recall Heading,Units\n25-901,"June 1, 2025",\x93Acme\x94 Lamps,9\n'
    )
    assert [record["Recall Heading"] for record in listing.records(stream)] == ["“Acme” Lamps"]


def test_rows_that_are_too_short_or_too_long_are_refused():
    rows = listing.records(csv_of('25-901,,"June 1, 2025"', ",".join(["x"] * 30)))
    assert all("more or fewer cells" in refusal(record) for record in rows)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b'[{"RecallID": 1}]', b"\x00\xff\n" * 9])
def test_a_file_without_the_listings_columns_is_refused(content):
    with pytest.raises(RefusedError, match="first line"):
        list(listing.records(io.BytesIO(content)))


def test_a_quotation_mark_that_never_closes_is_refused():
    with pytest.raises(RefusedError, match="CSV"):
        list(listing.records(csv_of('25-901,"' + "x" * 200_000)))


CELLS = st.none() | st.text() | st.integers() | st.lists(st.text()) | st.dictionaries(st.text(), st.text())


@given(st.dictionaries(st.sampled_from(COLUMNS), CELLS))
def test_any_values_give_a_notice_or_a_reason(values):
    try:
        assert isinstance(listing.read({**row(), **values}), Notice)
    except RefusedError as refused:
        assert str(refused)


def shared(module, name):
    if not SHARED.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"The real records are not here: {SHARED}")
    with (SHARED / name).open("rb") as stream:
        assert module.recognises(stream.read(4096))
        stream.seek(0)
        return {notice.number: notice for notice in map(module.read, module.records(stream))}


def test_every_real_row_and_record_is_read():
    rows, records = shared(listing, "listing.csv"), shared(api, "api_records.json")
    assert (len(rows), len(records)) == (442, 10)
    assert sum(bool(notice.upgrades) for notice in rows.values()) == 4
    assert {notice.kind for notice in [*rows.values(), *records.values()]} == {"recall"}


@pytest.mark.parametrize("number", ["25-338", "25-437"])
def test_a_notice_in_both_formats_agrees(number):
    row, record = shared(listing, "listing.csv")[number], shared(api, "api_records.json")[number]
    for name in ("title", "announced_on", "kind", "product", "quantity", "raw_units", "hazards", "remedies"):
        assert getattr(row, name) == getattr(record, name), name
