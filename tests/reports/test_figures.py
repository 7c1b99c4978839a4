"""reports/figures.py and reports/facts.py: every number, and the petitions it counts."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petitions import workflow as petitions
from petitions.models import Assignment, ResultClass
from reports.facts import Fact, PointFact
from reports.figures import BREAKDOWNS, CATALOGUE, COLUMNS, SessionFigures
from reports.loading import load
from sessions.models import CouncilSession
from tests.reports.prepared import IN_PROGRESS, RESOLVED, build, days_ago, reply
from tests.world import World

EXPECTED_TODAY = {
    "opening": ["never_answered", "supplemented", "supplemented_lately", "explained_after"],
    "received": [
        "resolved",
        "late",
        "overdue",
        "not_resolved",
        "disagreed",
        "in_progress",
        "half",
        "central",
        "merged",
        "new",
        "received_yesterday",
    ],
    "merged": ["merged"],
    "new": [
        "resolved",
        "late",
        "overdue",
        "not_resolved",
        "disagreed",
        "in_progress",
        "half",
        "central",
        "new",
        "received_yesterday",
    ],
    "total": [
        "never_answered",
        "supplemented",
        "supplemented_lately",
        "explained_after",
        "resolved",
        "late",
        "overdue",
        "not_resolved",
        "disagreed",
        "in_progress",
        "half",
        "central",
        "new",
        "received_yesterday",
    ],
    "central": ["central"],
    "local": [
        "never_answered",
        "supplemented",
        "supplemented_lately",
        "explained_after",
        "resolved",
        "late",
        "overdue",
        "not_resolved",
        "disagreed",
        "in_progress",
        "half",
        "new",
        "received_yesterday",
    ],
    "answered": [
        "supplemented",
        "supplemented_lately",
        "explained_after",
        "resolved",
        "late",
        "not_resolved",
        "disagreed",
        "in_progress",
    ],
    "resolved": ["supplemented", "supplemented_lately", "resolved", "disagreed"],
    "in_progress": ["in_progress"],
    "explained": ["explained_after", "late"],
    "not_resolved": ["not_resolved"],
    "unanswered": ["never_answered", "overdue", "half", "new", "received_yesterday"],
    "overdue": ["never_answered", "overdue"],
    "late": ["late"],
    "disagreed": ["disagreed"],
    "closed": ["supplemented", "supplemented_lately", "explained_after", "resolved", "late", "disagreed"],
    "closing": [
        "never_answered",
        "overdue",
        "not_resolved",
        "in_progress",
        "half",
        "central",
        "new",
        "received_yesterday",
    ],
}


@pytest.fixture
def prepared(world):
    return build(world)


def counts(figures):
    return {key: counted.part for key, counted in figures.counts.items()}


# The figures one by one


def test_every_figure_counts_exactly_its_petitions(prepared):
    figures = prepared.live()

    assert {key: prepared.names(figures.rows(key)) for key in CATALOGUE} == EXPECTED_TODAY


def test_every_number_is_the_number_of_its_rows(prepared):
    assert counts(prepared.live()) == {key: len(names) for key, names in EXPECTED_TODAY.items()}


def test_shares_have_their_own_denominators(prepared):
    counted = prepared.live().counts

    shares = {key: (figure.part, figure.whole, figure.share) for key, figure in counted.items() if figure.figure.of}
    assert shares == {
        "answered": (8, 13, "61,5%"),
        "resolved": (4, 13, "30,8%"),
        "in_progress": (1, 13, "7,7%"),
        "explained": (2, 13, "15,4%"),
        "not_resolved": (1, 13, "7,7%"),
        "unanswered": (5, 13, "38,5%"),
        "overdue": (2, 13, "15,4%"),
        "late": (1, 8, "12,5%"),
    }
    assert {key for key in CATALOGUE if counted[key].whole is None} == set(CATALOGUE) - set(shares)


def test_a_share_of_nothing_is_a_dash(world):
    figures = SessionFigures.live(world.session, world.today)

    assert counts(figures) == dict.fromkeys(CATALOGUE, 0)
    assert {figures.counts[key].share for key in CATALOGUE if CATALOGUE[key].of} == {"-"}
    assert figures.balances
    assert figures.by_agency.rows == []
    assert figures.by_agency.total == dict.fromkeys(COLUMNS, 0)


@pytest.mark.parametrize("ago", [0, 5, 25, 29, 100, 145, 148])
def test_opening_and_new_less_closed_is_closing_on_any_day(prepared, ago):
    figures = prepared.live(days_ago(ago))
    number = counts(figures)

    assert number["opening"] + number["new"] - number["closed"] == number["closing"]
    assert figures.balances
    assert number["received"] - number["merged"] == number["new"]
    assert number["opening"] + number["new"] == number["total"] == number["central"] + number["local"]
    assert number["answered"] + number["unanswered"] == number["local"]
    results = ("resolved", "in_progress", "explained", "not_resolved")
    assert sum(number[key] for key in results) == number["answered"]


def test_what_the_session_before_left_is_what_this_one_opens_with(prepared):
    left = SessionFigures.live(prepared.earlier, prepared.earlier.closes_on)

    assert {fact.pk for fact in left.rows("closing")} == {fact.pk for fact in prepared.live().rows("opening")}


def test_what_was_raised_after_the_session_before_is_not_lost(prepared):
    world = prepared.world
    after = world.forwarded(
        council_session=prepared.earlier,
        phase="after",
        meeting=None,
        raised_on=days_ago(140),
        received_on=days_ago(140),
        sent_on=days_ago(27),
    )

    assert after.pk in {fact.pk for fact in prepared.live().rows("total")}


# The numbers of an earlier day


def test_the_numbers_of_five_days_ago(prepared):
    figures = prepared.live(days_ago(5))

    assert counts(figures) == {
        "opening": 4,
        "received": 10,
        "merged": 1,
        "new": 9,
        "total": 13,
        "central": 1,
        "local": 12,
        "answered": 8,
        "resolved": 3,
        "in_progress": 2,
        "explained": 2,
        "not_resolved": 1,
        "unanswered": 4,
        "overdue": 1,
        "late": 1,
        "disagreed": 0,
        "closed": 5,
        "closing": 8,
    }
    assert prepared.names(figures.rows("in_progress")) == ["supplemented_lately", "in_progress"]
    assert prepared.names(figures.rows("overdue")) == ["never_answered"]


def test_the_numbers_of_the_day_before_the_first_letter_of_this_session(prepared):
    figures = prepared.live(days_ago(29))

    assert {key: number for key, number in counts(figures).items() if number} == {
        "opening": 4,
        "received": 10,
        "merged": 1,
        "new": 9,
        "total": 13,
        "central": 1,
        "local": 12,
        "answered": 3,
        "in_progress": 2,
        "explained": 1,
        "unanswered": 9,
        "overdue": 1,
        "closed": 1,
        "closing": 12,
    }
    assert [row.label for row in figures.by_agency.rows][-1] == "chưa giao cơ quan"
    assert figures.by_agency.rows[-1].counts["total"] == 10


def test_a_day_is_overdue_only_from_the_next_day_on(prepared):
    assert "overdue" not in prepared.names(prepared.live(days_ago(3)).rows("overdue"))
    assert "overdue" in prepared.names(prepared.live(days_ago(2)).rows("overdue"))


def test_late_is_judged_by_the_first_letter_not_by_a_supplement(prepared):
    assert prepared.names(prepared.live().rows("late")) == ["late"]


def test_a_point_returned_meanwhile_was_in_the_agencys_hands_on_the_day(world):
    petition = world.forwarded(sent_on=days_ago(10))
    assignment = Assignment.objects.get(point__petition=petition)
    petitions.return_(
        assignment, by=world.drafter, reason="not_competent", explanation="Không thuộc Sở.", on=days_ago(4)
    )

    def agency_on(ago):
        (fact,) = load(world.session, days_ago(ago))
        return fact.points[0].agency

    assert agency_on(11) == ""
    assert agency_on(5) == world.department.name
    assert agency_on(4) == ""
    assert agency_on(0) == ""


def test_an_interim_reply_answers_nothing(world):
    petition = world.forwarded(sent_on=days_ago(10))
    reply(world, petition, on=days_ago(5), kind="interim", **IN_PROGRESS)

    figures = SessionFigures.live(world.session, world.today)

    assert (figures.count("answered").part, figures.count("unanswered").part) == (0, 1)


@pytest.mark.parametrize("how", ["merged", "set_aside"])
def test_what_was_merged_or_set_aside_later_still_counts_on_the_day(world, how):
    survivor, petition = world.logged(), world.logged()
    before = counts(SessionFigures.live(world.session, days_ago(5)))
    if how == "merged":
        petitions.merge(petition, into=survivor, by=world.officer)
    else:
        petitions.set_aside(petition, by=world.officer, why="Đã trả lời tại chỗ.")

    assert counts(SessionFigures.live(world.session, days_ago(5))) == before


def test_more_time_granted_later_does_not_undo_what_was_overdue_on_the_day(world):
    petition = world.forwarded(sent_on=days_ago(20), due_on=days_ago(10))
    petitions.extend(
        Assignment.objects.get(point__petition=petition),
        by=world.officer,
        due_on=days_ago(-10),
        why="Bão.",
        on=days_ago(1),
    )

    assert SessionFigures.live(world.session, days_ago(5)).count("overdue").part == 1


# The tables


def test_every_breakdown_adds_up(prepared):
    for ago in (0, 5, 29):
        figures = prepared.live(days_ago(ago))
        tables = [figures.breakdown(by) for by in BREAKDOWNS] + [figures.by_agency]
        for table in tables:
            for numbers in [row.counts for row in table.rows] + [table.total]:
                parts = ("resolved", "in_progress", "explained", "not_resolved", "unanswered")
                assert numbers["total"] == sum(numbers[part] for part in parts)
                assert numbers["total"] == numbers["answered"] + numbers["unanswered"]
                assert numbers["overdue"] <= numbers["unanswered"]
            assert table.total == {name: sum(row.counts[name] for row in table.rows) for name in COLUMNS}


def test_level_committee_field_and_place_have_one_total(prepared):
    figures = prepared.live()

    totals = [figures.breakdown(by).total for by in ("level", "committee", "field", "place")]

    assert (
        totals
        == [
            {
                "total": 14,
                "answered": 8,
                "resolved": 4,
                "in_progress": 1,
                "explained": 2,
                "not_resolved": 1,
                "unanswered": 6,
                "overdue": 3,
            }
        ]
        * 4
    )


def test_the_rows_of_each_breakdown(prepared):
    figures, world = prepared.live(), prepared.world

    def rows(by):
        return [(row.key, row.label, row.counts["total"]) for row in figures.breakdown(by).rows]

    assert rows("level") == [
        ("central", "Trung ương", 1),
        ("provincial", "cấp tỉnh", 12),
        ("", "chưa phân loại", 1),
    ]
    assert rows("committee") == [(world.committee.name, world.committee.name, 13), ("", "chưa phân loại", 1)]
    assert rows("field") == [("Giao thông", "Giao thông", 13), ("", "chưa phân loại", 1)]
    assert rows("place") == [(str(world.ward.pk), "Phường Hoa Lư", 2), (str(world.commune.pk), "Xã Yên Mô", 12)]


def test_the_table_by_agency_counts_points_and_says_why_it_differs(prepared):
    table, world = prepared.live().by_agency, prepared.world

    rows = {row.key: row.counts for row in table.rows}

    assert rows[str(world.department.pk)] == {
        "total": 11,
        "answered": 9,
        "resolved": 5,
        "in_progress": 1,
        "explained": 2,
        "not_resolved": 1,
        "unanswered": 2,
        "overdue": 2,
    }
    assert (rows[str(world.other_department.pk)]["total"], rows[str(world.other_department.pk)]["overdue"]) == (2, 1)
    assert rows[""]["total"] == 2
    assert table.total["total"] == prepared.live().points == 15
    assert "14" in table.explanation
    assert "15" in table.explanation


def test_without_a_difference_nothing_is_explained(world):
    world.answered()

    assert SessionFigures.live(world.session, world.today).by_agency.explanation == ""


def test_a_petition_is_as_far_as_its_worst_point(world):
    petition = world.forwarded(points=["Một.", "Hai.", "Ba."])
    drafted = world.drafted_reply(petition)
    last = drafted.answers.order_by("point__number").last()
    last.result = ResultClass.NOT_RESOLVED
    last.save()
    world.issue(drafted.document, world.drafter, world.head, world.registrar)

    figures = SessionFigures.live(world.session, world.today)

    assert figures.count("not_resolved").part == 1
    assert figures.by_agency.total["resolved"] == 2
    assert figures.by_agency.total["not_resolved"] == 1


# Facts as data


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
