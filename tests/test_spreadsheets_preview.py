"""The preview says of each row what an import would do, and of each refused cell why."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from evidence.forms import UNCITED
from recalls.models import Citation, JointGroup, Progress, RecallBatch
from recalls.spreadsheets import cells, checking, comparing, known, matching
from tests import factory
from tests.admin_pages import sign_in
from tests.spreadsheets import DETAIL, NEW, changes, outcomes, previewed, reasons, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    factory.company("Anker")
    factory.regulator("CPSC", "US")
    return sign_in(client)


def test_a_row_that_is_not_entered_is_new_and_named_as_staff_would(staff):
    upload = previewed(staff, NEW | {"notice_number": "25-338"})
    assert outcomes(upload) == ["new"]
    assert upload.rows.get().slug == "us-25-338"
    assert not RecallBatch.objects.exists()


def test_namesakes_without_a_notice_number_are_numbered(staff):
    other_day = {"announced_on": "2025-06-13"}
    upload = previewed(staff, NEW, NEW | other_day)
    stem = f"us-{factory.company('Anker').slug}-powercore-10000-power-banks"
    assert list(upload.rows.values_list("slug", flat=True)) == [stem, f"{stem}-2"]


def test_a_changed_cell_shows_its_old_and_new_value(staff):
    factory.batch(slug="us-a1263", units=1_000)
    row = {"slug": "us-a1263", "units_low": "1158000", "units_high": "", "units_precision": "approximate"}
    upload = previewed(staff, row)
    assert outcomes(upload) == ["changed"]
    assert changes(upload) == [
        ("units_low", "1000", "1158000"),
        ("units_high", "1000", "1158000"),
        ("units_precision", "exact", "approximate"),
    ]


def test_the_same_in_other_words_is_unchanged(staff):
    factory.company("Anker Innovations")
    factory.alias(factory.company("Anker"), "安克创新")
    factory.batch(
        slug="us-a1263", company=factory.company("Anker"), hazards=["fire", "burn"], price_low=27, price_high=27,
        price_currency="USD", price_grade="official", sold_from="2016-06",
    )  # fmt: skip
    row = {
        "slug": "us-a1263", "company": "安克创新", "regulator": "cpsc", "region": "us", "hazards": "Burn;fire",
        "price_low": "27", "price_high": "27.0", "units_precision": "not stated",
        "sold_from": "2016-06-01 to 2016-06-30",
    }  # fmt: skip
    upload = previewed(staff, row)
    assert changes(upload) == []
    assert outcomes(upload) == ["unchanged"]


def test_an_absent_column_changes_nothing_and_an_empty_cell_empties(staff):
    factory.batch(slug="us-a1263", cause="overheating", note="kept")
    upload = previewed(staff, {"slug": "us-a1263", "cause": ""})
    assert changes(upload) == [("cause", "overheating", "")]


def test_a_batch_is_found_by_its_notice_also_without_a_region_column(staff):
    batch = factory.batch(notice_number="25-338", title="Old title")
    upload = previewed(staff, NEW | {"notice_number": "25-338"})
    assert upload.rows.get().batch == batch
    assert changes(upload)[0] == ("title", "Old title", NEW["title"])


def test_the_region_of_a_batch_found_by_its_short_name_stays_without_a_region_column(staff):
    factory.batch(slug="ca-1", region_code="CA")
    assert outcomes(previewed(staff, {"slug": "ca-1", "regulator": "CPSC"})) == ["unchanged"]


def test_a_row_without_a_number_is_found_again_by_title_company_region_and_day(staff):
    batch = factory.batch(title=NEW["title"])
    upload = previewed(staff, NEW)
    assert (outcomes(upload), upload.rows.get().batch) == (["unchanged"], batch)


def test_a_short_name_that_is_too_long_is_refused_at_its_cell(staff):
    upload = previewed(staff, NEW | {"slug": "a" * 121})
    assert ("slug", "Ensure this value has at most 120 characters (it has 121).") in reasons(upload)


def test_whether_it_is_a_batch_that_has_a_number_is_not_guessed(staff):
    factory.batch(title=NEW["title"], notice_number="25-338")
    upload = previewed(staff, NEW)
    assert reasons(upload) == [("notice_number", matching.NUMBERED.format("25-338"))]


def test_of_several_without_a_number_the_short_name_decides(staff):
    factory.batch(title=NEW["title"], slug="one")
    factory.batch(title=NEW["title"], slug="two")
    upload = previewed(staff, NEW | {"slug": ""}, NEW | {"slug": "two"})
    assert reasons(upload) == [("slug", matching.SEVERAL)]
    assert outcomes(upload) == ["refused", "unchanged"]


REFUSED = {
    "unknown company": ({"company": "Nobody"}, "company", known.NOT_ENTERED["company"]),
    "unknown region": ({"region": "XX"}, "region", known.NOT_ENTERED["region"]),
    "unknown regulator": ({"regulator": "XX"}, "regulator", known.NOT_ENTERED["regulator"]),
    "no company": ({"company": ""}, "company", cells.EMPTY),
    "no day": ({"announced_on": ""}, "announced_on", cells.EMPTY),
    "no title": ({"title": ""}, "title", cells.EMPTY),
    "unknown incident": ({"incident": "nope"}, "incident", known.NOT_ENTERED["incident"]),
    "unknown joint group": ({"joint_group": "nope"}, "joint_group", known.NOT_ENTERED["joint_group"]),
    "unknown batch": ({"expands": "nope"}, "expands", known.NOT_ENTERED["expands"]),
    "unknown model": ({"models": "A1"}, "models", known.NO_MODEL.format("A1")),
    "unknown source": (
        {"sources": "https://example.org/x"},
        "sources",
        known.NO_SOURCE.format("https://example.org/x"),
    ),
    "no day of the calendar": ({"announced_on": "2025-02-30"}, "announced_on", cells.DAY),
    "day of another form": ({"announced_on": "6/12/2025"}, "announced_on", cells.DAY),
    "day to come": ({"announced_on": "2999-01-01"}, "announced_on", cells.FUTURE),
    "words for a number": ({"reports": "about 5"}, "reports", cells.NUMBER),
    "part of a unit": ({"reports": "5.5"}, "reports", cells.NUMBER),
    "separators in a number": ({"reports": "1,158"}, "reports", cells.NUMBER),
    "no number of the database": (
        {"reports": str(2**63)},
        "reports",
        "Ensure this value is less than or equal to 9223372036854775807.",
    ),
    "below zero": ({"reports": "-1"}, "reports", "A number below zero can't be right here."),
    "thousandth of a cent": ({"price_low": "1.005"}, "price_low", cells.MONEY),
    "not a number": ({"price_low": "NaN"}, "price_low", cells.MONEY),
    "price without currency": (
        {"price_low": "27", "price_grade": "official"},
        "price_currency",
        "An amount needs its currency, and a currency an amount.",
    ),
    "units without grade": (
        {"units_low": "5", "units_precision": "exact"},
        "units_grade",
        "A figure needs its grade, and a grade a figure.",
    ),
    "window in the wrong order": (
        {"sold_from": "2022", "sold_until": "2016-06"},
        "sold_until",
        "Sold until lies before sold from.",
    ),
    "partial date of another form": (
        {"made_from": "Jun-25"},
        "made_from",
        "Write a date as 2025, 2025-H1, 2025-06, 2025-06-12 or “2025-01 to 2025-09”.",
    ),
    "kind of its own": ({"kind": "alert"}, "kind", "Write one of: recall, warning."),
    "formula": ({"note": "=1+1"}, "note", cells.FORMULA),
    "error of Excel": ({"units_low": "#REF!"}, "units_low", cells.ERROR),
    "number turned into a date": ({"notice_number": "2025-03-01"}, "notice_number", cells.MANGLED),
    "number too long": (
        {"notice_number": "9" * 41},
        "notice_number",
        "Ensure this value has at most 40 characters (it has 41).",
    ),
    "short name with a blank": (
        {"slug": "a b"},
        "slug",
        "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
    ),
}


@pytest.mark.parametrize(("fields", "column", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_at_its_cell(staff, fields, column, sentence):
    upload = previewed(staff, NEW | fields)
    assert reasons(upload) == [(column, sentence)]
    assert outcomes(upload) == ["refused"]


def test_hazards_and_remedies_are_of_their_lists(staff):
    upload = previewed(staff, NEW | {"hazards": "fire; smell", "remedies": "refund; hug"})
    assert [(column, sentence.split(":")[0]) for column, sentence in reasons(upload)] == [
        ("hazards", "“smell” is no hazard of the list"),
        ("remedies", "“hug” is no remedy of the list"),
    ]


def test_a_new_batch_needs_columns_that_a_changed_one_does_not(staff):
    upload = previewed(staff, {"notice_number": "25-1", "regulator": "CPSC", "region": "US"})
    assert reasons(upload) == [
        ("announced_on", comparing.NO_COLUMN),
        ("title", comparing.NO_COLUMN),
        ("company", comparing.NO_COLUMN),
    ]


def test_a_name_of_two_companies_is_refused_unless_it_was_so_before(staff):
    factory.alias(factory.company("Soundcore"), "Anker")
    factory.batch(slug="us-1", company=factory.company("Anker"))
    upload = previewed(staff, NEW | {"slug": ""}, {**NEW, "slug": "us-1", "title": "A1263 power banks"})
    assert reasons(upload) == [("company", known.SEVERAL.format("Anker"))]
    assert outcomes(upload) == ["refused", "unchanged"]


def test_two_rows_of_one_batch_are_refused_at_the_second(staff):
    factory.batch(slug="us-1")
    notice = NEW | {"notice_number": "25-338", "slug": ""}
    known_batch = {**NEW, "notice_number": "", "slug": "us-1"}
    upload = previewed(staff, notice, notice, known_batch, known_batch)
    assert outcomes(upload) == ["new", "refused", "changed", "refused"]
    assert reasons(upload) == [("", matching.TWICE.format(2)), ("slug", matching.TWICE.format(4))]


def test_a_notice_that_is_entered_keeps_its_short_name(staff):
    factory.batch(slug="us-1", notice_number="25-338")
    upload = previewed(staff, NEW | {"notice_number": "25-338", "slug": "us-other"})
    assert ("slug", matching.OTHER_SLUG.format("us-1")) in reasons(upload)


def test_a_change_must_not_take_the_notice_of_another_batch(staff):
    factory.batch(slug="us-1", notice_number="25-1")
    factory.batch(slug="us-2", notice_number="25-2")
    upload = previewed(staff, {"slug": "us-2", "notice_number": "25-1"})
    assert reasons(upload) == [("notice_number", checking.ENTERED)]


def test_links_to_itself_in_a_circle_or_two_levels_deep_are_refused(staff):
    first = factory.batch(slug="a")
    second = factory.batch(slug="b", expands=first, counted_in=first)
    factory.batch(slug="c", expands=second)
    factory.batch(slug="d")
    rows = [("a", "c", ""), ("c", "c", "b"), ("d", "b", "a")]
    upload = previewed(
        staff, *(dict(zip(("slug", "expands", "counted_in"), row, strict=True)) for row in rows)
    )
    assert reasons(upload) == [
        ("expands", checking.CIRCLE),
        ("expands", checking.ITSELF["expands"]),
        ("counted_in", checking.DEEP),
    ]
    assert outcomes(upload) == ["refused", "refused", "changed"]


def test_a_batch_that_holds_others_is_counted_in_none(staff):
    holder = factory.batch(slug="a")
    factory.batch(slug="b", counted_in=holder)
    factory.batch(slug="c")
    upload = previewed(staff, {"slug": "a", "counted_in": "c"})
    assert reasons(upload) == [("counted_in", checking.HOLDS)]


def test_parts_that_say_more_of_their_own_are_not_removed(staff):
    batch = factory.batch(slug="a")
    line = factory.recalled_product(batch, factory.product_model("A1"), serials="X1 to X9")
    Progress.objects.create(
        batch=batch, recalled_product=line, as_of="2025-09-25", returned=5, grade="official", source=factory.source()
    )  # fmt: skip
    batch.remedies.create(kind="refund", note="in full")
    factory.cite(batch, where="page 2")
    upload = previewed(staff, {"slug": "a", "models": "", "remedies": "", "sources": ""})
    said = [sentence.split("(")[1].split(")")[0] for _, sentence in reasons(upload)]
    assert said == ["serials, progress", "a note", "where in it"]


def test_a_published_batch_keeps_a_source(staff):
    factory.batch(slug="a", published=True)
    assert reasons(previewed(staff, {"slug": "a", "sources": ""})) == [("sources", UNCITED)]


def test_only_a_publisher_changes_what_is_public(client):
    factory.batch(slug="a", published=True)
    factory.batch(slug="b")
    sign_in(client, editors())
    upload = previewed(client, {"slug": "a", "note": "x"}, {"slug": "b", "note": "x"})
    assert outcomes(upload) == ["refused", "changed"]
    assert reasons(upload) == [("", comparing.PUBLIC)]


def editors():
    group = Group.objects.create(name="editors of batches")
    names = ["add_recallbatch", "change_recallbatch", "view_recallbatch"]
    group.permissions.set(Permission.objects.filter(codename__in=names))
    return group.name


def test_who_may_not_add_batches_sees_no_page_of_it(client):
    client.force_login(User.objects.create(username="reader", is_staff=True))
    assert client.get("/admin/recalls/recallbatch/spreadsheets/").status_code == 403


def test_a_row_with_more_cells_than_the_header_is_refused(staff):
    found = upload(staff, b"slug,note\na,x,y\n")
    assert ("", comparing.TOO_MANY) in reasons(found)


def test_a_joint_group_and_models_and_sources_are_found(staff):
    JointGroup.objects.create(name="US and Canada")
    factory.product_model("A1263", company=factory.company("Anker"))
    source = factory.source()
    row = {
        "joint_group": "US and Canada",
        "models": "A1263",
        "sources": source.url,
        "remedies": "refund; repair",
    }
    assert reasons(previewed(staff, NEW | row)) == []
    assert not Citation.objects.exists()


def test_a_file_in_which_nothing_is_changed_offers_no_import(staff):
    factory.batch("Power banks", slug="us-a1263")
    upload = previewed(staff, {"slug": "us-a1263", "title": "Power banks"})
    page = staff.get(reverse(DETAIL, args=[upload.pk])).text
    assert "There is nothing to import." in page and "good row" not in page
