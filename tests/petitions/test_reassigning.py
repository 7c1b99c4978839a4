"""petitions/workflow/reassigning.py: what lost its holder, and whom to give it to."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Notice
from deadlines import notifications
from deadlines import workflow as clocks
from deadlines.models import DeadlineRule
from directory.models import AgencySuccession
from petitions import workflow
from petitions.models import AgencyRule, Assignment, Petition
from tests.counting import queries
from tests.petitions.test_responding import give_back

QUEUE = "/petitions/reassign/"


@pytest.fixture
def ended(world):
    """A petition at a department that ended yesterday, its work in the field gone to another."""
    petition = world.forwarded(sent_on=world.today - timedelta(days=12))
    AgencySuccession.objects.create(
        predecessor=world.department,
        successor=world.other_department,
        policy_field=world.field,
        effective_on=world.today,
    )
    world.department.valid_to = world.today - timedelta(days=1)
    world.department.save()
    return petition


def queue(world):
    found = workflow.to_reassign(Petition.objects.all(), world.today)
    return workflow.with_holders(found, world.council, world.today)


def returned(world):
    petition = world.forwarded(sent_on=world.today - timedelta(days=5))
    assignment = Assignment.objects.get(point__petition=petition)
    workflow.return_(assignment, by=world.drafter, reason="not_competent", explanation="Thuộc Sở Y tế")
    return petition


def test_a_returned_petition_stands_in_the_queue_with_the_days_it_was_held(world):
    petition = returned(world)
    world.forwarded()

    (row,) = queue(world)

    assert (row.petition, row.is_held_by_an_ended_agency) == (petition, False)
    assert [(holder.agency, holder.days) for holder in row.holders] == [(world.department, 5)]


def test_who_said_it_is_not_theirs_is_not_proposed_again(world):
    returned(world)
    rule = AgencyRule.objects.create(council=world.council, policy_field=world.field, agency=world.department)

    (theirs,) = queue(world)
    AgencyRule.objects.filter(pk=rule.pk).update(agency=world.other_department)
    (others,) = queue(world)

    assert (theirs.proposed, others.proposed) == (None, world.other_department)


def test_what_lies_with_an_ended_agency_stands_there_with_its_successor_in_the_field(world, ended):
    (row,) = queue(world)

    assert (row.petition, row.is_held_by_an_ended_agency, row.proposed) == (ended, True, world.other_department)


def test_a_new_petition_from_an_ended_place_stands_there(world):
    petition = world.logged()
    world.commune.valid_to = world.today - timedelta(days=1)
    world.commune.save()

    assert [row.petition for row in queue(world)] == [petition]


def test_it_is_taken_back_and_given_to_the_successor(world, ended):
    workflow.take_back(ended, by=world.officer, why="cơ quan đã kết thúc hoạt động")

    ended.refresh_from_db()
    assignment = Assignment.objects.get()
    assert (ended.status, ended.lead_agency) == ("returned", None)
    assert (assignment.status, assignment.ended_on) == ("returned", world.today)
    assert assignment.clock.stopped_on == world.today
    world.planned(ended, lead=world.other_department)
    assert Assignment.objects.current().get().agency == world.other_department


def test_only_by_who_forwards_and_only_from_an_ended_agency(world, ended):
    with pytest.raises(PermissionDenied):
        workflow.take_back(ended, by=world.drafter, why="x")
    with pytest.raises(PermissionDenied):
        workflow.take_back(world.forwarded(lead=world.other_department), by=world.officer, why="x")


def test_nothing_new_is_given_to_an_ended_agency(world, ended):
    with pytest.raises(ValidationError, match="không còn tồn tại"):
        world.planned(world.classified(), lead=world.department)


def test_the_page_is_for_those_who_forward(world, as_, ended):
    page = as_(world.officer).get(QUEUE).content.decode()

    assert ended.code in page
    assert "Sở Y tế" in page
    assert as_(world.drafter).get(QUEUE).status_code == 403


def test_the_point_given_back_is_told_even_where_the_agency_keeps_another(world):
    petition = world.forwarded(points=["Một.", "Hai."])
    give_back(petition, world, number=1)

    [waiting] = queue(world)

    assert [(holder.agency, holder.why) for holder in waiting.holders] == [(world.department, "không thuộc thẩm quyền")]


def test_the_number_of_queries_does_not_grow(world, as_):
    client = as_(world.officer)
    returned(world)
    one = queries(client, QUEUE)
    returned(world)
    returned(world)

    assert queries(client, QUEUE) == one


def test_the_queue_has_pages(world, as_, monkeypatch):
    monkeypatch.setattr("petitions.views.reassigning.PAGE_SIZE", 2)
    codes = [returned(world).code for _number in range(3)]

    pages = [as_(world.officer).get(QUEUE, {"page": number}) for number in (1, 2)]

    assert [[row.petition.code for row in page.context["waiting"]] for page in pages] == [codes[:2], codes[2:]]
    assert "Trang 1 trên 2" in pages[0].content.decode()


# The time the secretariat has to send on what was returned


@pytest.fixture
def ruled(world):
    """Three working days from the return, by a rule of the council; none is shipped."""
    details = {"starts_with": "returned", "stops_with": "forwarded", "days": 3, "counting": "working"}
    DeadlineRule.objects.create(council=world.council, name="Chuyển lại", **details)
    return world


def return_clock():
    return Assignment.objects.get(status="returned").return_clock


def test_without_a_rule_no_time_runs_for_what_is_returned(world):
    returned(world)

    assert return_clock() is None


def test_a_return_starts_the_time_to_send_it_on_and_the_next_letter_ends_it(ruled, as_):
    petition = returned(ruled)
    clock = return_clock()

    assert (clock.agency, clock.rule.name, clock.stopped_on) == (ruled.office, "Chuyển lại", None)
    assert clock.derived.sentences[0].startswith("3 ngày làm việc kể từ ngày")
    page = as_(ruled.officer).get(clock.get_absolute_url()).content.decode()
    assert petition.code in page
    assert clock.get_absolute_url() in as_(ruled.officer).get(QUEUE).content.decode()
    assert as_(ruled.other_drafter).get(clock.get_absolute_url()).status_code == 404

    forwarding = ruled.planned(petition, lead=ruled.other_department)
    letter = ruled.issue(forwarding.document, ruled.officer, ruled.leader, ruled.officer)

    clock.refresh_from_db()
    assert clock.stopped_on == letter.issued_on
    assert clock.events.last().reason == letter.number_and_symbol


@pytest.mark.parametrize("act", ["set_aside", "merge"])
def test_what_is_not_sent_on_at_all_is_no_longer_waited_for(ruled, act):
    petition = returned(ruled)
    petition = workflow.classify(
        petition, by=ruled.officer, policy_field=ruled.field, authority_level=petition.authority_level
    )

    if act == "merge":
        workflow.merge(petition, into=ruled.classified(), by=ruled.officer)
    else:
        workflow.set_aside(petition, by=ruled.officer, why="đã trả lời tại chỗ")

    assert return_clock().stopped_on == ruled.today


def test_the_secretariat_is_reminded_of_what_it_has_to_send_on(ruled):
    clocks.adopt_defaults(ruled.council)
    returned(ruled)

    notifications.remind(return_clock().due_on + timedelta(days=1))

    [notice] = Notice.objects.filter(user=ruled.officer, kind="late")
    assert notice.text.startswith("Hạn chuyển lại")


def test_a_new_petition_for_an_agency_that_has_ended_waits_with_its_successor_proposed(world, ended, client):
    petition = world.logged()
    Petition.objects.filter(pk=petition.pk).update(named_agency=world.department, policy_field=world.field)

    row = next(row for row in queue(world) if row.petition == petition)

    assert (row.proposed, row.holders) == (world.other_department, [])
    client.force_login(world.officer)
    assert f"Nơi gửi nêu {world.department.short_label} (đến" in client.get(QUEUE).content.decode()


def test_the_agency_a_sender_named_is_proposed_before_the_rule(world, client):
    petition = world.classified()
    AgencyRule.objects.create(council=world.council, policy_field=world.field, agency=world.department)
    client.force_login(world.officer)
    address = f"/petitions/forward/?petition={petition.pk}"

    assert client.get(address).context["form"].initial["addressee"] == world.department
    Petition.objects.filter(pk=petition.pk).update(named_agency=world.other_department)
    assert client.get(address).context["form"].initial["addressee"] == world.other_department
