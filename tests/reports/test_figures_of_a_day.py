"""reports/loading.py: the numbers of an earlier day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import AdministrativeUnit, Agency, PolicyField
from documents import after_issue
from oversight.models import Finding
from petitions import workflow as petitions
from petitions.models import Assignment, Petition, PetitionPoint
from reports import annexes
from reports.figures import SessionFigures
from reports.loading import load
from responses.models import Answer
from tests.reports.prepared import IN_PROGRESS, days_ago, reply


def counts(figures):
    return {key: counted.part for key, counted in figures.counts.items()}


def test_the_numbers_of_five_days_ago(prepared):
    figures = prepared.live(days_ago(5))

    assert counts(figures) == {
        "opening": 4,
        "received": 10,
        "mentions": 10,
        "merged": 1,
        "new": 9,
        "total": 13,
        "points": 14,
        "unassigned": 1,
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
        "mentions": 10,
        "merged": 1,
        "new": 9,
        "total": 13,
        "points": 14,
        "unassigned": 9,
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
    world.more_time(Assignment.objects.get(point__petition=petition), days=10, on=days_ago(1))

    assert SessionFigures.live(world.session, days_ago(5)).count("overdue").part == 1


@pytest.fixture
def amended(world):
    """`amended(petition, kind, on)`: its latest letter is replaced or recalled."""

    def act(petition, kind, on):
        letter = Answer.objects.filter(point__petition=petition).latest("pk").reply.document
        amendment = after_issue.amend(letter, kind, by=world.drafter, reason="Sai.")
        return world.issue(amendment.document, world.drafter, world.head, world.registrar, on=on)

    return act


def test_putting_a_letter_right_makes_nobody_late(world, amended):
    petition = world.forwarded(sent_on=days_ago(20), due_on=days_ago(10))
    reply(world, petition, on=days_ago(15))
    amended(petition, "replacement", days_ago(5))
    second = amended(petition, "replacement", days_ago(2))

    figures = SessionFigures.live(world.session, world.today)

    (fact,) = figures.rows("answered")
    petition.refresh_from_db()
    assert fact.points[0].answered_on == petition.answered_on == days_ago(15)
    assert (fact.points[0].letter, fact.points[0].letter_on) == (second.number_and_symbol, days_ago(2))
    assert figures.count("late").part == 0


def test_a_letter_replaced_or_recalled_later_still_counts_on_the_day(world, amended):
    replaced = world.forwarded(sent_on=days_ago(20), due_on=days_ago(10))
    recalled = world.forwarded(sent_on=days_ago(20), due_on=days_ago(10))
    for petition in (replaced, recalled):
        reply(world, petition, on=days_ago(15))
    amended(replaced, "replacement", days_ago(5))
    amended(recalled, "recall", days_ago(4))

    def answered(ago):
        return [fact.code for fact in SessionFigures.live(world.session, days_ago(ago)).rows("answered")]

    assert answered(16) == []
    assert answered(8) == [replaced.code, recalled.code]
    assert answered(0) == [replaced.code]


@pytest.mark.parametrize("entered", [30, 0])
def test_a_day_before_it_was_renamed_calls_everything_as_it_was_called_then(prepared, entered):
    day, agency = days_ago(3), prepared.world.department
    table = annexes.MAKERS["issued_documents"]
    before, letters = prepared.live(day), table(prepared.session, prepared.live(day))
    for model in (Agency, PolicyField, AdministrativeUnit):
        model.history.update(history_date=timezone.now() - timedelta(days=entered))
    fact = next(fact for fact in before.facts if fact.field and fact.committee and fact.place_id)
    field = PolicyField.objects.get(name=fact.field)
    for one in (agency, field, field.committee, AdministrativeUnit.objects.get(pk=fact.place_id)):
        one.change(name=f"{one.name} (mới)")

    after = prepared.live(day)

    assert after.as_data() == before.as_data()
    assert table(prepared.session, after).as_data() == letters.as_data()
    assert next(one for one in prepared.live().facts if one.pk == fact.pk).field == f"{fact.field} (mới)"


def test_a_day_before_it_was_entered_calls_an_agency_as_it_was_called_at_first(prepared):
    agency = prepared.world.department
    before = prepared.live(days_ago(3)).as_data()
    agency.change(name="Sở mới")
    agency.change(name="Sở mới nữa")

    assert prepared.live(days_ago(3)).as_data() == before


def test_what_a_delegation_found_reads_as_it_stood_on_the_day(prepared):
    finding = Finding.objects.get(point__petition=prepared.named["disagreed"])
    Finding.history.update(history_date=timezone.now() - timedelta(days=4))
    finding.change(assessed_result="resolved")

    def disagreed(ago):
        return prepared.live(days_ago(ago)).count("disagreed").part

    assert (disagreed(5), disagreed(3), disagreed(0)) == (0, 1, 0)


def test_a_text_split_into_points_later_is_one_point_on_the_day(prepared):
    petition, world = prepared.named["new"], prepared.world
    for model in (Petition, PetitionPoint):
        model.history.update(history_date=timezone.now() - timedelta(days=30))
    before = prepared.live(days_ago(5))
    petitions.revise(petition, by=world.officer, why="Tách ý.", title="Ba ý", points=["Đèn.", "Đường.", "Trường."])

    assert prepared.live(days_ago(5)).as_data() == before.as_data()
    assert prepared.live().count("points").part == prepared.live(days_ago(1)).count("points").part + 2
    petitions.revise(petition, by=world.officer, why="Gộp ý.", title="Một ý", points=["Đèn."])
    PetitionPoint.history.filter(history_type="+").update(history_date=timezone.now() - timedelta(days=30))

    assert prepared.live(days_ago(5)).count("points").part == before.count("points").part + 2
