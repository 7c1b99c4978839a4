"""sessions/models.py: which session came before, and what can never be stored."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from directory.models import PeoplesCouncil
from sessions.context_processors import choose
from sessions.models import CouncilSession, CouncilTerm
from tests.world import World

Kind = CouncilSession.Kind


def earlier(world, days, **details):
    return world.new_session(opens_on=world.session.opens_on - timedelta(days=days), **details)


def test_the_first_session_has_none_before_it(world):
    assert world.session.previous_regular() is None


def test_the_nearest_earlier_session_is_the_one_before(world):
    earlier(world, 400)
    nearest = earlier(world, 180, number=2)

    assert world.session.previous_regular() == nearest


@pytest.mark.parametrize("kind", [Kind.THEMATIC, Kind.EXTRAORDINARY])
def test_thematic_and_extraordinary_sessions_are_passed_over(world, kind):
    regular = earlier(world, 180)
    earlier(world, 30, kind=kind)

    assert world.session.previous_regular() == regular


def test_a_thematic_session_too_has_a_regular_one_before_it(world):
    thematic = world.new_session(opens_on=world.session.opens_on + timedelta(days=9), kind=Kind.THEMATIC)

    assert thematic.previous_regular() == world.session


def test_a_session_of_another_council_does_not_count(world, elsewhere):
    earlier(elsewhere, 100)

    assert world.session.previous_regular() is None


def test_a_merged_council_goes_on_from_the_last_session_of_those_it_succeeds(world, elsewhere):
    third = World("hn", "tỉnh Hà Nam")
    elsewhere.council.successor = third.council.successor = world.council
    elsewhere.council.save()
    third.council.save()
    earlier(elsewhere, 300)
    latest = earlier(third, 200)

    assert world.session.previous_regular() == latest
    assert latest.previous_regular() is None


def test_succession_reaches_over_several_councils(world, elsewhere):
    oldest = PeoplesCouncil.objects.create(
        code="old", name="Hội đồng nhân dân tỉnh Hà Nam Ninh", short_name="HĐND", unit=world.province,
        successor=elsewhere.council,
    )  # fmt: skip
    elsewhere.council.successor = world.council
    elsewhere.council.save()
    term = CouncilTerm.objects.create(council=oldest, name="IX", starts_on=date(1985, 1, 1), ends_on=date(1990, 1, 1))
    long_ago = CouncilSession.objects.create(
        term=term, number=1, title="Kỳ họp cũ", opens_on=date(1988, 1, 1), closes_on=date(1988, 1, 2)
    )
    elsewhere.meeting.delete()
    elsewhere.session.delete()

    assert world.session.previous_regular() == long_ago


def test_who_works_for_the_successor_sees_the_old_sessions_but_not_the_other_way_round(world, elsewhere):
    elsewhere.council.successor = world.council
    elsewhere.council.save()

    assert set(CouncilSession.objects.visible_to(world.officer)) == {world.session, elsewhere.session}
    assert set(CouncilSession.objects.visible_to(elsewhere.officer)) == {elsewhere.session}


def test_a_session_that_closes_before_it_opens_cannot_be_stored(world):
    with pytest.raises(IntegrityError, match="council_session_closes_after_it_opens"), transaction.atomic():
        CouncilSession.objects.create(
            term=world.term, number=1, title="Sai", opens_on=world.today, closes_on=world.today - timedelta(days=1)
        )


def test_a_term_that_ends_on_its_first_day_cannot_be_stored(world):
    with pytest.raises(IntegrityError, match="council_term_ends_after_it_begins"), transaction.atomic():
        CouncilTerm.objects.create(council=world.council, name="I", starts_on=world.today, ends_on=world.today)


def test_a_term_of_the_same_name_cannot_be_stored(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilTerm.objects.create(
            council=world.council, name="XVI", starts_on=date(2030, 1, 1), ends_on=date(2035, 1, 1)
        )


class TestWhichSessionOneWorksOn:
    def sessions(self, world):
        past = earlier(world, 200, number=1)
        later = world.new_session(opens_on=world.session.opens_on + timedelta(days=150), number=4)
        return [later, world.session, past]

    def test_the_one_picked(self, world):
        later, coming, past = self.sessions(world)

        assert choose([later, coming, past], past.pk, world.today) == past

    def test_else_the_next_to_open(self, world):
        choices = self.sessions(world)

        assert choose(choices, None, world.today) == world.session
        assert choose(choices, -1, world.today) == world.session

    def test_one_that_is_sitting_today_counts_as_coming(self, world):
        choices = self.sessions(world)

        assert choose(choices, None, world.session.closes_on) == world.session
        assert choose(choices, None, world.session.closes_on + timedelta(days=1)) == choices[0]

    def test_else_the_latest(self, world):
        choices = self.sessions(world)

        assert choose(choices, None, date(2098, 1, 1)) == choices[0]

    def test_none_where_there_is_none(self, world):
        assert choose([], 5, world.today) is None
