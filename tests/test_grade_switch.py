"""The grade switch on the pages of an incident and of a batch: what is less sure is not shown, and counted."""

from datetime import date

import pytest

from tests import factory

pytestmark = pytest.mark.django_db
SURE = "grade=official&grade=company"


@pytest.fixture
def crisis():
    return factory.incident("Crisis", published=True, slug="crisis")


@pytest.fixture
def batches(crisis):
    """100 units official at CNY 8; 40 units reported, with a sales amount of CNY 900 that is estimated."""
    price = {"price_low": 8, "price_high": 8, "price_currency": "CNY", "price_grade": "official"}
    amount = {"amount_low": 900, "amount_high": 900, "amount_precision": "exact", "amount_currency": "CNY"}
    sure = factory.batch("sure", "CN", published=True, slug="sure", units=100, incident=crisis, **price)
    less = factory.batch(
        "less",
        "JP",
        published=True,
        slug="less",
        units=40,
        incident=crisis,
        amount_grade="estimated",
        **amount,
    )
    less.units_grade, less.raw_units = "reported", "about 40 pieces"
    less.save()
    return sure, less


def page(client, query=SURE):
    return client.get(f"/incidents/crisis/?currency=CNY&{query}")


def words(text):
    return " ".join(text.split())


def test_totals_and_exposure_take_only_figures_of_the_grades(client, batches):
    # 100 + 40 units; CNY 100 × 8 + 900. Of official and company alone: 100 units, CNY 800, one batch without.
    everything, sure = page(client, "").context, page(client).context
    assert (everything["totals"].units.low, everything["exposure"].low) == (140, 1700)
    assert (sure["totals"].units.low, sure["totals"].without_units, sure["totals"].amounts) == (100, 1, {})
    assert (sure["exposure"].low, sure["exposure"].without_figure) == (800, 1)


def test_the_table_of_batches_says_of_which_grade_a_hidden_figure_is(client, batches):
    shown = page(client).text
    assert shown.count("not shown: grade reported") == 2  # in the table and in the timeline
    assert "not shown: grade estimated" in shown
    assert "not shown" not in page(client, "").text.split("</nav>")[-1]


def test_a_set_of_any_grades_works(client, batches):
    totals = page(client, "grade=reported&grade=estimated").context["totals"]
    assert (totals.units.low, totals.amounts["CNY"].low) == (40, 900)


def test_the_matrix_shows_units_of_the_grades_alone(client, batches):
    for batch in batches:
        factory.recalled_product(batch, factory.product_model("A1"))
    matrix = words(page(client).text.split('id="matrix"')[1].split("<h2")[0])
    assert "100 units" in matrix and "units not shown: grade reported" in matrix and "40 units" not in matrix


def test_parts_of_other_grades_are_left_out_and_counted(client, crisis, batches):
    for grade in ("company", "reported", "alleged"):
        crisis.measures.create(text=f"{grade} measure", category="papers", grade=grade)
        crisis.rootcauses.create(text=f"{grade} cause", grade=grade)
    shown = page(client)
    parts = shown.context["parts"]
    assert [str(part) for part in parts["measures"]] == ["company measure"]
    assert (parts["measures"].left_out, parts["rootcauses"].left_out) == (2, 2)
    assert shown.context["timeline_left_out"] == 2
    assert shown.text.count("2 left out by the grade switch") == 3
    assert "alleged cause" not in shown.text and "reported measure" not in shown.text


def test_a_section_of_hidden_parts_alone_still_stands_with_their_number(client, crisis, batches):
    company = factory.company("Anker")
    crisis.financialindicators.create(
        text="net profit", company=company, value=5, currency="CNY", grade="estimated"
    )
    money = page(client).text.split('id="money"')[1]
    assert "1 left out by the grade switch" in money and "Net profit" not in money


def test_claims_and_completions_go_by_their_own_grade(client, crisis, batches):
    maker = factory.company("Apex")
    cause = crisis.rootcauses.create(text="bad cells", grade="official", attributed_to=maker)
    factory.cite(cause)
    factory.claim(maker, "it swapped a material", published=True)
    row = {"as_of": date(2025, 7, 1), "source": factory.source()}
    batches[0].progress.create(rate_pct=30, grade="official", **row)
    batches[0].progress.create(rate_pct="55.25", grade="reported", **row)
    shown = page(client)
    assert [one.row.rate_pct for one in shown.context["completions"]] == [30]
    assert (shown.context["completions"].left_out, shown.context["cause_claims"].left_out) == (1, 1)
    assert "it swapped a material" not in shown.text and "55.25" not in shown.text.split('id="completion"')[1]


def test_the_scenario_and_the_reconciler_follow_it(client, batches):
    batches[0].progress.create(as_of=date(2025, 7, 1), rate_pct=50, grade="reported", source=factory.source())
    everything = page(client, "headline=40+units").context
    sure = page(client, f"{SURE}&headline=40+units").context
    assert everything["scenario"]["cost"] == "≈\u00a0CNY\u00a01,300"  # 800 × 50 % + 900
    assert sure["scenario"]["cost"] == "≈\u00a0CNY\u00a0800"
    assert sure["scenario"]["rows"][0]["line"].share_basis == "assumed: what was measured is of another grade"
    assert everything["reconciler"]["groups"] and not sure["reconciler"]["outcome"].startswith("These")
    assert [batch.slug for batch in sure["reconciler"]["unusable"]] == ["less"]


def test_it_goes_together_with_a_day(client, batches):
    for batch in batches:
        batch.citations.update(source=factory.source(published_on="2025-06-20"))
    totals = page(client, f"{SURE}&as_of=2025-06-21").context["totals"]
    assert (totals.batches, totals.units.low, totals.without_units) == (2, 100, 1)


def test_a_banner_says_that_it_is_on_and_how_to_turn_it_off(client, batches):
    assert "Only official and company figures count." in page(client).text
    assert "figures count" not in page(client, "").text
    assert 'href="?currency=CNY">all grades</a>' in page(client).text


def test_every_form_of_the_page_hands_it_on(client, batches):
    forms = page(client).text.split("<main")[1].split("<form")[1:]
    kept = '<input type="hidden" name="grade" value="official">'
    assert [kept in form or 'name="grade" value="official" checked' in form for form in forms] == [
        True
    ] * len(forms)


@pytest.mark.parametrize("path", ["/incidents/crisis/", "/recalls/less/", "/recalls/"])
@pytest.mark.parametrize("grade", ["nonsense", "%00", "official%27--"])
def test_an_unknown_grade_is_refused_with_a_sentence(client, batches, path, grade):
    shown = client.get(f"{path}?grade={grade}")
    assert shown.status_code == 200
    assert 'class="errors"' in shown.text and "until this is mended" in shown.text


def test_a_batch_s_page_shows_why_a_figure_is_not_shown(client, batches):
    shown = client.get(f"/recalls/less/?{SURE}").text
    assert "not shown: grade reported" in shown and "not shown: grade estimated" in shown
    assert "40" not in shown.split("</form>")[2] and "900" not in shown
    assert "about 40 pieces" in client.get("/recalls/less/").text


def test_a_batch_s_exposure_rests_on_figures_of_the_grades(client, batches):
    sure = batches[0]
    amount = {"low": 700, "high": 700, "precision": "exact", "currency": "CNY", "grade": "estimated"}
    type(sure).objects.filter(pk=sure.pk).update(
        **{f"amount_{name}": value for name, value in amount.items()}
    )
    assert "CNY\u00a0700" in client.get("/recalls/sure/?currency=CNY").text
    graded = client.get(f"/recalls/sure/?currency=CNY&{SURE}")
    assert "CNY\u00a0800" in graded.context["exposure"] and "CNY\u00a0700" not in graded.text


def test_a_batch_s_lines_are_not_added_up_where_one_is_hidden(client, batches):
    first = factory.recalled_product(batches[0], factory.product_model("A1"), units=60)
    factory.recalled_product(batches[0], factory.product_model("A2"), units=40)
    assert "The lines add up to 100" in client.get(f"/recalls/sure/?{SURE}").text
    type(first).objects.filter(pk=first.pk).update(units_grade="reported")
    assert "The lines are not added up" in client.get(f"/recalls/sure/?{SURE}").text


def test_a_batch_s_progress_and_cells_go_by_their_own_grade(client, batches):
    line = factory.recalled_product(batches[0], factory.product_model("A1"))
    factory.cell_source(line.product_model, factory.company("Apex"), grade="alleged", published=True)
    batches[0].progress.create(
        as_of=date(2025, 7, 1), rate_pct="55.25", grade="reported", source=factory.source()
    )
    shown = client.get(f"/recalls/sure/?{SURE}").text
    assert shown.count("1 left out by the grade switch") == 2
    assert "Apex" not in shown and "55.25" not in shown.split('id="progress"')[1].split("<h2")[0]


def test_a_list_says_of_which_grade_a_hidden_figure_is(client, batches):
    batches[1].price_low = batches[1].price_high = 3
    batches[1].price_currency, batches[1].price_grade = "CNY", "company"
    batches[1].save()
    row = client.get(f"/recalls/?{SURE}").text.split("<tbody")[1]
    assert "not shown: grade reported" in row and "not shown: grade estimated" in row


def test_links_keep_it(client, batches):
    kept = "?grade=official&amp;grade=company"
    assert f'href="/recalls/less/{kept}"' in page(client).text
    assert f'href="/recalls/sure/{kept}"' in client.get(f"/recalls/?{SURE}").text
    assert f'href="/incidents/crisis/{kept}"' in client.get(f"/recalls/less/?{SURE}").text
    assert "?incident=crisis&amp;grade=official&amp;grade=company" in page(client).text


def test_the_file_does_not_repeat_a_hidden_number_as_published(client, batches):
    file = client.get(f"/recalls/?export=csv&{SURE}").getvalue().decode()
    assert "about 40 pieces" not in file
    assert "about 40 pieces" in client.get("/recalls/?export=csv").getvalue().decode()
