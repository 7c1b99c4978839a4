"""petitions/workflow/reassigning.py: what lost its holder, and whom to give it to."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from directory.models import AgencySuccession
from petitions import workflow
from petitions.models import Assignment, Petition
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
    return workflow.to_reassign(Petition.objects.all(), world.council, world.today)


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

    [waiting] = workflow.to_reassign(Petition.objects.all(), world.council, world.today)

    assert [(holder.agency, holder.why) for holder in waiting.holders] == [(world.department, "không thuộc thẩm quyền")]


def test_the_number_of_queries_does_not_grow(world, as_):
    client = as_(world.officer)
    returned(world)
    one = queries(client, QUEUE)
    returned(world)
    returned(world)

    assert queries(client, QUEUE) == one
