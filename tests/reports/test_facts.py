"""reports/facts.py: what is known of each petition on the day."""

import json
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.facts import Fact, PointFact
from reports.figures import SessionFigures
from reports.loading import load
from sessions.models import CouncilSession
from tests.reports.prepared import RESOLVED, days_ago
from tests.world import World


def counts(figures):
    return {key: counted.part for key, counted in figures.counts.items()}


def test_facts_survive_freezing_and_reading_back(prepared):
    facts = load(prepared.session, days_ago(0))

    again = [Fact.from_data(json.loads(json.dumps(fact.as_data()))) for fact in facts]

    assert again == facts
    assert counts(SessionFigures(days_ago(0), again)) == counts(prepared.live())


def test_a_fact_of_one_point_says_everything_the_appendix_prints(prepared):
    (fact,) = [fact for fact in load(prepared.session, days_ago(0)) if fact.pk == prepared.named["in_progress"].pk]

    assert (fact.code, fact.session, fact.phase) == (fact.code, prepared.session.title, "before")
    assert (fact.level, fact.level_name) == ("provincial", "cấp tỉnh")
    assert (fact.field, fact.committee) == ("Giao thông", prepared.world.committee.name)
    assert (fact.place, fact.is_opening, fact.times_raised) == ("Xã Yên Mô", False, 1)
    assert fact.points == (
        PointFact(
            number=1,
            content="Đề nghị lắp đèn chiếu sáng.",
            agency=prepared.world.department.name,
            agency_id=prepared.world.department.pk,
            due_on=days_ago(10),
            result="in_progress",
            answered_on=days_ago(20),
            roadmap_on=days_ago(-90),
            letter=fact.points[0].letter,
            letter_on=days_ago(20),
            answer="Sở đang làm.",
        ),
    )
    assert fact.points[0].letter.endswith("/SXD-HTKT")


def test_coordinating_agencies_stand_beside_the_lead(prepared):
    (fact,) = [fact for fact in load(prepared.session, days_ago(0)) if fact.pk == prepared.named["half"].pk]

    assert [point.coordinating for point in fact.points] == [(prepared.world.other_department.name,), ()]


def test_a_supplement_replaces_the_answer_and_keeps_the_day_of_the_first(prepared):
    (fact,) = [fact for fact in load(prepared.session, days_ago(0)) if fact.pk == prepared.named["supplemented"].pk]

    (point,) = fact.points
    assert (point.result, point.answered_on, point.letter_on) == ("resolved", days_ago(180), days_ago(10))


def test_the_first_session_of_all_opens_with_nothing(world):
    world.answered()

    facts = load(world.session, world.today)

    assert [fact.is_opening for fact in facts] == [False]


def test_a_thematic_session_in_between_carries_no_cycle(prepared):
    before = counts(prepared.live())
    prepared.world.new_session(opens_on=days_ago(60), number=4, kind=CouncilSession.Kind.THEMATIC)

    assert counts(prepared.live()) == before


def test_what_came_early_for_a_thematic_session_in_between_is_new_in_this_cycle(prepared):
    between = prepared.world.new_session(opens_on=days_ago(60), number=4, kind=CouncilSession.Kind.THEMATIC)
    raised = {"meeting": None, "raised_on": days_ago(160), "received_on": days_ago(160)}
    petition = prepared.world.logged(council_session=between, **raised)
    left = SessionFigures.live(prepared.earlier, prepared.earlier.closes_on)
    figures = prepared.live()

    assert petition.pk in {fact.pk for fact in figures.rows("new")}
    assert figures.count("opening").part == left.count("closing").part
    assert {fact.pk: fact.is_opening for fact in SessionFigures.numbers(prepared.session, days_ago(0)).facts} == {
        fact.pk: fact.is_opening for fact in figures.facts
    }


def test_another_councils_petitions_are_not_counted(prepared, elsewhere):
    before = counts(prepared.live())
    elsewhere.answered()

    assert counts(prepared.live()) == before


def test_what_a_merged_province_left_is_carried_over(world):
    old = World("nb-old", "tỉnh Nam Định cũ")
    old.council.successor = world.council
    old.council.save()
    ended = old.new_session(opens_on=days_ago(150), number=9)
    left = old.forwarded(
        council_session=ended, meeting=None, raised_on=days_ago(200), received_on=days_ago(200), sent_on=days_ago(180)
    )
    old.session.kind = CouncilSession.Kind.THEMATIC  # no cycle of its own after the merger
    old.session.save()

    figures = SessionFigures.live(world.session, world.today)

    assert [fact.pk for fact in figures.rows("opening")] == [left.pk]


def test_the_number_of_queries_does_not_grow_with_the_petitions(prepared, django_assert_num_queries, world):
    with CaptureQueriesContext(connection) as few:
        prepared.live()
    for _number in range(3):
        world.answered(points=["Một.", "Hai."], on=days_ago(0), answer=RESOLVED)

    with django_assert_num_queries(len(few)):
        prepared.live()


def test_days_are_days(prepared):
    """A guard for the prepared world itself: its sessions are where its text says."""
    assert prepared.earlier.closes_on == days_ago(148)
    assert prepared.session.opens_on == days_ago(0) + timedelta(days=20)
