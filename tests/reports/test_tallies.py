"""reports/tallies.py: whatever changes a record, by whatever statement, the numbers are those of counting anew."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from deadlines.models import Clock
from directory.models import Agency, PolicyField
from petitions.models import Assignment, Petition, PetitionPoint
from reports import counting, tallies
from reports.models import CountedPetition, CountedPoint, StandingTally, TouchedPetition
from tests.reports.prepared import days_ago


@pytest.fixture
def world(prepared):
    """The prepared petitions, counted."""
    prepared.world.overdue = prepared.named["overdue"]
    tallies.count_again()
    return prepared.world


def groups(council_session):
    found = counting.of_today(council_session)
    return [sorted(map(repr, groups)) for groups in found]


def counted_anew(council_session):
    """With nothing kept from before, then with all of it counted."""
    tallies.keep()
    at_once = groups(council_session)
    assert CountedPetition.objects.count() == 0
    tallies.count_again()
    assert groups(council_session) == at_once
    return at_once


def elsewhere(world):
    return world.new_session(opens_on=days_ago(-200), number=2).pk


def health(world):
    return PolicyField.objects.create(council=world.council, name="Y tế", committee=world.committee)


def petitions(world):
    return Petition.objects.filter(council_session=world.session)


def points(world):
    return PetitionPoint.objects.filter(petition__council_session=world.session)


def assignments(world):
    return Assignment.objects.filter(point__petition__council_session=world.session)


def clocks(world):
    return Clock.objects.filter(assignment__point__petition__council_session=world.session)


CHANGES = {
    "session": lambda world: petitions(world).filter(pk=world.overdue.pk).update(council_session=elsewhere(world)),
    "state": lambda world: petitions(world).filter(status="classified").update(status="set_aside"),
    "level": lambda world: petitions(world).update(authority_level="central"),
    "result": lambda world: petitions(world).filter(result="resolved").update(result="explained"),
    "mentions": lambda world: petitions(world).update(origin_count=3),
    "field": lambda world: petitions(world).filter(pk=world.overdue.pk).update(policy_field=health(world)),
    "place": lambda world: petitions(world).filter(pk=world.overdue.pk).update(place=world.ward),
    "day received": lambda world: petitions(world).update(received_on=date(2999, 1, 1)),
    "point of another": lambda world: points(world).filter(number=2).update(petition=world.overdue.pk, number=9),
    "result of a point": lambda world: points(world).filter(result="resolved").update(result="explained"),
    "day of an answer": lambda world: (
        points(world).exclude(result="").update(answered_on=days_ago(1), result_on=days_ago(1))
    ),
    "assessment": lambda world: points(world).update(assessed_result="not_resolved"),
    "a point more": lambda world: PetitionPoint.objects.create(petition=world.overdue, number=2, content="Thêm."),
    "a point less": lambda world: points(world).filter(assignments=None, answers=None).delete(),
    "agency": lambda world: (
        assignments(world)
        .filter(point__petition=world.overdue)
        .update(agency=Agency.objects.get(pk=world.other_department.pk))
    ),
    "part": lambda world: assignments(world).update(part="coordinating"),
    "state of an assignment": lambda world: assignments(world).update(status="released"),
    "day sent": lambda world: assignments(world).update(sent_on=date(2999, 1, 1)),
    "clock of an assignment": lambda world: (
        assignments(world)
        .filter(point__petition=world.overdue)
        .update(clock=Clock.objects.create(council=world.council, due_on=days_ago(-9), original_due_on=days_ago(-9)))
    ),
    "due date": lambda world: clocks(world).filter(stopped_on=None).update(due_on=days_ago(-9)),
    "pause": lambda world: clocks(world).update(paused_on=days_ago(1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_thing_a_figure_asks_of_is_noted_when_it_changes(world, change):
    before = groups(world.session)

    CHANGES[change](world)

    after = groups(world.session)
    assert after != before
    assert TouchedPetition.objects.exists()
    assert after == counted_anew(world.session)


def test_what_no_figure_asks_of_is_not_noted(world):
    petitions(world).update(title="Khác")
    points(world).update(content="Khác")
    clocks(world).update(anchor="khác")

    assert not TouchedPetition.objects.exists()


def test_what_is_taken_back_is_not_counted(world):
    before = groups(world.session)
    with transaction.atomic():
        world.logged()
        transaction.set_rollback(True)

    assert groups(world.session) == before


def test_counting_again_leaves_the_numbers_and_no_empty_row(world, monkeypatch):
    monkeypatch.setattr(tallies, "BATCH", 2)
    petitions(world).update(origin_count=5)
    before = groups(world.session)

    assert tallies.count_again() == petitions(world).count()
    assert groups(world.session) == before
    assert not TouchedPetition.objects.exists()
    assert not StandingTally.objects.filter(number__lte=0).exists()
    assert CountedPoint.objects.filter(council_session=world.session.pk).count() == (
        points(world).exclude(petition__status__in=["merged", "set_aside"]).count()
    )
    assert tallies.count_again() == 0


def test_overdue_is_asked_of_the_day_not_of_when_it_was_counted(world, monkeypatch):
    today = days_ago(0)
    clocks(world).filter(assignment__point__petition=world.overdue).update(due_on=today + timedelta(1))
    tallies.count_again()

    def overdue(day):
        monkeypatch.setattr("reports.counting.timezone.localdate", lambda: day)
        return sum(group.number for group in counting.of_today(world.session).petitions if group.standing.is_overdue)

    assert [overdue(day) for day in [today, today + timedelta(1), today + timedelta(2)]] == [2, 2, 3]


#: What a migration may find: who notes is forgotten, or notes what figures asked of once.
_WHO = "touched_petitions_petition_update"
_LEFT = {
    ("sqlite", "gone"): [f"DROP TRIGGER {_WHO}"],
    ("sqlite", "of an earlier version"): [
        f"DROP TRIGGER {_WHO}",
        f"CREATE TRIGGER {_WHO} AFTER UPDATE ON petitions_petition BEGIN SELECT 1; END",
    ],
    ("postgresql", "gone"): [f"DROP TRIGGER {_WHO} ON petitions_petition"],
    ("postgresql", "of an earlier version"): [
        f"CREATE OR REPLACE FUNCTION {_WHO}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ],
}


@pytest.mark.parametrize("left", ["gone", "of an earlier version"])
def test_a_migration_has_everything_counted_again(world, left):
    with connection.cursor() as cursor:
        for statement in _LEFT[connection.vendor, left]:
            cursor.execute(statement)
    petitions(world).update(origin_count=5)
    assert not TouchedPetition.objects.exists()

    tallies.keep_counting()

    assert groups(world.session) == counted_anew(world.session)
    assert {group.standing.times_raised for group in counting.of_today(world.session).petitions} == {1, 5}
    petitions(world).update(origin_count=6)
    assert {group.standing.times_raised for group in counting.of_today(world.session).petitions} == {1, 6}
