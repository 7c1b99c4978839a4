"""reports/counting.py: what the database counts of today is what the rows read from history say."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.many import change_many
from deadlines import workflow as deadlines
from directory.models import PolicyField
from documents import after_issue
from petitions import workflow as petitions
from petitions.models import Assignment, Petition
from petitions.models.petitions import AuthorityLevel
from reports import tallies
from reports.figures import BREAKDOWNS, SessionFigures
from responses.models import Answer
from tests.reports.prepared import IN_PROGRESS, days_ago, reply, visit


def said(figures):
    """Every number there is, drawn from the figures."""
    counts = {key: (counted.part, counted.whole) for key, counted in figures.counts.items()}
    tables = [figures.by_agency, *(figures.breakdown(by) for by in BREAKDOWNS)]
    return counts, [(table.key, table.rows, table.total, table.petitions) for table in tables]


def test_every_number_of_today_is_what_the_rows_say(prepared):
    counted = SessionFigures.numbers(prepared.session, days_ago(0))

    assert said(counted) == said(prepared.live())
    assert said(SessionFigures.numbers(prepared.earlier, days_ago(0))) == said(
        SessionFigures.live(prepared.earlier, days_ago(0))
    )


def test_no_row_is_read_for_it(prepared):
    with patch("reports.figures.load", side_effect=AssertionError("rows were read")):
        said(SessionFigures.numbers(prepared.session, days_ago(0)))


def test_an_earlier_day_is_counted_from_its_rows(prepared):
    assert said(SessionFigures.numbers(prepared.session, days_ago(5))) == said(prepared.live(days_ago(5)))


def test_the_rows_behind_a_number_are_as_many_as_it_says(prepared):
    figures = SessionFigures.numbers(prepared.session, days_ago(0))

    for key, counted in figures.counts.items():
        if counted.figure.unit == "petitions":
            assert len(figures.rows(key)) == counted.part, key
    for by in BREAKDOWNS:
        for row in figures.breakdown(by).rows:
            for column, number in row.counts.items():
                assert len(figures.behind(column, by, row.key)) == number, (by, row.key, column)
    for row in figures.by_agency.rows:
        for column, number in row.counts.items():
            assert len(figures.behind(column, "agency", row.key)) == number, (row.key, column)


def returned(world, petition):
    assignment = Assignment.objects.get(point__petition=petition)
    petitions.return_(assignment, by=world.drafter, reason="not_competent", explanation="Không thuộc Sở.")


def paused(world, petition):
    """The agency waits for others; meanwhile the day it is counted from moves."""
    clock = Assignment.objects.get(point__petition=petition).clock
    clock = deadlines.pause(clock, on=days_ago(12), reason="Chờ số liệu.", by=world.officer)
    clock.change(anchor="session/0/opens")
    with patch("deadlines.workflow.clocks._base", lambda _clock: {"days": 5, "counting": "calendar"}):
        deadlines.anchor_moved(
            "session/0/opens", to=days_ago(11), by=world.officer, reason="Dời kỳ họp.", on=days_ago(11)
        )


def more_time(world, petition):
    world.more_time(Assignment.objects.get(point__petition=petition), days=5)


def amended(kind):
    def act(world, petition):
        reply(world, petition, on=days_ago(9))
        letter = Answer.objects.get(point__petition=petition).reply.document
        amendment = after_issue.amend(letter, kind, by=world.drafter, reason="Sai.")
        world.issue(amendment.document, world.drafter, world.head, world.registrar, on=days_ago(2))

    return act


def merged_and_apart(world, petition):
    late = world.logged()
    petitions.merge(late, into=petition, by=world.officer)
    petitions.unmerge(Petition.objects.get(pk=late.pk), by=world.officer)


def sent_to_another(world, petition):
    returned(world, petition)
    letter = world.planned(Petition.objects.get(pk=petition.pk), lead=world.other_department).document
    world.issue(letter, world.officer, world.leader, world.officer)


def resumed(world, petition):
    clock = Assignment.objects.get(point__petition=petition).clock
    clock = deadlines.pause(clock, on=days_ago(12), reason="Chờ số liệu.", by=world.officer)
    deadlines.resume(clock, on=days_ago(11), reason="Đã có.", by=world.officer)


def answered_late_in_part(world, petition):
    reply(world, petition, on=days_ago(2), **IN_PROGRESS)


def assessed_otherwise(world, petition):
    reply(world, petition, on=days_ago(12))
    visit(world, petition)


def of_more_points_and_places(world, petition):
    other = world.logged()
    petitions.revise(other, by=world.officer, why="Tách.", title=other.title, points=["Lắp đèn.", "Nạo vét kênh."])
    petitions.add_origin(other, by=world.officer, unit=world.ward, raised_on=world.today)
    fewer = world.logged(points=["Một.", "Hai."])
    petitions.revise(fewer, by=world.officer, why="Trùng.", title=fewer.title, points=["Một."])


def classified_otherwise(world, petition):
    other = world.classified()
    level = AuthorityLevel.CENTRAL
    field = PolicyField.objects.create(council=world.council, name="Y tế", committee=world.committee)
    petitions.classify(other, by=world.officer, policy_field=field, authority_level=level)


def set_aside_and_back(world, petition):
    for back in (False, True):
        other = petitions.set_aside(world.logged(), by=world.officer, why="Đã trả lời.", on=days_ago(12))
        if back:
            petitions.reopen(other, by=world.officer, why="Nhầm.")


def many_at_once(world, petition):
    others = [world.logged(), world.logged(), world.logged(received_on=world.today + timedelta(days=1))]
    change_many(
        Petition, [p.pk for p in others], by=world.officer, reason="x", authority_level="communal", place=world.ward
    )


ACTS = {
    "returned": returned,
    "sent to another agency": sent_to_another,
    "paused": paused,
    "resumed": resumed,
    "more time": more_time,
    "answered late": answered_late_in_part,
    "assessed otherwise": assessed_otherwise,
    "recalled": amended("recall"),
    "replaced": amended("replacement"),
    "merged and taken apart": merged_and_apart,
    "more points and places": of_more_points_and_places,
    "classified otherwise": classified_otherwise,
    "set aside": set_aside_and_back,
    "many at once": many_at_once,
}


@pytest.mark.parametrize("act", ACTS)
def test_whatever_happens_to_a_petition_both_say_the_same(world, act):
    """Counted before it, noted as changed since, and counted again."""
    petition = world.forwarded(sent_on=days_ago(20), due_on=days_ago(10))
    tallies.count_again()
    ACTS[act](world, petition)

    for ago in (0, 11):
        today = SessionFigures.numbers(world.session, days_ago(ago))
        assert said(today) == said(SessionFigures.live(world.session, days_ago(ago)))
    tallies.count_again()
    assert said(SessionFigures.numbers(world.session, days_ago(0))) == said(
        SessionFigures.live(world.session, days_ago(0))
    )


def test_as_many_queries_whatever_the_number(world):
    def queries():
        with CaptureQueriesContext(connection) as found:
            said(SessionFigures.numbers(world.session, world.today))
        return len(found)

    world.logged()
    before = queries()
    for _more in range(3):
        world.logged()

    assert queries() == before
