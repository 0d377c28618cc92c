"""Batches of two regulators that may be one recall: proposed, never merged, decided by staff."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from recalls.duplicates import propose
from recalls.models import DuplicateProposal, JointGroup, NoticeLink
from suppliers.names import NOT_NAMED
from tests import factory
from tests.admin_pages import list_page, messages, sign_in

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 12)
HEALTH_CANADA = "Health Canada"


def american(days=0, model="A1263", **fields):
    return _batch("CPSC", "US", days, model, **fields)


def canadian(days=0, model="A1263", **fields):
    return _batch(HEALTH_CANADA, "CA", days, model, **fields)


def _batch(regulator, region, days, model, **fields):
    regulator = factory.regulator(regulator, region)
    fields = {"region_code": region, "announced_on": DAY + timedelta(days), **fields}
    batch = factory.batch(f"Power banks of {regulator}", regulator=regulator, **fields)
    if model:
        factory.recalled_product(batch, factory.product_model(model))
    return batch


def pairs():
    return list(DuplicateProposal.objects.values_list("first", "second").order_by("pk"))


def one_pair(*batches):
    second = (batches or (american(), canadian()))[1]
    propose([second.pk])
    return DuplicateProposal.objects.get()


def decide(client, proposal, decision):
    address = reverse("admin:recalls_duplicateproposal_decide", args=[proposal.pk])
    response = client.post(address, {"decision": decision}, follow=True)
    proposal.refresh_from_db()
    return response


def ties(*batches):
    """The joint announcement and the holder of each batch as they are now."""
    for batch in batches:
        batch.refresh_from_db()
    return [(batch.joint_group and batch.joint_group.name, batch.counted_in_id) for batch in batches]


def test_the_same_model_within_a_month_is_proposed_with_its_evidence():
    first, second = american(), canadian(days=31)
    assert propose([second.pk]) == 1
    found = DuplicateProposal.objects.get()
    assert (found.first, found.second, found.state) == (first, second, "proposed")
    assert (found.model_numbers, found.days_apart, found.is_named) == (["A1263"], 31, False)
    assert (found.is_same_company, found.is_same_region) == (True, False)
    assert found.evidence == "the same product model A1263; the same company; announced 31 days apart"
    assert ties(first, second) == [(None, None), (None, None)]


def test_the_pair_is_the_same_whichever_is_new():
    first, second = american(), canadian()
    assert propose([first.pk]) == 1
    assert propose([second.pk]) == 0
    assert pairs() == [(first.pk, second.pk)]


@pytest.mark.parametrize("days", [32, -32, 400])
def test_more_than_31_days_apart_is_not_proposed(days):
    american()
    assert propose([canadian(days).pk]) == 0


def test_another_model_is_not_proposed():
    american()
    assert propose([canadian(model="A1647").pk]) == 0


def test_the_same_number_of_another_company_is_not_the_same_model():
    american()
    other = factory.product_model(company=factory.company("Baseus"))
    batch = canadian(model=None)
    factory.recalled_product(batch, other)
    assert propose([batch.pk]) == 0


def test_batches_of_one_regulator_are_not_proposed():
    american()
    assert propose([american(region_code="CA").pk]) == 0


def test_units_sold_in_canada_and_canadas_own_notice_are_for_the_same_region():
    sold_there = american(region_code="CA")
    found = one_pair(sold_there, canadian())
    assert found.is_same_region
    assert "for the same region, so the same units may be in both" in found.evidence


def test_several_models_in_common_are_one_proposal():
    first, second = american(), canadian()
    for batch in (first, second):
        factory.recalled_product(batch, factory.product_model("A1647"))
    propose([first.pk, second.pk])
    assert DuplicateProposal.objects.get().model_numbers == ["A1263", "A1647"]


@pytest.mark.parametrize("which", ["the naming", "the named"])
def test_a_joint_notice_named_by_address_is_proposed_whatever_the_day(which):
    first, second = american(model=None), canadian(400, model=None)
    factory.cite(second, source=factory.source(url="https://example.ca/notice"))
    link = NoticeLink.objects.create(batch=first, kind="joint", target="https://example.ca/notice")
    propose([first.pk if which == "the naming" else second.pk])
    found = DuplicateProposal.objects.get()
    assert found.is_named
    assert found.evidence.startswith("one notice names the other as its own recall; the same company")
    link.refresh_from_db()
    assert link.followed_at


def test_an_address_that_nothing_cites_stays_open():
    first = american(model=None)
    NoticeLink.objects.create(batch=first, kind="joint", target="https://example.ca/notice")
    propose([first.pk])
    assert NoticeLink.objects.waiting().count() == 1
    assert pairs() == []


def test_batches_that_are_tied_already_are_not_proposed():
    group = JointGroup.objects.create(name="Together")
    american(joint_group=group)
    assert propose([canadian(joint_group=group).pk]) == 0
    assert propose([canadian(counted_in=american(model="A1647"), model="A1647").pk]) == 0


def test_proposing_a_thousand_is_a_few_questions(django_assert_max_num_queries):
    american()
    keys = [canadian(days).pk for days in range(20)]
    with django_assert_max_num_queries(4):
        assert propose(keys) == 20


def test_a_pair_is_in_order_and_not_with_itself():
    first, second = american(), canadian()
    for one, two in ((second, first), (first, first)):
        fields = {"days_apart": 0, "is_same_company": True, "is_same_region": False}
        with pytest.raises(IntegrityError), transaction.atomic():
            DuplicateProposal.objects.create(first=one, second=two, **fields)


def test_both_stand_side_by_side_with_the_evidence(client):
    proposal = one_pair()
    response = sign_in(client).get(reverse("admin:recalls_duplicateproposal_change", args=[proposal.pk]))
    assert "the same product model A1263" in response.text
    shown = {name: (str(one), str(two)) for name, one, two, _ in response.context["rows"]}
    assert shown["Regulator"] == ("CPSC", HEALTH_CANADA)
    assert shown["Product models"] == ("A1263", "A1263")


def test_one_joint_announcement_ties_both_and_is_undone(client):
    proposal, staff = one_pair(), sign_in(client)
    decide(staff, proposal, "joint")
    name = "Power banks of CPSC"
    assert ties(proposal.first, proposal.second) == [(name, None), (name, None)]
    assert (proposal.state, proposal.decided_by.username) == ("linked", "root")
    assert LogEntry.objects.count() == 2
    decide(staff, proposal, "undo")
    assert ties(proposal.first, proposal.second) == [(None, None), (None, None)]
    assert (proposal.state, proposal.decided_by, JointGroup.objects.count()) == ("proposed", None, 0)


def test_a_batch_joins_the_announcement_of_the_other_and_leaves_it_again(client):
    group = JointGroup.objects.create(name="Canada")
    proposal, staff = one_pair(american(), canadian(joint_group=group)), sign_in(client)
    decide(staff, proposal, "joint")
    assert ties(proposal.first, proposal.second) == [("Canada", None), ("Canada", None)]
    decide(staff, proposal, "undo")
    assert ties(proposal.first, proposal.second) == [(None, None), ("Canada", None)]


def test_two_announcements_become_one_and_are_parted_again(client):
    one, two = (JointGroup.objects.create(name=name) for name in ("CPSC 25-338", "HC 1"))
    proposal = one_pair(american(joint_group=one), canadian(joint_group=two))
    third, staff = canadian(model="A1647", joint_group=two), sign_in(client)
    batches = (proposal.first, proposal.second, third)
    decide(staff, proposal, "joint")
    assert ties(*batches) == [("CPSC 25-338", None)] * 3
    decide(staff, proposal, "undo")
    assert ties(*batches) == [("CPSC 25-338", None), ("HC 1", None), ("HC 1", None)]


def test_what_staff_have_changed_since_is_left_at_an_undo(client):
    proposal, staff = one_pair(), sign_in(client)
    decide(staff, proposal, "joint")
    proposal.second.joint_group = JointGroup.objects.create(name="Another")
    proposal.second.save()
    decide(staff, proposal, "undo")
    assert ties(proposal.first, proposal.second) == [(None, None), ("Another", None)]


def test_a_link_under_another_one_is_not_undone_first(client):
    proposal, staff = one_pair(), sign_in(client)
    decide(staff, proposal, "joint")
    third = _batch("METI", "JP", 0, "A1263")
    propose([third.pk])
    decide(staff, DuplicateProposal.objects.get(first=proposal.first, second=third), "joint")
    assert "undo that first" in messages(decide(staff, proposal, "undo"))[0]
    assert proposal.state == "linked"


def test_pairs_that_came_together_by_another_link_wait_no_more(client):
    proposal, staff = one_pair(), sign_in(client)
    propose([_batch("METI", "JP", 0, "A1263").pk])
    assert DuplicateProposal.objects.waiting().count() == 3
    decide(staff, proposal, "joint")
    decide(staff, DuplicateProposal.objects.waiting().first(), "joint")
    assert DuplicateProposal.objects.waiting().count() == 0


@pytest.mark.parametrize("decision", ["first-in-second", "second-in-first"])
def test_staff_choose_which_is_counted_in_which(client, decision):
    proposal, staff = one_pair(), sign_in(client)
    decide(staff, proposal, decision)
    first, second = proposal.first, proposal.second
    counted = (
        [(None, second.pk), (None, None)]
        if decision == "first-in-second"
        else [(None, None), (None, first.pk)]
    )
    assert ties(first, second) == counted
    decide(staff, proposal, "undo")
    assert ties(first, second) == [(None, None), (None, None)]


def test_what_is_counted_in_a_counted_batch_is_counted_in_its_holder(client):
    whole = american()
    inside = american(region_code="CA", counted_in=whole, model="A1647")
    proposal = one_pair(inside, canadian(model="A1647"))
    decide(sign_in(client), proposal, "second-in-first")
    assert ties(proposal.second) == [(None, whole.pk)]


def test_a_count_two_levels_deep_is_refused_with_its_sentence(client):
    proposal = one_pair()
    american(counted_in=proposal.first, model="A1647")
    response = decide(sign_in(client), proposal, "first-in-second")
    assert messages(response)[0].startswith("Counted in is one level deep")
    assert (proposal.state, ties(proposal.first)) == ("proposed", [(None, None)])


def test_a_batch_that_is_counted_elsewhere_is_not_moved(client):
    proposal = one_pair(american(counted_in=american(model="A1647")), canadian())
    response = decide(sign_in(client), proposal, "first-in-second")
    assert "is counted in" in messages(response)[0]
    assert proposal.state == "proposed"


def test_a_dismissed_pair_is_never_proposed_again(client):
    proposal = one_pair()
    decide(sign_in(client), proposal, "not-the-same")
    assert propose([proposal.first_id, proposal.second_id]) == 0
    proposal.refresh_from_db()
    assert proposal.state == "dismissed"


def test_evidence_found_later_is_added_while_the_pair_waits():
    proposal = one_pair()
    factory.cite(proposal.second, source=factory.source(url="https://example.ca/notice"))
    NoticeLink.objects.create(batch=proposal.first, kind="joint", target="https://example.ca/notice")
    assert propose([proposal.first_id]) == 0
    proposal.refresh_from_db()
    assert (proposal.is_named, proposal.model_numbers) == (True, ["A1263"])


def test_who_clicks_second_is_told(client):
    proposal, staff = one_pair(), sign_in(client)
    decide(staff, proposal, "not-the-same")
    assert "Somebody else has decided" in messages(decide(staff, proposal, "joint"))[0]
    assert ties(proposal.first) == [(None, None)]


@pytest.mark.parametrize(
    ("group", "published", "status"),
    [
        ("reader", False, 403),
        ("recall editor", False, 200),
        ("recall editor", True, 403),
        ("publisher", True, 200),
    ],
)
def test_who_may_change_both_batches_may_decide(client, group, published, status):
    proposal, member = one_pair(american(), canadian(published=published)), sign_in(client, group)
    assert decide(member, proposal, "joint").status_code == status
    assert (proposal.state == "linked") == (status == 200)
    page = member.get(reverse("admin:recalls_duplicateproposal_change", args=[proposal.pk])).text
    assert ('value="undo"' in page) == (status == 200)


def test_an_unknown_decision_is_refused(client):
    proposal = one_pair()
    assert decide(sign_in(client), proposal, "merge").status_code == 403


def test_queries_do_not_grow_with_the_list(client, django_assert_max_num_queries):
    staff = sign_in(client)
    one_pair()
    with django_assert_max_num_queries(30) as few:
        staff.get(list_page("recalls_duplicateproposal"))
    propose([canadian(days).pk for days in range(1, 5)])
    with django_assert_max_num_queries(len(few)):
        staff.get(list_page("recalls_duplicateproposal"))


def test_addresses_are_found_by_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT 1 FROM recalls_noticelink WHERE target = 'https://example.ca' AND followed_at IS NULL"
        )
        assert "recalls_noticelink_open" in str(cursor.fetchall())


def test_two_notices_that_name_no_company_are_not_of_the_same_company():
    nobody = factory.company(NOT_NAMED)
    proposal = one_pair(american(company=nobody), canadian(company=nobody))
    assert not proposal.is_same_company


def test_a_pair_of_published_batches_says_that_it_waits_for_a_publisher(client):
    proposal = one_pair(american(published=True), canadian(published=True))
    page = reverse("admin:recalls_duplicateproposal_change", args=[proposal.pk])
    assert "waits for a publisher" in sign_in(client, group="recall editor").get(page).text
