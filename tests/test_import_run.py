"""What becomes of records of the first import, and of the same ones again."""

import pytest
from django.db import connection

from evidence.models import Source
from recalls.import_querysets import LOCK_CLASS
from recalls.importers.writing.locks import BusyError
from recalls.importers.writing.run import import_records
from recalls.models import DuplicateProposal, ImportRun, NoticeRecord, RecallBatch
from suppliers.models import Company, ProductModel
from tests import factory, plain_notices

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_format(monkeypatch):
    monkeypatch.setattr("recalls.importers.formats.FORMATS", [plain_notices])


def imported(*records, **options):
    return import_records(records, plain_notices, **options)


def counts(run):
    return run.read, run.new, run.changed, run.unchanged, run.refused


def batch_of(number, region="US"):
    return RecallBatch.objects.get(notice_number=number, region__code=region)


def test_new_notices_become_drafts():
    run = imported({"number": "25-001", "units": "About 1,000"}, {"number": "25-002", "units": "500"})
    batch = batch_of("25-001")
    assert counts(run) == (2, 2, 0, 0, 0)
    assert (batch.units_low, batch.units_precision, batch.units_grade) == (1000, "approximate", "official")
    assert not batch.is_published


def test_a_flag_publishes_them_with_their_notice_as_the_source():
    imported({"number": "25-001", "url": "https://www.cpsc.gov/Recalls/1"}, publish=True)
    citation = batch_of("25-001").citations.get()
    assert batch_of("25-001").is_published
    assert (citation.source.url, citation.source.kind) == ("https://www.cpsc.gov/Recalls/1", "notice")
    assert citation.source.published_on.first.isoformat() == "2025-06-12"


def test_a_batch_whose_quantity_was_refused_is_a_draft_whatever_the_flag_says():
    run = imported({"number": "25-001", "units": "About 5.900"}, publish=True)
    batch = batch_of("25-001")
    assert (batch.units_low, batch.units_precision, batch.raw_units) == (None, "unknown", "About 5.900")
    assert not batch.is_published
    assert batch.imported.units_refused
    assert (run.new, run.unread_quantities) == (1, 1)


def test_the_same_file_again_changes_nothing():
    records = [{"number": "25-001", "importers": ["Fantasia"], "models": ["A1"]}, {"number": "25-002"}]
    imported(*records)
    before = [list(model.objects.order_by("pk").values()) for model in (RecallBatch, Company, Source)]
    run = imported(*records)
    assert counts(run) == (2, 0, 0, 2, 0)
    assert before == [list(model.objects.order_by("pk").values()) for model in (RecallBatch, Company, Source)]


def test_the_same_notice_twice_in_a_file_is_one_batch():
    run = imported({"number": "25-001"}, {"number": "25-001"}, {"number": "25-001", "units": "About 2,000"})
    assert counts(run) == (3, 1, 1, 1, 0)
    assert batch_of("25-001").units_low == 2000


def test_a_record_that_cannot_be_read_is_kept_with_the_reason():
    run = imported({"title": "Lost"}, {"number": "25-001"})
    row = run.refused_rows.get()
    assert counts(run) == (2, 1, 0, 0, 1)
    assert (row.position, row.reason, row.raw) == (1, "It has no notice number.", '{"title": "Lost"}')


def test_a_record_that_the_database_refuses_lets_all_others_in():
    records = [{"number": f"25-{i:03}", "title": "x\0" if i == 5 else "Toys"} for i in range(1, 12)]
    run = imported(*records)
    assert counts(run) == (11, 10, 0, 0, 1)
    assert run.refused_rows.get().number == "25-005"


def test_a_country_that_the_text_names_is_a_batch_of_its_own_in_one_joint_group():
    imported({"number": "25-001", "units": "About 5,700 (In addition, about 450 were sold in Canada)"})
    here, there = batch_of("25-001"), batch_of("25-001", "CA")
    assert (here.units_low, there.units_low, there.counted_in) == (5700, 450, None)
    assert here.joint_group == there.joint_group is not None
    assert (here.slug, there.slug) == ("us-cpsc-25-001", "ca-cpsc-25-001")


def test_a_country_whose_units_are_included_is_counted_in_the_own_batch():
    imported({"number": "25-001", "units": "About 5,000 (including about 500 sold in Canada)"})
    assert batch_of("25-001", "CA").counted_in == batch_of("25-001")


def test_companies_are_matched_by_their_exact_name_and_otherwise_new_and_unreviewed():
    known = factory.company(name="Anker Innovations")
    imported({"number": "25-001", "company": "ANKER  Innovations"}, {"number": "25-002", "company": "Anker"})
    new = Company.objects.get(name="Anker")
    assert batch_of("25-001").company == known
    assert (batch_of("25-002").company, new.is_reviewed) == (new, False)


def test_a_notice_that_names_no_company_says_so():
    imported({"number": "25-001", "company": ""})
    assert batch_of("25-001").company.name == "Not named in the notice"


def test_product_models_are_those_of_the_company():
    imported(
        {"number": "25-001", "models": ["A1263", "a1263", "A1647"]}, {"number": "25-002", "models": ["A1263"]}
    )
    assert sorted(ProductModel.objects.values_list("model_number", flat=True)) == ["A1263", "A1647"]
    assert batch_of("25-001").products.count() == 2


def test_a_number_of_a_company_that_is_not_named_is_nobodys_model():
    imported(*({"number": number, "company": "", "models": ["711"]} for number in ("25-001", "25-002")))
    assert not ProductModel.objects.exists()


def test_the_raw_record_is_kept_with_its_hash():
    imported({"number": "25-001"}, address="https://www.cpsc.gov/x.json", sha256="ab" * 32)
    record = NoticeRecord.objects.get()
    # printf '{"number": "25-001"}' | sha256sum
    assert record.sha256 == "464aa1a358c7bcf32ba7eecbfe06d76e1c6610eaae23f565e8e0c3ec63cf844e"
    assert (record.raw, record.run.address) == ('{"number": "25-001"}', "https://www.cpsc.gov/x.json")


def test_a_source_that_breaks_off_ends_the_run_as_failed_and_keeps_what_was_read(monkeypatch):
    monkeypatch.setattr("recalls.importers.writing.run.CHUNK", 2)

    def records():
        yield {"number": "25-001"}
        yield {"number": "25-002"}
        raise OSError("The connection was lost.")

    with pytest.raises(OSError, match="lost"):
        import_records(records(), plain_notices)
    run = ImportRun.objects.get()
    assert (run.state, run.error, run.new) == ("failed", "The connection was lost.", 2)
    assert RecallBatch.objects.count() == 2


def test_a_run_that_was_killed_is_marked_by_the_next_one():
    imported({"number": "25-001"})
    ImportRun.objects.update(state="running", finished_at=None)
    imported({"number": "25-001"})
    assert list(ImportRun.objects.values_list("state", flat=True)) == ["finished", "interrupted"]


def test_a_recall_points_to_the_recall_that_it_expands_whichever_comes_first():
    imported({"number": "25-002", "expands": ["25-001"], "day": "2025-07-01"}, {"number": "25-001"})
    assert batch_of("25-002").expands == batch_of("25-001")
    assert batch_of("25-001").counted_in is None


def test_an_earlier_recall_whose_units_are_included_is_counted_in_the_later():
    imported({"number": "25-001"}, {"number": "25-002", "expands": ["25-001"], "includes": ["25-001"]})
    assert batch_of("25-001").counted_in == batch_of("25-002")


def test_a_recall_that_follows_up_a_warning_holds_its_units():
    imported({"number": "25-001", "kind": "warning"}, {"number": "25-002", "upgrades": "25-001"})
    assert batch_of("25-002").upgrades == batch_of("25-001")
    assert batch_of("25-001").counted_in == batch_of("25-002")


def test_a_link_that_staff_have_taken_away_stays_away():
    records = [{"number": "25-001"}, {"number": "25-002", "expands": ["25-001"]}]
    imported(*records)
    RecallBatch.objects.update(expands=None)
    imported(*records)
    assert batch_of("25-002").expands is None


def test_two_imports_of_a_regulator_do_not_run_at_once():
    imported({"number": "25-001"})
    regulator = batch_of("25-001").regulator_id
    other = connection.Database.connect(**connection.get_connection_params())
    other.cursor().execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_CLASS, regulator])
    with pytest.raises(BusyError, match="Another import of CPSC is running"):
        imported({"number": "25-002"})
    other.cursor().execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_CLASS, regulator])
    other.close()  # which alone would take the server a moment
    assert imported({"number": "25-002"}).new == 1


def test_a_model_that_was_merged_stands_for_the_one_it_was_merged_into():
    kept, merged = (
        factory.product_model(number, company=factory.company()) for number in ("A1263", "A-1263")
    )
    merged.merged_into = kept
    merged.save()
    imported({"number": "25-001", "models": ["a-1263"]})
    assert batch_of("25-001").products.get().product_model == kept


def test_recalls_that_each_include_the_one_before_are_all_counted_in_the_last():
    first, second, third = (
        {"number": f"25-00{i}", "day": f"2025-0{i}-01", "includes": [f"25-00{i - 1}"]} for i in (1, 2, 3)
    )
    imported(third, second, first)
    assert batch_of("25-001").counted_in == batch_of("25-002").counted_in == batch_of("25-003")
    assert batch_of("25-003").counted_in is None


def test_recalls_that_include_each_other_are_not_counted_in_a_circle():
    imported({"number": "25-001", "includes": ["25-002"]}, {"number": "25-002", "includes": ["25-001"]})
    assert RecallBatch.objects.filter(counted_in=None).count() == 1


def test_duplicates_of_what_a_broken_run_brought_are_proposed_by_the_next(monkeypatch):
    theirs = factory.batch(regulator=factory.regulator("METI", "JP"))
    factory.recalled_product(theirs, factory.product_model("A1263", company=factory.company("Anker")))
    with monkeypatch.context() as broken:
        broken.setattr("recalls.importers.writing.run.follow_links", lambda *links: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            imported({"number": "25-001", "models": ["A1263"]})
    assert not DuplicateProposal.objects.exists()
    imported({"number": "25-002"})
    proposal = DuplicateProposal.objects.get()
    assert {proposal.first, proposal.second} == {theirs, batch_of("25-001")}
