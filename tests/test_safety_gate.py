"""Safety Gate's weekly reports, from small ones written by hand in the published shape; no real file is here."""

import io
import time
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalls.importers import safety_gate
from recalls.importers.notice import Firm, Model, Notice, RefusedError

REPORT = (
    b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Safety-Gate xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <report_language>en</report_language>
  <report_date>28/08/2026</report_date>
  <report_week>35</report_week>
  <notifications xsi:type="ConsumerContentDto">
    <order>1</order>
    <caseNumber>SR/00001/26</caseNumber>
    <reference><![CDATA[https://ec.europa.eu/safety-gate-alerts/screen/webReport/alertDetail/1]]></reference>
    <category><![CDATA[Electrical appliances and equipment]]></category>
    <product><![CDATA[Power bank]]></product>
    <brand><![CDATA[Lumo & Co]]></brand>
    <name><![CDATA[Sigma]]></name>
    <type_numberOfModel>LM-10K</type_numberOfModel>
    <barcode xsi:nil="true"/>
    <riskType>Burns, Fire</riskType>
    <danger>The cells can overheat.</danger>
    <measures>Type of economic operator taking notified measure(s): DistributorCategory of measure(s): """
    b"""Recall of the product from end usersDate of entry into force: 22/05/2026</measures>
    <URLrecall>None</URLrecall>
    <description>Black power bank.</description>
    <notifyingCountry>Germany</notifyingCountry>
    <countryOfOrigin>People's Republic of China</countryOfOrigin>
    <level>Serious risk</level>
    <onlineTrader>Other(Shein (sj23050389953853544))</onlineTrader>
    <pictures><picture>https://ec.europa.eu/image/1</picture><picture>https://ec.europa.eu/image/2</picture></pictures>
  </notifications>
  <notifications><order>2</order><caseNumber>SR/00002/26</caseNumber><product>Lamp</product></notifications>
</Safety-Gate>
"""
)


def records(content: bytes) -> list[dict]:
    return list(safety_gate.records(io.BytesIO(content)))


FIRST, SECOND = records(REPORT)


def read(**changed) -> Notice:
    return safety_gate.read(FIRST | changed)


def refusal(function, *arguments, **changed) -> str:
    with pytest.raises(RefusedError) as error:
        function(*arguments, **changed)
    return str(error.value)


def test_a_notification_becomes_a_notice_and_what_the_report_does_not_say_stays_empty():
    assert read() == Notice(
        number="SR/00001/26",
        title="Lumo & Co: Power bank (Sigma)",
        announced_on=date(2026, 8, 28),
        url="https://ec.europa.eu/safety-gate-alerts/screen/webReport/alertDetail/1",
        company=Firm("Lumo & Co"),
        firms=(Firm("Shein", role="retailer"),),
        product="Power bank (Sigma)",
        models=(Model("LM-10K", "Sigma"),),
        category="Electrical appliances and equipment",
        hazards=("burn", "fire"),
        cause="The cells can overheat.",
    )


def test_there_are_no_units_in_this_format():
    notice = read()
    assert (notice.quantity.units, notice.quantity.refused, notice.raw_units) == ((), None, "")


def test_each_notification_has_the_reports_date_and_its_own_fields():
    assert SECOND == {
        "report_language": "en",
        "report_date": "28/08/2026",
        "order": "2",
        "caseNumber": "SR/00002/26",
        "product": "Lamp",
    }
    assert safety_gate.read(SECOND).title == "Lamp"


def test_older_reports_have_one_element_more():
    older = b"""<rapex><report_date>03/01/2014</report_date><notifications>
        <notification><caseNumber>A12/0001/14</caseNumber><product>Toy</product></notification>
        <notification><caseNumber>A12/0002/14</caseNumber><product>Lamp</product></notification>
        </notifications></rapex>"""
    assert [safety_gate.read(record).number for record in records(older)] == ["A12/0001/14", "A12/0002/14"]


def test_notifications_without_an_element_of_their_own_are_told_apart_by_their_order():
    flat = b"""<Safety-Gate><report_date>28/08/2026</report_date><notifications>
        <order>1</order><caseNumber>SR/00001/26</caseNumber><product>Toy</product>
        <order>2</order><caseNumber>SR/00002/26</caseNumber><product>Lamp</product>
        </notifications></Safety-Gate>"""
    assert [safety_gate.read(record).product for record in records(flat)] == ["Toy", "Lamp"]


@pytest.mark.parametrize(
    ("written", "number"),
    [(" sr/00001/26 ", "SR/00001/26"), ("A12/01239/20", "A12/01239/20"), ("INFO/00123/23", "INFO/00123/23")],
)
def test_the_number_is_the_case_number(written, number):
    assert read(caseNumber=written).number == number


@pytest.mark.parametrize("written", [None, "", "BAD", "SR/00001", "10118487", 7, [], "SR/00001/26/27"])
def test_a_notification_without_a_case_number_is_refused(written):
    assert "case number" in refusal(read, caseNumber=written)


@pytest.mark.parametrize(
    "written", [None, "", "2026-08-28", "31/02/2026", "8/2026", "28/08/26", "00/00/0000"]
)
def test_a_report_without_a_day_is_refused(written):
    assert "date" in refusal(read, report_date=written)


def test_a_report_in_another_language_is_refused():
    assert "“de”" in refusal(read, report_language="de")
    assert read(report_language=None).language == "en"


def test_a_notification_without_a_product_is_refused():
    assert "names no product" in refusal(read, product="Unknown", name="None")


@pytest.mark.parametrize(
    ("product", "name", "both"),
    [("Power bank", "None", "Power bank"), ("Unknown", "Sigma", "Sigma"), ("Sigma", "sigma", "Sigma")],
)
def test_the_product_is_its_kind_and_its_name_as_far_as_stated(product, name, both):
    assert read(product=product, name=name).product == both


@pytest.mark.parametrize(
    "brand",
    [
        "",
        None,
        "None",
        "Unknown",
        "UNKNOWN.",
        "Unbranded",
        "No-name",
        "n/a",
        "-",
        "?",
        "Sans marque",
        "Ohne Markenbezeichnung",
        "unbekannt",
        "Sin marca",
        "Senza marca",
        "Zonder merk",
        "Okänd",
        "Uden mærke",
        "Bez značky",
        "Brak marki",
        "Fără marcă",
        "Χωρίς μάρκα",
        "Без марка",
        "Nepoznato",
        "&nbsp;",
    ],
)
def test_a_placeholder_is_no_company_in_any_language(brand):
    notice = read(brand=brand)
    assert (notice.company, notice.title) == (None, "Power bank (Sigma)")


@pytest.mark.parametrize(
    "brand", ["VW - Volkswagen", "Black & Decker", "Acme, Inc.", "Unknown Worlds", "Y&amp;H"]
)
def test_a_brand_is_the_company(brand):
    assert read(brand=brand).company == Firm(brand.replace("&amp;", "&"))


def test_of_several_brands_none_is_the_company():
    notice = read(brand="VW, Audi, Skoda")
    assert (notice.company, notice.title) == (None, "VW, Audi, Skoda: Power bank (Sigma)")


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("LM-10K; LM-20K", ["LM-10K", "LM-20K"]),
        ("e1*2007/46*2180*", ["e1*2007/46*2180*"]),
        ("None", []),
        ("Unknown", []),
        ("Various colours", []),
        ("Type-approval number: e1*2007", []),
        ("All models that were sold between 2019 and 2024 in the shops of the importer", []),
    ],
)
def test_models_are_what_looks_like_a_number(written, numbers):
    assert [model.number for model in read(type_numberOfModel=written).models] == numbers


@pytest.mark.parametrize(
    ("written", "firms"),
    [
        ("None", ()),
        ("Amazon; Temu", ("Amazon", "Temu")),
        ("Other(None)", ()),
        ("Shop Co., Ltd", ("Shop Co., Ltd",)),
    ],
)
def test_online_traders_are_retailers(written, firms):
    assert read(onlineTrader=written).firms == tuple(Firm(name, role="retailer") for name in firms)


@pytest.mark.parametrize(
    ("written", "hazards"),
    [
        ("Asphyxiation", ("suffocation",)),
        ("Cuts", ("laceration",)),
        ("Electric shock, Fire", ("electric shock", "fire")),
        ("Injuries", ("other",)),
        ("Health risk / other", ("other",)),
        ("Environment", ("other",)),
        ("Choking, Chemical", ("choking", "chemical")),
        ("None", ()),
        (None, ()),
    ],
)
def test_hazards_come_from_the_risk_type(written, hazards):
    assert read(riskType=written).hazards == hazards


@pytest.mark.parametrize(
    ("measures", "link", "kind"),
    [
        ("Category of measure(s): Recall of the product from end users", "", "recall"),
        ("Recall of the product from end users", "", "recall"),
        ("Category of measure(s): Stop of salesDate of entry into force: Unknown", "", "warning"),
        ("Category of measure(s): Withdrawal of the product from the market", "None", "warning"),
        ("Category of measure(s): Stop of sales", "https://lumo.example/recall", "recall"),
        ("", "", "warning"),
    ],
)
def test_without_a_recall_among_the_measures_it_is_a_warning(measures, link, kind):
    assert read(measures=measures, URLrecall=link).kind == kind


@pytest.mark.parametrize(
    ("measures", "remedies"),
    [
        (
            "Category of measure(s): Recall indicating repair by consumersDate of entry into force: Unknown",
            ("repair",),
        ),
        (
            "Category of measure(s): Other: refund for consumersDate of entry into force: 1/1/2026",
            ("refund",),
        ),
        ("Category of measure(s): Destruction of the product", ()),
        ("Category of measure(s): Marking the product with appropriate warnings on the risks", ()),
        ("Category of measure(s): Other: no refund", ()),
    ],
)
def test_remedies_come_from_clear_measures(measures, remedies):
    assert read(measures=measures).remedies == remedies


@pytest.mark.parametrize("record", [None, [], "text", 7, {}])
def test_what_is_no_record_is_refused(record):
    assert refusal(safety_gate.read, record)


def test_the_format_is_recognised_by_its_content():
    assert safety_gate.recognises(REPORT[:300])
    assert safety_gate.recognises(REPORT.decode().replace("UTF-8", "UTF-16").encode("utf-16")[:600])
    for other in (b"", b"<error>later</error>", b"<html><body>", b'[{"NID": "1"}]', b"Recall Number,Title"):
        assert not safety_gate.recognises(other)


def test_a_report_in_another_encoding_is_read():
    assert records(REPORT.decode().replace("UTF-8", "UTF-16").encode("utf-16")) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not whole XML"),
        (b"no XML", "not whole XML"),
        (REPORT[:900], "breaks off"),
        (REPORT.replace(b"UTF-8", b"UTF-99"), "not whole XML"),
        (REPORT.replace(b"Lamp", b"\xff"), "damaged"),
        (REPORT.replace(b"Lamp", b"&secret;"), "damaged"),
        (b"<error>temporarily unavailable</error>", "not a weekly report"),
        (
            b"<Safety-Gate><weeklyReport><URL>x</URL></weeklyReport></Safety-Gate>",
            "the list of weekly reports",
        ),
        (b"<a>" * 1000, "nests deeper"),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_a_sentence(content, reason):
    assert reason in refusal(records, content)


def test_a_week_without_notifications_is_a_report():
    assert records(b"<Safety-Gate><report_date>28/08/2026</report_date></Safety-Gate>") == []


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "https://example.org/x.dtd">',
    ],
)
def test_a_document_type_is_refused_and_with_it_every_entity(declared):
    content = REPORT.replace(b"<Safety-Gate ", declared + b"<Safety-Gate ").replace(b"Lamp", b"&a;")
    assert "document type" in refusal(records, content)


def test_a_text_without_end_is_refused():
    assert "longer than" in refusal(records, REPORT.replace(b"Lamp", b"x" * 2_000_000))


class Long:
    """A report of 50,000 notifications that never exists as a whole."""

    def __init__(self):
        one = REPORT[REPORT.index(b"  <notifications x") : REPORT.index(b"  <notifications><order>2")]
        begin = b"<Safety-Gate xmlns:xsi='x'><report_date>28/08/2026</report_date>"
        self.parts = iter([begin, *([one] * 5_000), b"</Safety-Gate>"])

    def read(self, _size):
        return next(self.parts, b"")


def test_a_long_report_takes_no_more_memory_than_a_short_one():
    tracemalloc.start()
    assert sum(1 for _ in safety_gate.records(Long())) == 5_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize(
    "text", ["<a " * 50_000, "(" * 50_000, "&amp;" * 50_000, "Category of measure" * 20_000, "<!--" * 50_000]
)
def test_a_text_made_to_be_slow_is_not(text):
    start = time.monotonic()
    read(brand=text, measures=text, onlineTrader=f"Other({text}", riskType=text, type_numberOfModel=text)
    assert time.monotonic() - start < 10  # quadratic would be minutes


VALUES = (
    st.none() | st.booleans() | st.integers() | st.text() | st.characters(codec=None) | st.lists(st.text())
)


@given(st.dictionaries(st.sampled_from(list(FIRST)), VALUES))
def test_any_garbage_gives_a_notice_or_a_reason(changed):
    try:
        notice = read(**changed)
    except RefusedError as reason:
        assert str(reason)
    else:
        notice.title.encode()


@given(st.integers(0, len(REPORT)), st.binary(max_size=20))
def test_any_bytes_give_records_or_a_reason(place, garbage):
    try:
        records(REPORT[:place] + garbage + REPORT[place:])
    except RefusedError as reason:
        assert str(reason)
