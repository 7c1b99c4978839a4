"""oversight/workflow.py: delegations and their working sessions."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.permissions import Role
from oversight import workflow
from oversight.models import AgendaItem, Delegation, WorkingSession
from petitions.models import PetitionEvent
from tests.oversight import visits


def events(petition, kind):
    return list(PetitionEvent.objects.filter(petition=petition, kind=kind))


def test_set_up_makes_the_delegation_with_its_members(world):
    members = [
        {"name": "Vũ Văn Ban", "post": "Trưởng Ban", "part": "head"},
        {"name": "Lê Thị Giám Sát", "post": "Ủy viên", "part": "member", "user": world.member},
    ]

    made = visits.delegation(world, members=members, decision="25/QĐ-BKTNS", decision_on=world.today)

    assert (made.council, made.body, made.decision) == (world.council, world.committee, "25/QĐ-BKTNS")
    assert list(made.members.values_list("name", "part", "user")) == [
        ("Vũ Văn Ban", "head", None),
        ("Lê Thị Giám Sát", "member", world.member.pk),
    ]
    assert made.history.get().history_user == world.officer


@pytest.mark.parametrize("role", [Role.DELEGATION_MEMBER, Role.DELEGATE, Role.ADMINISTRATOR, Role.DRAFTER, Role.HEAD])
def test_who_only_records_or_reads_sets_up_no_delegation(world, role):
    with pytest.raises(PermissionDenied, match="giám sát"):
        visits.delegation(world, by=world.people[role])

    assert not Delegation.objects.exists()


def test_another_councils_officer_sets_up_nothing_here(world, elsewhere):
    with pytest.raises(PermissionDenied):
        visits.delegation(world, by=elsewhere.officer)


def test_plan_session_puts_petitions_on_the_agenda_and_tells_their_timelines(world):
    first, second = world.forwarded(), world.forwarded()

    held = visits.session(world, first, second, held_on=world.today + timedelta(days=3))

    assert [item.petition for item in held.agenda.all()] == [first, second]
    (event,) = events(first, "on_agenda")
    assert event.happened_on == world.today
    assert event.details["delegation"] == "Đoàn giám sát của Ban Kinh tế - Ngân sách"


def test_a_session_of_the_past_is_told_with_its_own_day(world):
    petition = world.forwarded()

    visits.session(world, petition, held_on=world.today - timedelta(days=2))

    assert events(petition, "on_agenda")[0].happened_on == world.today - timedelta(days=2)


def test_a_petition_stands_on_an_agenda_once(world):
    petition = world.forwarded()
    held = visits.session(world, petition)

    workflow.put_on_agenda(held, [petition], by=world.officer)

    assert held.agenda.count() == 1
    assert len(events(petition, "on_agenda")) == 1


def test_the_database_refuses_a_petition_twice_on_one_agenda(world):
    petition = world.forwarded()
    held = visits.session(world, petition)

    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(working_session=held, petition=petition)


def test_a_member_records_but_does_not_plan(world):
    made = visits.delegation(world)

    with pytest.raises(PermissionDenied):
        visits.session(world, within=made, by=world.member)

    assert not WorkingSession.objects.exists()
