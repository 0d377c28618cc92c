"""A regulator that changes its mind under an old number, and staff who had theirs before."""

from datetime import UTC, datetime

import pytest

from recalls.importers.writing.differences import AlreadyDecidedError, keep_ours, take_theirs
from recalls.importers.writing.places import regulator_of
from recalls.importers.writing.run import import_records
from recalls.models import Difference, RecallBatch, Revision
from tests import factory, plain_notices

pytestmark = pytest.mark.django_db

FIRST = datetime(2025, 6, 13, tzinfo=UTC)
SECOND = datetime(2025, 7, 1, tzinfo=UTC)
THIRD = datetime(2025, 8, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def plain_format(monkeypatch):
    monkeypatch.setattr("recalls.importers.formats.FORMATS", [plain_notices, other_format])


class other_format:  # noqa: N801 (stands for a module)
    FORMAT, REGULATOR, REGION = "other", "cpsc", "US"
    read = staticmethod(plain_notices.read)


def imported(at=FIRST, format=plain_notices, **record):
    return import_records([{"number": "24-074", **record}], format, retrieved_at=at, publish=True)


def batch(region="US"):
    return RecallBatch.objects.get(notice_number="24-074", region__code=region)


def test_a_changed_figure_is_a_revision_with_both_values_and_when_they_were_seen():
    imported(FIRST, units="About 11,000")
    imported(SECOND, units="About 11,000")
    run = imported(THIRD, units="About 2,360")
    revision = Revision.objects.get()
    assert (run.changed, batch().units_low) == (1, 2360)
    assert (revision.field, revision.old_low, revision.new_low) == ("units", 11000, 2360)
    assert (revision.old_text, revision.new_text) == ("≈ 11,000", "≈ 2,360")
    assert (revision.old_record.first_seen_at, revision.old_record.last_seen_at) == (FIRST, SECOND)
    assert revision.new_record.first_seen_at == THIRD


def test_a_figure_that_comes_back_is_a_second_revision():
    for at, units in ((FIRST, "About 11,000"), (SECOND, "About 2,360"), (THIRD, "About 11,000")):
        imported(at, units=units)
    assert batch().units_low == 11000
    assert list(Revision.objects.values_list("new_low", flat=True)) == [11000, 2360]


def test_two_versions_of_a_notice_in_one_file_are_one_revision_however_often_it_comes():
    file = [{"number": "24-074", "units": units} for units in ("About 11,000", "About 2,360")]
    runs = [
        import_records(file, plain_notices, retrieved_at=at, publish=True) for at in (FIRST, SECOND, THIRD)
    ]
    assert [(run.new, run.changed, run.unchanged) for run in runs] == [(1, 1, 0), (0, 0, 2), (0, 0, 2)]
    assert (Revision.objects.count(), batch().units_low) == (1, 2360)


def test_a_version_beside_another_is_a_change_again_once_the_regulator_has_written_a_third():
    old, new = {"number": "24-074", "units": "About 11,000"}, {"number": "24-074", "units": "About 2,360"}
    import_records([old, new], plain_notices, retrieved_at=FIRST)
    imported(SECOND, units="About 900")
    assert import_records([old], plain_notices, retrieved_at=THIRD).changed == 1
    assert batch().units_low == 11000


def test_other_words_for_the_same_figure_are_no_revision():
    imported(units="About 11,000")
    imported(SECOND, units="About 11,000 units")
    assert not Revision.objects.exists()
    assert batch().raw_units == "About 11,000 units"


def test_every_field_is_compared():
    imported(title="Power banks", price="20", reports=3, remedies=["refund"], hazards=["fire"])
    imported(
        SECOND, title="Power bank", price="25.50", reports=4, remedies=["replace"], hazards=["burn", "fire"]
    )
    changes = dict(Revision.objects.values_list("field", "new_text"))
    assert changes == {
        "title": "Power bank",
        "price": "USD 25.50",
        "reports": "4",
        "remedies": "replace",
        "hazards": "burn, fire",
    }
    assert [remedy.kind for remedy in batch().remedies.all()] == ["replace"]


def test_a_quantity_that_is_no_longer_readable_makes_the_batch_a_draft():
    imported(units="About 5,900")
    run = imported(SECOND, units="About 5.900")
    assert (run.changed, run.unread_quantities) == (1, 1)
    assert (batch().units_low, batch().is_published) == (None, False)
    assert Revision.objects.get().new_text == "“About 5.900”"


def test_a_batch_that_staff_have_edited_is_not_overwritten_and_the_difference_waits():
    imported(units="About 11,000")
    RecallBatch.objects.update(cause="Staff know better.")
    run = imported(SECOND, units="About 2,360")
    difference = Difference.objects.get()
    assert (run.changed, run.waiting, batch().units_low) == (1, 1, 11000)
    assert (difference.field, difference.ours, difference.theirs) == ("units", "≈ 11,000", "≈ 2,360")
    assert Revision.objects.get().new_low == 2360


def test_publishing_is_no_edit():
    import_records([{"number": "24-074", "units": "About 11,000"}], plain_notices)
    RecallBatch.objects.update(is_published=True)
    imported(SECOND, units="About 2,360")
    assert batch().units_low == 2360


def test_remedies_that_staff_have_edited_wait_while_the_rest_is_written():
    imported(remedies=["refund"])
    batch().remedies.create(kind="voucher")
    imported(SECOND, remedies=["replace"], units="About 2,000")
    assert sorted(remedy.kind for remedy in batch().remedies.all()) == ["refund", "voucher"]
    assert (batch().units_low, Difference.objects.get().field) == (2000, "remedies")


def test_a_batch_that_staff_entered_is_never_overwritten():
    staff = factory.batch(regulator=regulator_of("cpsc"), notice_number="24-074", units=9000, published=True)
    run = imported(units="About 11,000", title=staff.title)
    assert (run.new, run.changed) == (0, 1)
    assert batch().units_low == 9000
    assert "units" in Difference.objects.values_list("field", flat=True)


def test_a_difference_waits_once_and_goes_when_the_regulator_comes_round():
    imported(units="About 11,000")
    RecallBatch.objects.update(units_low=2360, units_high=2360)
    imported(SECOND, units="About 3,000")
    imported(SECOND, units="About 4,000")
    assert [difference.theirs for difference in Difference.objects.all()] == ["≈ 4,000"]
    imported(THIRD, units="About 2,360")
    assert not Difference.objects.exists()


def waiting(**changed):
    imported(units="About 11,000")
    RecallBatch.objects.update(cause="Staff know better.")
    imported(SECOND, units="About 2,360", **changed)
    return Difference.objects.get(field="units")


def test_staff_take_the_regulators_side(admin_user):
    take_theirs(waiting(), admin_user)
    difference = Difference.objects.get()
    assert (batch().units_low, batch().raw_units) == (2360, "About 2,360")
    assert batch().cause == "Staff know better."
    assert (difference.state, difference.decided_by) == ("theirs", admin_user)


def test_staff_keep_their_side(admin_user):
    keep_ours(waiting(), admin_user)
    assert batch().units_low == 11000
    assert Difference.objects.get().state == "ours"


def test_of_two_who_decide_the_second_is_told(admin_user):
    difference = waiting()
    keep_ours(difference, admin_user)
    with pytest.raises(AlreadyDecidedError, match="Somebody else has decided"):
        take_theirs(difference, admin_user)
    assert batch().units_low == 11000


def test_a_batch_that_is_the_regulators_again_is_written_by_the_next_import(admin_user):
    imported(units="About 11,000")
    RecallBatch.objects.update(units_low=1, units_high=1)
    imported(SECOND, units="About 2,360")
    take_theirs(Difference.objects.get(), admin_user)
    imported(THIRD, units="About 3,000")
    assert batch().units_low == 3000


def test_another_format_fills_in_what_the_first_left_out_and_is_no_revision():
    imported(units="About 11,000")
    run = imported(SECOND, other_format, units="About 11,000", price="20", url="https://www.cpsc.gov/1")
    assert (run.changed, batch().price_low) == (1, 20)
    assert not Revision.objects.exists()
    assert batch().citations.get().source.url == "https://www.cpsc.gov/1"


def test_another_format_that_states_another_figure_is_a_revision_and_the_two_do_not_take_turns():
    imported(units="About 11,000")
    imported(SECOND, other_format, units="About 2,360")
    assert imported(THIRD, units="About 11,000").unchanged == 1
    assert imported(THIRD, other_format, units="About 2,360").unchanged == 1
    assert (batch().units_low, Revision.objects.count()) == (2360, 1)


def test_another_format_that_is_silent_takes_nothing_away():
    imported(price="20", reports=3)
    imported(SECOND, other_format)
    assert (batch().price_low, batch().reports) == (20, 3)


def test_a_country_that_is_named_later_is_a_new_batch_of_the_same_joint_group():
    imported(units="About 5,000")
    run = imported(SECOND, units="About 5,000 (In addition, about 450 were sold in Canada)")
    assert (run.changed, batch("CA").units_low) == (1, 450)
    assert batch("CA").joint_group == batch().joint_group is not None


def test_a_country_that_is_named_no_more_waits_for_staff():
    imported(units="About 5,000 (In addition, about 450 were sold in Canada)")
    imported(SECOND, units="About 5,000")
    difference = Difference.objects.get()
    assert (difference.batch, difference.ours, difference.theirs) == (batch("CA"), "≈ 450", "")
    assert batch("CA").units_low == 450


def test_a_batch_that_staff_have_deleted_stays_deleted():
    imported(units="About 5,000")
    batch().delete()
    run = imported(SECOND, units="About 5,001")
    assert (run.new, run.unchanged, RecallBatch.objects.count()) == (0, 1, 0)


def test_companies_and_models_that_are_named_later_are_added():
    imported(models=["A1"])
    imported(SECOND, models=["A1", "A2"], importers=["Fantasia"])
    assert batch().products.count() == 2
    assert batch().companies.get().company.name == "Fantasia"
