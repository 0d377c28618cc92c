"""CPSC's files by the command, from the file to the batch."""

import csv
import json
import os
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from cpsc_records import COLUMNS, record, row
from django.core.management import CommandError, call_command

from recalls.models import ImportRun, RecallBatch, RefusedRow
from suppliers.models import Company

SHARED = Path(os.environ.get("SHARED_DIR", Path(__file__).resolve().parents[2] / "shared")) / "data" / "cpsc"

pytestmark = pytest.mark.django_db

LAMPS = row(
    recall_number="25-901",
    recall_heading="Acme Recalls Lamps Due to Fire Hazard",
    name_of_product="Desk lamps (model A1263)",
    hazard_description="The lamps can overheat, posing a fire hazard.",
    units="About 5,700 (In addition, about 450 were sold in Canada)",
    incidents="The firm has received 19 reports of fires, including two burn injuries.",
    sold_at="Target stores nationwide from March 2022 through September 2024 for between $30 and $70.",
    remedy_type="Refund, Replace",
    importers="Acme Inc., of Boston, Massachusetts",
)


@pytest.fixture
def listing(tmp_path):
    def written(*rows, name="listing.csv"):
        with (tmp_path / name).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return str(tmp_path / name)

    return written


@pytest.fixture
def api(tmp_path):
    def written(*records):
        (tmp_path / "api.json").write_text(json.dumps(records))
        return str(tmp_path / "api.json")

    return written


def import_cpsc(*files, **options):
    out = StringIO()
    call_command("import_cpsc", *files, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_a_row_of_the_listing_becomes_a_batch(listing):
    said = import_cpsc(listing(LAMPS), publish=True)
    batch = RecallBatch.objects.get(slug="us-cpsc-25-901")
    assert "listing.csv: 1 read, 1 new, 0 changed, 0 unchanged, 0 refused" in said
    assert (batch.announced_on, batch.units_low, batch.units_precision) == (
        date(2025, 6, 12),
        5700,
        "approximate",
    )
    assert (batch.price_low, batch.price_high, batch.price_currency) == (Decimal(30), Decimal(70), "USD")
    assert (str(batch.sold_from), str(batch.sold_until)) == ("2022-03", "2024-09")
    assert (batch.reports, batch.injuries, batch.deaths, batch.hazards) == (19, 2, None, ["fire"])
    assert sorted(remedy.kind for remedy in batch.remedies.all()) == ["refund", "replace"]
    assert (batch.company.name, batch.products.get().product_model.model_number) == ("Acme", "A1263")
    assert {(part.company.name, part.role) for part in batch.companies.all()} == {
        ("Acme Inc.", "importer"),
        ("Target", "retailer"),
    }
    assert RecallBatch.objects.get(slug="ca-cpsc-25-901").units_low == 450
    assert not Company.objects.get(name="Acme").is_reviewed


def test_one_quantity_that_is_not_read_is_one_quantity(listing):
    assert "1 quantity not read;" in import_cpsc(listing(row(Units="About 26, 800")))


def test_the_same_notice_of_the_api_is_the_same_batch(listing, api):
    import_cpsc(listing(LAMPS))
    units = [{"Name": "Lamps", "NumberOfUnits": LAMPS["Units"]}]
    import_cpsc(
        api(record(RecallNumber="25901", Products=units, URL="https://www.cpsc.gov/Recalls/2025/Acme"))
    )
    assert RecallBatch.objects.filter(region__code="US").count() == 1
    source = RecallBatch.objects.get(slug="us-cpsc-25-901").citations.get().source
    assert source.url == "https://www.cpsc.gov/Recalls/2025/Acme"


def test_a_warning_becomes_a_recall_under_a_new_number(listing):
    warning = row(
        recall_number="",
        product_safety_warning_number="25-800",
        product_safety_warning_date="May 1, 2025",
        recall_heading="CPSC Warns Consumers to Immediately Stop Using Acme Lamps",
    )
    recall = row(recall_number="25-901", product_safety_warning_number="25-800")
    import_cpsc(listing(warning, recall))
    warned, recalled = (RecallBatch.objects.get(notice_number=number) for number in ("25-800", "25-901"))
    assert (warned.kind, recalled.kind) == ("warning", "recall")
    assert (recalled.upgrades, warned.counted_in) == (warned, recalled)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[{"RecallID": 0, "Title": "Unknown error"}]', "answered with an error instead of a recall"),
        ('[{"RecallID": 1, "RecallNumber": "25901"', ""),
        ("Recall Number,Date\n25-901,today", "is not a file of the format cpsc-api or cpsc-listing"),
        ("", "is not a file of the format cpsc-api or cpsc-listing"),
    ],
)
def test_a_file_that_fails_says_why_and_the_command_fails(tmp_path, capsys, content, reason):
    file = tmp_path / "bad.json"
    file.write_text(content)
    with pytest.raises(CommandError, match=r"1 of 1 files failed: .*bad\.json"):
        call_command("import_cpsc", str(file))
    assert reason in capsys.readouterr().err
    assert not ImportRun.objects.filter(state="finished").exists()


def test_one_bad_file_does_not_keep_the_others_out(listing, tmp_path):
    with pytest.raises(CommandError, match="1 of 2 files failed"):
        import_cpsc(str(tmp_path / "absent.csv"), listing(LAMPS))
    assert ImportRun.objects.get().new == 1


def test_other_hosts_are_not_asked():
    with pytest.raises(CommandError):
        import_cpsc("https://127.0.0.1/recalls.json")


def test_elsewhere_than_on_a_terminal_a_line_tells_how_far_it_is(listing, monkeypatch):
    monkeypatch.setattr("recalls.management.import_command.EVERY", 2)
    monkeypatch.setattr("recalls.importers.writing.run.CHUNK", 2)
    said = import_cpsc(listing(*(row(recall_number=f"25-{number}") for number in range(901, 906))))
    assert said.count("read so far") == 2


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="The real notices are not here: SHARED_DIR names their folder."
)
def test_all_real_notices_come_in_and_the_second_time_nothing_changes():
    files = [str(SHARED / "listing.csv"), str(SHARED / "api_records.json")]
    import_cpsc(*files)
    first = list(ImportRun.objects.order_by("pk").values_list("read", "refused"))
    assert first == [(442, 0), (10, 0)]
    # Two of the ten stand in the listing too: 25-338 and 25-437.
    assert RecallBatch.objects.filter(region__code="US").count() == 450
    batch = RecallBatch.objects.get(notice_number="25-338")
    assert (batch.units_low, batch.reports, batch.injuries, batch.damage_reports) == (1_158_000, 19, 2, 11)
    assert (batch.price_low, batch.damage_low, batch.damage_high) == (Decimal(27), Decimal(60_700), None)
    assert (str(batch.sold_from), str(batch.sold_until)) == ("2016-06", "2022-12")
    typo = RecallBatch.objects.get(notice_number="25-374")
    assert (typo.units_low, typo.raw_units) == (None, "About 201,200 (In addition, about 26, 800 in Canada)")
    import_cpsc(*files)
    again = ImportRun.objects.order_by("pk").values_list("new", "changed", "unchanged", "waiting")
    assert list(again)[2:] == [(0, 0, 442, 0), (0, 0, 10, 0)]
    assert not RefusedRow.objects.exists()
