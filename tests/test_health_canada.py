"""Health Canada's open data, from small records written by hand in the published shape; no real file is here."""

import io
import json
import time
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalls.importers import health_canada
from recalls.importers.notice import Firm, Notice, RefusedError

SITE = "https://recalls-rappels.canada.ca"
HEATER = {
    "NID": "70001",
    "Title": "Warmly 1500 Portable Heaters recalled due to fire hazard ",
    "URL": f"{SITE}/en/alert-recall/warmly-1500-portable-heaters-recalled-due-fire-hazard",
    "Organization": "Consumer product safety",
    "Product": "Warmly 1500 Portable Heaters",
    "Issue": "Fire hazard - Burn hazard",
    "What you should do": "Stop using the product and contact Warmly for a full refund.",
    "Category": "Outdoor living",
    "Recall class": "",
    "Last updated": "2025-04-03",
    "Archived": "0",
}
JOINT = (
    "<p>Contact the firm for a free warning sticker.</p>Joint recall with Health Canada, the United States "
    "Consumer Product Safety Commission (US CPSC) and Warmly Group, Inc.Please note that the Canada Consumer "
    "Product Safety Act prohibits recalled products from being redistributed, sold or even given away."
)


def read(**changed) -> Notice:
    return health_canada.read(HEATER | changed)


def advised(text: str) -> Notice:
    return read(**{"What you should do": text})


def records(content: bytes) -> list:
    return list(health_canada.records(io.BytesIO(content)))


def refusal(function, *arguments, **changed) -> str:
    with pytest.raises(RefusedError) as error:
        function(*arguments, **changed)
    return str(error.value)


def test_a_record_becomes_a_notice_and_what_the_file_does_not_say_stays_empty():
    assert read() == Notice(
        number="RA-70001",
        title="Warmly 1500 Portable Heaters recalled due to fire hazard",
        announced_on=date(2025, 4, 3),
        url=f"{SITE}/en/alert-recall/warmly-1500-portable-heaters-recalled-due-fire-hazard",
        product="Warmly 1500 Portable Heaters",
        category="Outdoor living",
        hazards=("fire", "burn"),
        cause="Fire hazard - Burn hazard",
        remedies=("refund",),
    )


def test_there_are_no_units_in_this_format():
    notice = read()
    assert (notice.quantity.units, notice.quantity.refused, notice.raw_units) == ((), None, "")


def test_an_archived_notice_stays_a_notice():
    assert read(Archived="1") == read()


def test_padding_entities_and_unseen_signs_are_cleaned_away():
    title = "\u200b\u200bINMO&nbsp;AIR3 Smart Glasses \u200brecalled due to burn &amp;amp; fire hazard\x00 "
    assert read(Title=title).title == "INMO AIR3 Smart Glasses recalled due to burn & fire hazard"


@pytest.mark.parametrize("written", ["70001", 70001, "RA-70001", " ra70001 "])
def test_the_number_is_the_identification_number_of_the_page(written):
    assert read(NID=written).number == "RA-70001"


@pytest.mark.parametrize("written", ["", None, "see page", "-1", True, 1.5, "٧٠٠٠١", "1" * 40])
def test_a_record_without_a_number_is_refused(written):
    assert "NID" in refusal(read, NID=written)


def test_a_path_is_completed_to_an_address():
    assert read(URL="/en/alert-recall/heaters").url == f"{SITE}/en/alert-recall/heaters"


@pytest.mark.parametrize("written", [None, "", "javascript:alert(1)", "https://[::1", "https://a b/", 7.5])
def test_what_is_no_web_address_is_left_out(written):
    assert read(URL=written).url == ""


@pytest.mark.parametrize("written", ["2025-04-03", "2025-04-03T12:00:00Z", " 2025-04-03 09:30"])
def test_the_date_is_the_last_update(written):
    assert read(**{"Last updated": written}).announced_on == date(2025, 4, 3)


@pytest.mark.parametrize("written", [None, "", "None", "03/04/2025", "2025-02-30", "0000-01-01", 1743638400])
def test_a_record_without_a_date_is_refused(written):
    assert "“Last updated”" in refusal(read, **{"Last updated": written})


@pytest.mark.parametrize(
    "organization", ["CFIA", "Drugs and health products", "Marketed health products", "Medical devices"]
)
def test_food_medicine_and_medical_devices_are_refused_by_their_organization(organization):
    assert refusal(read, Organization=organization).startswith("Not a consumer product")


@pytest.mark.parametrize(
    "category", ["Drugs", "Natural health products", "Biologic or vaccine", "Drugs - Food"]
)
def test_the_communications_branch_is_judged_by_the_category(category):
    branch = "Communications and Public Affairs Branch"
    assert refusal(read, Organization=branch, Category=category).startswith("Not a consumer product")


@pytest.mark.parametrize(
    "category", ["", None, "Household items", "Drugs - Household items", "Food processors"]
)
def test_a_category_that_does_not_clearly_say_so_is_read(category):
    assert (
        read(Organization="Communications and Public Affairs Branch", Category=category).number == "RA-70001"
    )


def test_a_vehicle_recall_names_its_maker_in_the_title():
    vehicle = {"Organization": "TC", "Product": "Light Truck & Van recalled by FORD", "Issue": "Fuel System"}
    notice = read(Title="Transport Canada Recall - 2026432 - FORD", **vehicle)
    assert (notice.company, notice.kind, notice.hazards) == (Firm("FORD"), "recall", ())
    assert notice.product == "Light Truck & Van"
    assert read(Title="Transport Canada Recall - 2018078 - ", **vehicle).company is None


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("IKEA Canada recalls LETTAN mirrors due to laceration hazard", "IKEA Canada"),
        ("IKEA Canada is recalling LETTAN mirrors", "IKEA Canada"),
        ("IKEA expands its recall of LETTAN mirrors because of a laceration hazard", "IKEA"),
        ("LETTAN mirrors recalled by IKEA Canada due to laceration hazard", "IKEA Canada"),
        ("LETTAN mirrors have been recalled by IKEA Canada", "IKEA Canada"),
        ("Certain Polar brand sleds recalled due to fall hazard", "Polar"),
        ("3M recalls masks", "3M"),
    ],
)
def test_the_company_is_taken_from_a_clear_wording(title, company):
    assert read(Title=title).company == Firm(company)


@pytest.mark.parametrize(
    "title",
    [
        "LETTAN mirrors recalled due to laceration hazard",
        "Health Canada recalls that mirrors can break",
        "Various retailers recalls of mirrors due to laceration hazard",
        "IKEA, Sears and Walmart recalls mirrors",
        "Voluntary recall of mirrors",
        "certain stores recalls mirrors",
        "Polar and Bear brand sleds recalled due to fall hazard",
        "Recall",
        "A" * 5000 + " recalls mirrors",
    ],
)
def test_no_company_is_made_up(title):
    assert read(Title=title).company is None


def test_the_firm_of_a_joint_recall_is_the_one_beside_the_authorities():
    assert advised(JOINT).company == Firm("Warmly Group Inc")
    assert advised("Joint recall with Health Canada, the U.S. CPSC, Acme and Bolt.").company is None
    assert advised("Joint recall with Health Canada and the US CPSC.").company is None


def test_a_joint_recall_gives_the_addresses_of_its_sisters_and_no_others():
    cpsc = "https://www.cpsc.gov/Recalls/2025/Warmly-Recalls-Heaters"
    linked = (
        f"{JOINT} <a href='{cpsc}'>CPSC</a>, see https://www.cpsc.gov/ and https://warmly.example/recall/1."
    )
    assert advised(linked).joint_with == (cpsc,)
    assert advised(JOINT).joint_with == ()
    assert advised(f"See {cpsc}.").joint_with == ()


@pytest.mark.parametrize(
    "title",
    [
        "Heaters recalled due to fire hazard [Joint recall with US CPSC]",
        "Joint recall with US CPSC: Heaters recalled due to fire hazard",
        "Heaters recalled due to fire hazard - joint recall with US CPSC",
    ],
)
def test_the_mark_of_a_joint_recall_is_no_part_of_the_product(title):
    notice = read(Title=title, Product=None, Issue="")
    assert (notice.title, notice.product, notice.cause) == (title, "Heaters", "fire hazard")


@pytest.mark.parametrize("written", [None, "", "None", "Multiple", "N/A"])
def test_the_product_is_the_titles_where_the_field_says_none(written):
    assert read(Product=written).product == "Warmly 1500 Portable Heaters"


def test_a_warning_of_health_canada_is_no_recall():
    title = "Health Canada warns that Tiny Magnets may pose a risk of ingestion"
    notice = read(Title=title, Product=None, Issue="Consumer products")
    assert (notice.kind, notice.product, notice.company) == ("warning", "Tiny Magnets", None)
    assert notice.hazards == ("ingestion",)


def test_a_notice_that_speaks_of_no_recall_is_a_warning():
    title = "Misuse of lithium-ion batteries can be extremely dangerous"
    assert read(Title=title, Product="", **{"What you should do": "Charge with care."}).kind == "warning"


@pytest.mark.parametrize(
    ("issue", "hazards"),
    [
        ("Fall hazard - Strangulation hazard", ("fall", "strangulation")),
        ("Electrical shock hazard", ("electric shock",)),
        ("Flammability hazard", ("fire",)),
        ("Burn hazard - Physical hazard", ("burn", "other")),
        ("Tip-over and entrapment hazards", ("tip-over", "entrapment")),
        ("Chemical hazard; Lead", ("chemical",)),
        ("Labelling and packaging", ()),
    ],
)
def test_hazards_come_from_the_issue(issue, hazards):
    assert read(Title="Heaters", Issue=issue).hazards == hazards


def test_an_issue_that_is_a_category_gives_way_to_the_title():
    notice = read(Title="Step stools recalled due to fall and entrapment hazards", Issue="Consumer products")
    assert (notice.hazards, notice.cause) == (("fall", "entrapment"), "fall and entrapment hazards")


@pytest.mark.parametrize(
    ("text", "remedies"),
    [
        ("Return it for a refund or a replacement at no cost.", ("refund", "replace")),
        ("Contact Acme for a free repair kit.For more information call.", ("repair",)),
        ("Stop using and dispose of the product.", ("dispose",)),
        ("Ask for new supplemental instructions and a free warning sticker.", ("new instructions", "label")),
        ("No refund is offered. Do not dispose of it. It cannot be repaired.", ()),
        (JOINT, ("label",)),
        ("", ()),
    ],
)
def test_remedies_are_what_a_sentence_offers(text, remedies):
    assert set(advised(text).remedies) == set(remedies)


def test_a_french_record_is_refused():
    french = {"NID": "70001", "Titre": "Rappel de radiateurs", "Dernière mise à jour": "2025-04-03"}
    assert "French" in refusal(health_canada.read, french)


@pytest.mark.parametrize("record", [None, [], "text", 7, {}])
def test_what_is_no_record_is_refused(record):
    assert refusal(health_canada.read, record)


def test_the_format_is_recognised_by_its_content():
    head = json.dumps([HEATER], indent=1).encode()
    assert health_canada.recognises(head)
    assert health_canada.recognises(b"\xef\xbb\xbf" + head)
    for other in (b"", b"[]", b'[{"RecallID": 1, "Title": "x"}]', b"NID,Title,URL", b"<Safety-Gate>"):
        assert not health_canada.recognises(other)


def test_records_come_one_by_one_in_the_files_order():
    content = b"\xef\xbb\xbf\r\n" + json.dumps([HEATER, HEATER | {"NID": "70002"}, 7]).encode()
    assert records(content) == [HEATER, HEATER | {"NID": "70002"}, 7]
    assert records(b"[]") == []


@pytest.mark.parametrize("content", [b"<html>", b"[{]", b"[1,", b"[" * 9_999])
def test_a_file_that_is_no_whole_list_is_refused_with_a_sentence(content):
    assert refusal(records, content).startswith("The file")


def test_a_file_that_breaks_off_gives_its_whole_records_first():
    found = health_canada.records(io.BytesIO(json.dumps([HEATER, HEATER]).encode()[:-20]))
    assert next(found) == HEATER
    assert refusal(next, found).startswith("The file breaks off or isn't JSON, here: “")


class Long:
    """A file of 20,000 records that never exists as a whole."""

    def __init__(self):
        one = json.dumps(HEATER).encode()
        self.parts = iter([b"[" + one, *([b"," + one] * 19_999), b"]"])

    def read(self, _size):
        return next(self.parts, b"")


def test_a_long_file_takes_no_more_memory_than_a_short_one():
    tracemalloc.start()
    assert sum(1 for _ in health_canada.records(Long())) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 50_000,
        "joint recall with " * 10_000,
        "joint recall https://www.cpsc.gov/" + "recall" * 50_000,
    ],
)
def test_a_text_made_to_be_slow_is_not(text):
    start = time.monotonic()
    advised(text)
    read(Title=text[:400], Issue=text, Product=text, URL=text)
    assert time.monotonic() - start < 10  # quadratic would be minutes


@pytest.mark.parametrize(
    "words", ["recalled by ", "recalls ", "brand recalled for ", "Health Canada warns pose ", "has "]
)
def test_a_title_made_to_be_slow_is_not(words):
    start = time.monotonic()
    read(Title=words * (400 // len(words)))
    assert time.monotonic() - start < 5


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.characters(codec=None),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*HEATER, "Titre"]), VALUES))
def test_any_garbage_gives_a_notice_or_a_reason(changed):
    try:
        notice = read(**changed)
    except RefusedError as reason:
        assert str(reason)
    else:
        notice.title.encode()


@given(st.binary(max_size=200))
def test_any_bytes_give_records_or_a_reason(content):
    try:
        records(b"[" + content)
    except RefusedError as reason:
        assert str(reason)
