"""Health Canada's and Safety Gate's files by their commands, from the file to the public page."""

import json

import pytest
from django.core.management import call_command

from recalls.models import RecallBatch
from tests.test_health_canada import HEATER

pytestmark = pytest.mark.django_db

REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<notifications><notification>
<caseNumber>SR/00001/25</caseNumber><reference>https://ec.europa.eu/safety-gate-alerts/screen/webReport/alertDetail/1</reference>
<category>Electrical appliances</category><product>Power bank</product><brand>Voltix</brand>
<type_numberOfModel>VX-10</type_numberOfModel><riskType>Fire</riskType><danger>The battery can overheat.</danger>
<measures>Recall of the product from end users</measures><notifyingCountry>Germany</notifyingCountry>
<countryOfOrigin>China</countryOfOrigin><report_date>03/01/2025</report_date>
</notification></notifications>"""


def test_a_safety_gate_notice_has_a_page(client, tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    call_command("import_safety_gate", str(tmp_path / "report.xml"), publish=True)
    batch = RecallBatch.objects.get()
    assert (batch.notice_number, batch.slug) == ("SR/00001/25", "eu-safety-gate-sr-00001-25")
    assert (batch.region.code, batch.units_precision, batch.hazards) == ("EU", "unknown", ["fire"])
    assert client.get("/recalls/").status_code == 200
    assert "SR/00001/25" in client.get("/recalls/eu-safety-gate-sr-00001-25/").text


def test_a_notice_of_health_canada_has_a_page(client, tmp_path):
    (tmp_path / "open.json").write_text(json.dumps([HEATER]))
    call_command("import_health_canada", str(tmp_path / "open.json"), publish=True)
    batch = RecallBatch.objects.get(slug="ca-health-canada-ra-70001")
    assert (str(batch.announced_on), batch.units_low, sorted(batch.hazards)) == (
        "2025-04-03",
        None,
        ["burn", "fire"],
    )
    assert client.get(batch.get_absolute_url()).status_code == 200


def test_an_edit_that_only_moves_the_date_changes_nothing(tmp_path):
    for day in ("2025-04-03", "2025-09-01"):
        (tmp_path / "open.json").write_text(json.dumps([HEATER | {"Last updated": day}]))
        call_command("import_health_canada", str(tmp_path / "open.json"))
    assert str(RecallBatch.objects.get().announced_on) == "2025-04-03"
    assert not RecallBatch.objects.get().revisions.exists()
