"""Two companies, or two models, that turn out to be one: all that names the one names the other, and back again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from recalls.models import BatchCompany, RecallBatch, RecalledProduct, RootCause
from suppliers.links import links_to
from suppliers.merging import MergeError, merge
from suppliers.models import CellSource, Company, CompanyAlias, Merge, ProductModel
from suppliers.names import NOT_NAMED
from suppliers.unmerging import undo
from tests import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return User.objects.create(username="staff")


@pytest.fixture
def anker():
    return factory.company("Anker", slug="anker")


@pytest.fixture
def ankr():
    return factory.company("Ankr Ltd", slug="ankr", is_reviewed=False)


def snapshot():
    """Every row of the tables that a merge can touch, but for the record of merges."""
    tables = {link.table for model in (Company, ProductModel) for link in links_to(model)}
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} AS t ORDER BY id")
            found[table] = cursor.fetchall()
    return found


def everything(company):
    """A row of each kind that names a company."""
    model = factory.product_model(f"M{company.pk}", company=company)
    other = factory.company("Other")
    batch = factory.batch(company=company, published=True)
    factory.recalled_product(batch, model)
    incident = factory.incident(company=company)
    cause = RootCause.objects.create(incident=incident, text="x", grade="alleged", attributed_to=company)
    cause.product_models.add(model)
    BatchCompany.objects.create(batch=factory.batch(company=other), company=company, role="retailer")
    factory.cell_source(model, company, cell=factory.cell(company, f"C{company.pk}"), published=True)
    factory.ownership(company, other)
    factory.ownership(factory.company("Third"), company)
    factory.agreement(company, other)
    factory.agreement(other, company, replaces=factory.company("Third"))
    factory.certificate(company)
    factory.claim(company, said_by_company=company, answer_by=company)
    factory.alias(company, f"别名{company.pk}")
    factory.cite(company)


def named_by(record):
    """How many rows of each table name a record."""
    links = links_to(type(record))
    return {(link.table, link.field.column): link.rows(record).count() for link in links}


def test_every_row_that_named_the_one_names_the_other(anker, ankr, staff):
    everything(ankr)
    before = named_by(ankr)
    merge(anker, ankr, staff)
    after = named_by(anker)
    assert not any(named_by(ankr).values())
    added = {("suppliers_companyalias", "company_id"): 1, ("suppliers_company", "merged_into_id"): 1}
    assert after == {place: count + added.get(place, 0) for place, count in before.items()}


def test_undoing_gives_back_every_row_as_it_was(anker, ankr, staff):
    everything(anker)
    everything(ankr)
    before = snapshot()
    record = merge(anker, ankr, staff)
    assert snapshot() != before
    undo(record, staff)
    assert snapshot() == before


def test_undoing_leaves_what_was_changed_since(anker, ankr, staff):
    one, two = factory.batch(company=ankr), factory.batch(company=ankr)
    record = merge(anker, ankr, staff)
    three, other = factory.batch(company=anker), factory.company("Other")
    RecallBatch.objects.filter(pk=one.pk).update(company=other)
    undo(record, staff)
    now = dict(RecallBatch.objects.values_list("pk", "company__name"))
    assert now == {one.pk: "Other", two.pk: "Ankr Ltd", three.pk: "Anker"}


def test_a_merge_says_who_did_it_and_who_undid_it(anker, ankr, staff):
    record = undo(merge(anker, ankr, staff), staff)
    record.refresh_from_db()
    assert (record.kept, record.merged, record.merged_by, record.undone_by) == (anker, ankr, staff, staff)
    assert record.merged_at < record.undone_at


def test_the_merged_name_becomes_another_name_until_it_is_undone(anker, ankr, staff):
    record = merge(anker, ankr, staff)
    assert list(anker.aliases.values_list("name", "language")) == [("Ankr Ltd", "")]
    undo(record, staff)
    assert not anker.aliases.exists()


def test_names_are_given_back_to_the_company_that_stays_merged(anker, ankr, staff):
    again = factory.company("again", legal_name="Ankr Ltd")
    record = merge(anker, ankr, staff)
    merge(anker, again, staff)
    undo(record, staff)
    assert set(anker.aliases.values_list("name", flat=True)) == {"again", "Ankr Ltd"}


def test_the_same_role_in_the_same_batch_is_set_aside_and_put_back(anker, ankr, staff):
    batch = factory.batch(company=factory.company("Third"))
    for company in (anker, ankr):
        BatchCompany.objects.create(batch=batch, company=company, role="retailer")
    before = snapshot()
    record = merge(anker, ankr, staff)
    assert batch.companies.get().company == anker
    undo(record, staff)
    assert snapshot() == before


def test_what_was_set_aside_is_not_put_back_once_its_batch_is_gone(anker, ankr, staff):
    batch = factory.batch(company=factory.company("Third"))
    for company in (anker, ankr):
        BatchCompany.objects.create(batch=batch, company=company, role="retailer")
    record = merge(anker, ankr, staff)
    batch.delete()
    undo(record, staff)
    assert not BatchCompany.objects.exists()


def test_the_same_alias_is_set_aside_whatever_its_language(anker, ankr, staff):
    factory.alias(anker, "安克", "zh")
    factory.alias(ankr, "安克", "ja")
    record = merge(anker, ankr, staff)
    assert anker.aliases.filter(name="安克").count() == 1
    undo(record, staff)
    assert ankr.aliases.get().language == "ja"


def test_models_of_the_same_number_are_merged_with_their_companies(anker, ankr, staff):
    ours = factory.product_model("A1263", company=anker)
    theirs = factory.product_model("A1263", company=ankr)
    line = factory.recalled_product(factory.batch(company=ankr), theirs)
    before = snapshot()
    record = merge(anker, ankr, staff)
    line.refresh_from_db()
    theirs.refresh_from_db()
    assert (line.product_model, theirs.merged_into) == (ours, ours)
    undo(record, staff)
    assert snapshot() == before


def test_a_model_is_merged_into_the_one_its_twin_was_merged_into(anker, ankr, staff):
    final, old = factory.product_model("A1", company=anker), factory.product_model("A-1", company=anker)
    theirs = factory.product_model("A-1", company=ankr)
    merge(final, old, staff)
    before = snapshot()
    record = merge(anker, ankr, staff)
    theirs.refresh_from_db()
    assert theirs.merged_into == final
    undo(record, staff)
    assert snapshot() == before


def test_lines_of_one_batch_that_differ_refuse_the_merge_and_nothing_has_moved(anker, ankr, staff):
    batch = factory.batch("Both in one", company=anker)
    factory.recalled_product(batch, factory.product_model("A1", company=anker), units=5)
    factory.recalled_product(batch, factory.product_model("A1", company=ankr), units=7)
    before = snapshot()
    with pytest.raises(MergeError) as refusal:
        merge(anker, ankr, staff)
    (sentence,) = refusal.value.sentences
    assert (
        "a recalled product with the same batch “Both in one (US, 2025-06-12)”, and the two differ"
        in sentence
    )
    assert (snapshot(), Merge.objects.count()) == (before, 0)


def test_cited_links_to_both_refuse_the_merge(anker, ankr, staff):
    model = factory.product_model()
    factory.cell_source(model, anker, published=True)
    factory.cell_source(model, ankr, published=True)
    with pytest.raises(
        MergeError, match="Both have a cell source with the same product model “A1263”, basis “reg"
    ):
        merge(anker, ankr, staff)


@pytest.mark.parametrize(("owner", "owned"), [(0, 1), (1, 0)])
def test_a_company_is_not_merged_into_its_owner(anker, ankr, staff, owner, owned):
    pair = (anker, ankr)
    factory.ownership(pair[owner], pair[owned])
    with pytest.raises(MergeError, match="”: A company does not own itself"):
        merge(anker, ankr, staff)


def test_merges_stay_one_level_deep(anker, ankr, staff):
    third = factory.company("Third")
    batch = factory.batch(company=third)
    first = merge(ankr, third, staff)
    second = merge(anker, ankr, staff)
    batch.refresh_from_db()
    third.refresh_from_db()
    assert (batch.company, third.merged_into) == (anker, anker)
    with pytest.raises(
        MergeError, match="“Ankr Ltd” has since been merged into “Anker”: undo that merge first"
    ):
        undo(first, staff)
    undo(second, staff)
    undo(first, staff)
    batch.refresh_from_db()
    assert batch.company == third


def test_a_merge_that_a_later_one_rests_on_is_undone_after_it(anker, ankr, staff):
    third, batch = factory.company("Third"), factory.batch(company=factory.company("Fourth"))
    for company in (ankr, third):
        BatchCompany.objects.create(batch=batch, company=company, role="retailer")
    before = snapshot()
    first, second = merge(anker, ankr, staff), merge(anker, third, staff)
    with pytest.raises(MergeError, match="“Third into Anker” was merged since and rests on it"):
        undo(first, staff)
    undo(second, staff)
    undo(first, staff)
    assert snapshot() == before


def test_a_model_merged_since_keeps_its_company_merge(anker, ankr, staff):
    theirs = factory.product_model("A-1", company=ankr)
    record = merge(anker, ankr, staff)
    theirs.refresh_from_db()
    merge(factory.product_model("A1", company=anker), theirs, staff)
    with pytest.raises(MergeError, match="“A-1 into A1” was merged since"):
        undo(record, staff)


def test_what_rests_on_both_since_then_refuses_the_undo(anker, ankr, staff):
    cell = factory.cell(ankr)
    record = merge(anker, ankr, staff)
    cell.refresh_from_db()
    factory.cell_source(factory.product_model(), anker, cell=cell)
    with pytest.raises(MergeError):
        undo(record, staff)
    cell.refresh_from_db()
    assert cell.supplier == anker


@pytest.mark.parametrize("direction", [1, -1])
def test_what_is_merged_is_not_merged_again(anker, ankr, staff, direction):
    merge(anker, ankr, staff)
    with pytest.raises(MergeError, match="“Ankr Ltd” has been merged into “Anker” already"):
        merge(*(ankr, factory.company("Third"))[::direction], staff)


def test_a_merge_is_undone_once(anker, ankr, staff):
    record = undo(merge(anker, ankr, staff), staff)
    with pytest.raises(MergeError, match="undone already"):
        undo(record, staff)


def test_a_company_is_not_merged_with_itself(anker, staff):
    with pytest.raises(MergeError, match="two different"):
        merge(anker, anker, staff)


def test_models_of_two_companies_are_not_merged(anker, ankr, staff):
    with pytest.raises(MergeError, match="merge the two companies first"):
        merge(factory.product_model("A", company=anker), factory.product_model("B", company=ankr), staff)


def test_models_of_one_company_are_merged_and_parted(anker, staff):
    kept, merged = factory.product_model("A1", company=anker), factory.product_model("A-1", company=anker)
    line = factory.recalled_product(factory.batch(), merged, units=7)
    link = factory.cell_source(merged)
    before = snapshot()
    record = merge(kept, merged, staff)
    assert RecalledProduct.objects.get(pk=line.pk).product_model == kept
    assert CellSource.objects.get(pk=link.pk).product_model == kept
    undo(record, staff)
    assert snapshot() == before


def test_the_part_of_a_merge_is_not_undone_by_itself(anker, ankr, staff):
    for company in (anker, ankr):
        factory.product_model("A1", company=company)
    record = merge(anker, ankr, staff)
    with pytest.raises(MergeError, match="part of another merge, “Ankr Ltd into Anker”"):
        undo(record.parts.get(), staff)


def test_a_record_that_is_merged_can_not_be_named_any_more(anker, ankr, staff):
    merge(anker, ankr, staff)
    with pytest.raises(IntegrityError, match="“Ankr Ltd” has been merged into “Anker”: choose that one"):
        factory.batch(company=ankr)


def test_a_record_can_not_be_moved_to_one_that_is_merged(anker, ankr, staff):
    batch = factory.batch(company=anker)
    merge(anker, ankr, staff)
    with pytest.raises(IntegrityError, match="“Ankr Ltd” has been merged into “Anker”: choose that one"):
        RecallBatch.objects.filter(pk=batch.pk).update(company=ankr)


def test_the_database_keeps_merging_one_level_deep(anker, ankr):
    third = factory.company("Third", merged_into=ankr)
    Company.objects.filter(pk=ankr.pk).update(merged_into=anker)
    with pytest.raises(IntegrityError, match="one level deep"):
        connection.check_constraints()
    assert third.merged_into == ankr


@pytest.mark.parametrize("model", [Company, ProductModel])
def test_every_column_that_names_a_record_refuses_a_merged_one(model):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE '%%not_merged%%'")
        held = {name for (name,) in cursor.fetchall()}
    names = {f"{link.table}_{link.field.column}" for link in links_to(model)} - {
        f"{model._meta.db_table}_merged_into_id"
    }
    assert {f"{name}_not_merged{rows}" for name in names for rows in ("", "_new")} <= held


def test_a_name_is_still_known_after_merging(anker, ankr, staff):
    CompanyAlias.objects.create(company=ankr, name="安克")
    merge(anker, ankr, staff)
    names = Company.objects.named(["ANKR LTD", "安克", "Anker"])
    assert names == {"ANKR LTD": anker.pk, "安克": anker.pk, "Anker": anker.pk}


def in_threads(*tasks):
    """Run them at the same time, each with a connection of its own; what each gave or raised."""

    def run(task):
        try:
            return task()
        except MergeError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        return list(pool.map(run, tasks))


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_the_same_time_end_well(anker, ankr, staff):
    factory.batch(company=anker)
    factory.batch(company=ankr)
    done = in_threads(lambda: merge(anker, ankr, staff), lambda: merge(ankr, anker, staff))
    assert sorted(type(answer).__name__ for answer in done) == ["Merge", "MergeError"]
    assert Merge.objects.get().kept.batches.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_chain_merged_at_the_same_time_keeps_one_level(anker, ankr, staff):
    third = factory.company("Third")
    batch = factory.batch(company=third)
    in_threads(lambda: merge(ankr, third, staff), lambda: merge(anker, ankr, staff))
    levels = Company.objects.exclude(merged_into=None).filter(merged_into__merged_into__isnull=False)
    batch.refresh_from_db()
    assert not levels.exists()
    assert batch.company.merged_into is None


@pytest.mark.django_db(transaction=True)
def test_who_names_a_company_while_it_is_merged_waits_and_is_refused(anker, ankr, staff):
    factory.region()
    factory.regulator()
    started = Event()

    def name_it():
        started.wait(10)
        try:
            factory.batch(company=ankr)
        except IntegrityError as error:
            return str(error)

    def merge_slowly():
        with transaction.atomic():
            merge(anker, ankr, staff)
            started.set()
            sleep(0.5)

    _, said = in_threads(merge_slowly, name_it)
    assert "“Ankr Ltd” has been merged into “Anker”" in said


@pytest.mark.parametrize("is_kept", [True, False])
def test_what_stands_in_for_no_company_is_never_merged(anker, staff, is_kept):
    nobody = factory.company(NOT_NAMED, slug="nobody")
    with pytest.raises(MergeError, match="is no company"):
        merge(*((nobody, anker) if is_kept else (anker, nobody)), staff)
