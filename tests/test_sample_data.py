"""What the sample data says, each kind of record tried against the published figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps

from evidence.models import Source, SourceReference
from evidence.partial_dates import PartialDate
from recalls import models as recalls
from recalls.models import Incident, RecallBatch
from suppliers import models as suppliers
from suppliers.models import CellSource, Claim, Company, SupplyAgreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]


def stated(batch, figure):
    """Every source of a figure with its stance and the value it states."""
    return list(
        RecallBatch.objects.get(slug=batch)
        .citations.filter(figure=figure)
        .values_list("source__slug", "stance", "stated_low", "stated_high")
    )


def test_twenty_batches_and_four_canadian_parts_of_joint_recalls():
    assert RecallBatch.objects.count() == 20 + 4
    assert recalls.JointGroup.objects.count() == 4


@pytest.mark.parametrize(
    ("model", "number"),
    [
        (Source, 43),
        (SourceReference, 8),
        (suppliers.Company, 12),
        (suppliers.CompanyAlias, 6),
        (suppliers.ProductCategory, 3),
        (suppliers.ProductModel, 29),
        (suppliers.BatteryCell, 1),
        (suppliers.CellSource, 3),
        (suppliers.Ownership, 2),
        (suppliers.SupplyAgreement, 2),
        (suppliers.Certificate, 2),
        (suppliers.Claim, 7),
        (suppliers.Citation, 1 + 3 + 2 + 2 + 2 + 7),
        (recalls.Region, 5),
        (recalls.Regulator, 8),
        (recalls.Incident, 3),
        (recalls.RootCause, 4 + 1 + 1),
        (recalls.ContributingFactor, 3),
        (recalls.Impact, 7),
        (recalls.Measure, 5),
        (recalls.RecoveryPhase, 3),
        (recalls.FinancialIndicator, 8),
        (recalls.Event, 7 + 2),
        (recalls.RecalledProduct, 53 + 8),
        (recalls.BatchRemedy, 19),
        (recalls.Progress, 9),
        (recalls.Analysis, 2),
        (recalls.AnalysisBatch, 4 + 4),
        # of batches: the whole, units, other values of the units, amounts, prices; then the parts of incidents
        (recalls.Citation, (26 + 25 + 5 + 4 + 13) + (6 + 6 + 7 + 5 + 3 + 9 + 9) + 2),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_every_entry_becomes_a_record(model, number):
    assert model.objects.count() == number


def test_every_record_could_be_saved_in_a_form():
    for app in ("evidence", "suppliers", "recalls"):
        for model in apps.get_app_config(app).get_models():
            for record in model.objects.all():
                record.full_clean()


def test_the_batch_without_a_source_is_the_only_draft():
    assert [batch.slug for batch in RecallBatch.objects.filter(is_published=False)] == ["sg-2025"]
    assert RecallBatch.objects.visible().count() == 23


def test_incidents_and_claims_are_published():
    assert Incident.objects.visible().count() == 3
    for claims in (CellSource, SupplyAgreement, suppliers.Ownership, suppliers.Certificate, Claim):
        assert not claims.objects.filter(is_published=False).exists()


def test_a_batch_has_the_figures_of_its_notice():
    batch = RecallBatch.objects.get(slug="us-a1263")
    assert (batch.units_low, batch.units_high, batch.units_precision) == (1158000, 1158000, "approximate")
    assert (batch.price_low, batch.price_currency, batch.price_grade) == (27, "USD", "official")
    assert (batch.reports, batch.injuries, batch.damage_reports, batch.deaths) == (19, 2, 11, None)
    assert (batch.damage_low, batch.damage_high, batch.damage_precision) == (60700, None, "at_least")
    assert (batch.regulator.slug, batch.notice_number) == ("cpsc", "25-338")


def test_dates_keep_the_precision_they_have():
    batch = RecallBatch.objects.get(slug="us-a1263")
    assert batch.announced_on == date(2025, 6, 12)
    assert (str(batch.sold_from), str(batch.sold_until)) == ("2016-06", "2022-12")
    assert (str(batch.made_from), str(batch.made_until)) == ("2016-01-01", "2019-10-30")


def test_a_stated_nought_is_not_unknown():
    batch = RecallBatch.objects.get(slug="ca-2025")
    assert (batch.reports, batch.injuries) == (0, None)


def test_sources_that_round_or_contradict_a_figure_are_cited_with_their_value():
    assert stated("cn-2025", "units") == [
        ("focustaiwan", "supports", None, None),
        ("ginlix", "rounds", 713000, 713000),
        ("sushuapos", "contradicts", 71294, 71294),
    ]


def test_a_contradicting_figure_may_be_open_at_the_top():
    assert stated("jp-2025-06", "units")[-1] == ("nfnews", "contradicts", 220000, None)


def test_a_figure_has_its_own_sources():
    assert stated("us-a1263", "price") == [
        ("cpsc_25338", "supports", None, None),
        ("unbox", "supports", None, None),
    ]
    assert stated("us-a1263", "units") == [("cpsc_25338", "supports", None, None)]


def test_how_a_published_amount_came_about_stands_with_its_source():
    note = recalls.Citation.objects.get(batch__slug="cn-2025", figure="amount").note
    assert note.startswith("inferred: 712,964 x CNY 149 to 229")


def test_product_lines_share_precision_and_grade_of_the_batch():
    line = recalls.RecalledProduct.objects.get(batch__slug="casely-us")
    assert (line.units_low, line.units_high) == (429200, 429200)
    assert (line.units_precision, line.units_grade) == ("approximate", "official")


def test_a_line_without_a_figure_stays_unknown():
    line = recalls.RecalledProduct.objects.get(batch__slug="jp-2025-06", product_model__slug="a1647")
    assert (line.units_low, line.units_precision, line.units_grade) == (None, "unknown", "")


def test_the_canadian_part_of_a_notice_is_a_batch_of_its_own():
    us, ca = RecallBatch.objects.filter(joint_group__name="CPSC notice 25-056").order_by("pk")
    assert (us.slug, us.region.code, us.units_low) == ("us-25056", "US", 69000)
    assert (ca.slug, ca.region.code, ca.units_low) == ("us-25056-ca", "CA", 9764)
    assert (ca.regulator, ca.notice_number, ca.price_low, ca.reports) == (us.regulator, "25-056", None, None)


@pytest.mark.parametrize(("later", "earlier"), [("esr-us-2", "esr-us"), ("esr-us-2-ca", "esr-us-ca")])
def test_a_widened_recall_points_to_the_earlier_one(later, earlier):
    assert RecallBatch.objects.get(slug=later).expands.slug == earlier


def test_remedies_carry_their_terms():
    remedies = RecallBatch.objects.get(slug="cn-2025").remedies.values_list("kind", "note")
    assert list(remedies) == [
        ("refund", ""),
        ("replace", "replacement upgrade"),
        ("voucher", "voucher of the order amount plus 50 CNY"),
    ]


def test_progress_may_be_of_one_product():
    progress = recalls.Progress.objects.get(recalled_product__product_model__slug="a3305")
    assert (progress.batch.slug, progress.in_scope, progress.rate_pct) == (
        "jp-2025-10",
        8980,
        Decimal("34.4"),
    )
    assert (progress.as_of, progress.source.slug) == (date(2026, 1, 7), "itmedia")


def test_a_cause_names_its_models_and_whom_it_is_put_down_to():
    cause = recalls.RootCause.objects.get(incident__slug="anker-2025", attributed_to__slug="apex")
    assert (cause.grade, [model.slug for model in cause.product_models.all()]) == ("alleged", ["a1681"])


def test_books_keep_sign_period_and_change():
    cash = recalls.FinancialIndicator.objects.get(text="net cash flow from operating activities")
    assert (cash.value, cash.currency, str(cash.period)) == (-1132000000, "CNY", "2025-H1")
    assert cash.change_on_year_pct == Decimal("-234.58")


def test_nine_months_are_a_period():
    period = recalls.FinancialIndicator.objects.get(text="asset impairment").period
    assert period == PartialDate(date(2025, 1, 1), date(2025, 9, 30))


def test_a_percentage_has_no_currency():
    share = recalls.FinancialIndicator.objects.get(text="share of revenue through Amazon")
    assert (share.value, share.currency, share.precision) == (50, "", "at_least")


def test_recovery_phases_have_tasks_and_an_outcome():
    phase = recalls.RecoveryPhase.objects.get(order=2)
    assert phase.tasks == ["win trust back through steady product quality", "restore channel partnerships"]
    assert phase.text == "market share and brand indicators recover step by step"


def test_warnings_to_the_reader_stand_on_the_incident():
    note = Incident.objects.get(slug="anker-2025").note
    assert "never merge the two causes" in note
    assert "four different kinds of money, never to be added" in note


def test_an_answer_stands_beside_the_claim():
    claim = Claim.objects.get(answer="no comment")
    assert (claim.about.slug, claim.grade, claim.said_by) == ("apex", "alleged", "earlier press reports")
    assert (claim.answer_by.slug, claim.answer_text) == ("anker", "would not confirm it")


def test_a_claim_of_a_company_is_tied_to_it():
    assert Claim.objects.filter(said_by_company__slug="anker").count() == 3
    assert Claim.objects.get(kind="scale").cells_high == 30000000


def test_an_agreement_keeps_the_words_of_its_source():
    agreement = SupplyAgreement.objects.get(supplier__slug="atl")
    assert (agreement.replaces.slug, agreement.cells_low, agreement.state) == ("apex", 45000000, "planned")
    assert agreement.terms == "planned purchase under a strategic partnership"


def test_a_cell_source_names_the_cell_where_it_is_known():
    link = CellSource.objects.get(product_model__slug="pb2030mi")
    assert (link.cell.designation, link.basis) == ("126280 v2.0", "company statement")


def test_names_stand_in_every_script():
    aliases = Company.objects.get(slug="apex").aliases.values_list("name", "language")
    assert ("安普瑞斯(无锡)", "zh") in aliases


def test_references_keep_the_publisher_they_credit():
    credits = Source.objects.get(slug="kr36").referenced_by.values_list("number", "credited_publisher")
    assert list(credits) == [(3, "36Kr"), (8, "Blue Ocean Yiguan Network")]


def test_an_analysis_names_what_it_leaves_out():
    analysis = recalls.Analysis.objects.get(slug="published-cost")
    assert [part.batch.slug for part in analysis.parts.filter(is_included=False)] == ["jp-2025-10"]
    assert (analysis.amount_low, analysis.amount_grade) == (432000000, "estimated")
