"""The sample data is loaded whole or not at all, once, and never over what staff did."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from evidence.models import Source
from recalls.models import Analysis, Incident, RecallBatch
from recalls.sample_data import files
from suppliers.models import CellSource, Certificate, Claim, Company, ProductModel, SupplyAgreement
from tests import factory

pytestmark = pytest.mark.django_db
OURS = ["evidence", "suppliers", "recalls"]


def load(*options):
    out = StringIO()
    call_command("load_sample_data", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def sample_data(db):
    load()


def every_row():
    models = [
        model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    return {model: sorted(model.objects.values_list(), key=repr) for model in models}


def test_it_says_what_it_did():
    first, second = load(), load()
    assert "Created 146 records (5 regions, 8 regulators, 43 sources, 12 companies" in first
    assert "Left alone, as they stand: none." in first
    assert "Created none." in second
    assert "24 recall batches, 2 analyses)." in second


def test_what_staff_entered_before_the_first_load_is_used_as_it_stands():
    anker = factory.company("Anker Innovations", slug="anker-by-staff", country="US")
    load()
    assert Company.objects.get(name="Anker Innovations").country == "US"
    assert anker.batches.count() == 12


def test_if_empty_loads_into_an_empty_database():
    assert "Created 146 records" in load("--if-empty")


@pytest.mark.parametrize("make", [factory.source, factory.company, factory.batch])
def test_if_empty_does_nothing_beside_records_of_the_users_own(make):
    make()
    before = every_row()
    assert load("--if-empty") == "No sample data loaded: the database holds records already.\n"
    assert every_row() == before


def test_the_same_load_twice_changes_nothing(sample_data):
    before = every_row()
    load()
    assert every_row() == before


def test_an_edited_batch_stays_as_staff_left_it(sample_data):
    RecallBatch.objects.filter(slug="cn-2025").update(title="Corrected", is_published=False)
    load()
    assert RecallBatch.objects.filter(title="Corrected", is_published=False).count() == 1


def test_parts_that_staff_deleted_stay_deleted(sample_data):
    batch = RecallBatch.objects.get(slug="cn-2025")
    batch.products.get(product_model__slug="a1681").delete()
    batch.citations.get(stance="rounds").delete()
    batch.remedies.all().delete()
    batch.progress.all().delete()
    load()
    assert (batch.products.count(), batch.citations.count()) == (6, 4)
    assert not batch.remedies.exists()
    assert not batch.progress.exists()


def test_parts_of_other_records_that_staff_deleted_stay_deleted(sample_data):
    Company.objects.get(slug="apex").aliases.all().delete()
    Incident.objects.get(slug="anker-2025").impacts.all().delete()
    Source.objects.get(slug="ginlix").references.all().delete()
    Analysis.objects.get(slug="published-cost").parts.all().delete()
    after = every_row()
    load()
    assert every_row() == after


@pytest.mark.parametrize(
    ("records", "edit"),
    [
        (Claim.objects.filter(kind="relation ended"), {"text": "Anker buys there no longer"}),
        (Claim.objects.filter(kind="market position"), {"said_by": "Chongdiantou"}),
        (SupplyAgreement.objects.filter(state="planned"), {"scope": "cells", "announced_on": "2025-06"}),
        (Certificate.objects.filter(scheme="3C"), {"count": 70, "state": "revoked"}),
        (CellSource.objects.filter(product_model__slug="a1681"), {"basis": "press report"}),
        (Source.objects.filter(slug="sina"), {"slug": "sina-tech"}),
        (ProductModel.objects.filter(slug="om10"), {"slug": "romoss-om10"}),
        (RecallBatch.objects.filter(slug="us-a1263"), {"slug": "us-powercore"}),
        (Company.objects.filter(slug="atl"), {"name": "ATL"}),
    ],
    ids=lambda value: value.model.__name__ if hasattr(value, "model") else "-".join(value),
)
def test_a_record_that_staff_corrected_does_not_come_back_beside_the_correction(sample_data, records, edit):
    assert records.update(**edit) == 1
    after = every_row()
    load()
    assert every_row() == after


def test_a_deleted_record_comes_back_with_its_parts(sample_data):
    RecallBatch.objects.get(slug="xiaomi").delete()
    load()
    assert RecallBatch.objects.get(slug="xiaomi").progress.get().returned == 17000


@pytest.fixture
def misspelt(tmp_path, monkeypatch):
    """Changes one text of the files for another, in a copy."""

    def change(name, old, new):
        for path in files.FOLDER.glob("*.yaml"):
            (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        monkeypatch.setattr(files, "FOLDER", tmp_path)

    return change


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("batches.yaml", "injuries: 2", "injured: 2", "batches.yaml, batches, us-a1263: .*'injured'"),
        ("batches.yaml", "progress:", "progres:", "batches, cn-2025: .*progres"),
        ("batches.yaml", "{low: 27,", "{lowest: 27,", "batches, us-a1263: .*price_lowest"),
        ("batches.yaml", "batches:\n", "batch:\n", "batches.yaml: it has the sections"),
        ("batches.yaml", "reports: 19", "injuries: 3", "batches.yaml: twice here: .*injuries"),
        ("batches.yaml", "company: anker", "company: ankr", "no company 'ankr' stands before this"),
        ("batches.yaml", "hazards: [fire, burn]", "hazards: [fir]", "us-a1263: .*fir"),
        ("batches.yaml", "sold_from: 2016-06", "sold_from: 2016-13", "us-a1263: .*Write a date"),
        ("batches.yaml", "low: 712964", "low: 712965", "cn-2025: .*units_fits_precision"),
        ("incidents.yaml", "happened_on: 2025-09", "happend_on: 2025-09", "anker-2025: .*happend_on"),
        ("companies.yaml", "name: Romoss\n", "name: Anker Innovations\n", "romoss: .*already, by its name"),
        ("sources.yaml", "language: zh", "note: x", "sources, sina: .*language"),
    ],
)
def test_a_mistake_in_the_files_is_named_and_nothing_is_loaded(misspelt, name, old, new, complaint):
    misspelt(name, old, new)
    with pytest.raises(CommandError, match=f"(?s)Nothing is loaded.*{complaint}"):
        load()
    assert not Source.objects.exists()
