"""reports/times.py: days at each step, the rate of due points, where late ones lost their time."""

from datetime import date, timedelta

import pytest

from documents import after_issue
from petitions import workflow
from petitions.models import Assignment
from reports.loading import load
from reports.times import FIGURES, REASONS, STEPS, Held, SessionTimes
from tests.counting import queries

DAY = date(2026, 6, 30)


def held(**days):
    details = {"petition": 1, "code": "KN-1.1", "title": "Đèn", "agency": 7, "agency_name": "Sở Xây dựng"}
    defaults = {"sent_on": date(2026, 5, 1), "due_on": date(2026, 6, 10)}
    return Held(**details, **{**defaults, **days})


def counted(row):
    return {key for key in (*FIGURES, *REASONS) if row.counts(key, DAY)}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"answered_on": date(2026, 6, 10)}, {"held", "due", "on_time"}),
        ({"answered_on": date(2026, 6, 11)}, {"held", "due", "answered_late", "not_accepted"}),
        ({"accepted_on": date(2026, 5, 3)}, {"held", "due", "open_late", "not_drafted"}),
        (
            {"accepted_on": date(2026, 5, 3), "drafted_on": date(2026, 6, 1)},
            {"held", "due", "open_late", "not_issued"},
        ),
        (
            {"accepted_on": date(2026, 5, 3), "drafted_on": date(2026, 6, 12), "answered_on": date(2026, 6, 15)},
            {"held", "due", "answered_late", "not_drafted"},
        ),
        ({"due_on": DAY}, {"held", "not_due"}),
        ({"due_on": DAY, "answered_on": DAY}, {"held", "due", "on_time"}),
        ({"due_on": date(2026, 7, 5)}, {"held", "not_due"}),
        ({"due_on": date(2026, 7, 5), "answered_on": date(2026, 6, 1)}, {"held", "not_due"}),
        ({"due_on": None}, {"held", "not_due"}),
        ({"returned_on": date(2026, 5, 5)}, set()),
    ],
)
def test_what_counts_a_point(days, expected):
    assert counted(held(**days)) == expected


def test_a_step_has_days_once_it_is_finished():
    row = held(accepted_on=date(2026, 5, 3), drafted_on=date(2026, 5, 20), answered_on=date(2026, 5, 24))

    assert {step: row.days(step) for step in STEPS} == {
        "accept": 2,
        "draft": 17,
        "issue": 4,
        "whole": 23,
        "returned": None,
    }
    assert held(answered_on=date(2026, 4, 1)).days("whole") is None


def times(world):
    return SessionTimes(load(world.session, world.today), world.today)


def test_the_days_come_from_what_happened(world):
    petition = world.forwarded(sent_on=world.today - timedelta(days=10), due_on=world.today)
    workflow.accept(
        Assignment.objects.get(point__petition=petition), by=world.drafter, on=world.today - timedelta(days=8)
    )
    world.issue(world.drafted_reply(petition).document, world.drafter, world.head, world.registrar)

    [row] = times(world).agencies

    assert (row.name, row.rate) == (world.department.name, "100,0%")
    assert row.steps == {"accept": (2, 1), "draft": (8, 1), "issue": (0, 1), "whole": (10, 1), "returned": None}


def test_who_returned_a_point_is_counted_by_the_days_it_was_held(world):
    petition = world.forwarded(sent_on=world.today - timedelta(days=6))
    held = Assignment.objects.get(point__petition=petition)
    workflow.return_(held, by=world.drafter, reason="not_competent", explanation="Của Sở Y tế", on=world.today)

    [row] = times(world).agencies

    assert (row.counts["held"], row.steps["returned"], row.rate) == (0, (6, 1), "-")


@pytest.mark.parametrize(("kind", "figure"), [("recall", "open_late"), ("replacement", "on_time")])
def test_a_recalled_letter_answers_nothing_and_a_replaced_one_keeps_its_day(world, kind, figure):
    def ago(days):
        return world.today - timedelta(days=days)

    petition = world.answered(sent_on=ago(20), due_on=ago(10), on=ago(15))
    letter = petition.points.get().answers.get().reply.document
    amendment = after_issue.amend(letter, kind, by=world.drafter, reason="Sai.")
    world.issue(amendment.document, world.drafter, world.head, world.registrar)

    [row] = times(world).agencies

    assert {key for key, number in row.counts.items() if number} == {"held", "due", figure}
    assert row.steps["whole"] == ((5, 1) if kind == "replacement" else None)


def test_the_page_shows_rate_and_denominator(world, as_):
    world.answered(sent_on=world.today - timedelta(days=5), due_on=world.today)

    page = as_(world.officer).get(f"/reports/sessions/{world.session.pk}/times/").content.decode()

    assert "100,0%" in page
    assert "Sở Xây dựng" in page


def test_strangers_and_agencies_find_no_times(world, elsewhere, as_):
    for user in (elsewhere.officer, world.drafter):
        for page in ("times/", "times/rows/?figure=due&agency=0"):
            assert as_(user).get(f"/reports/sessions/{world.session.pk}/{page}").status_code == 404


@pytest.mark.parametrize("query", ["figure=nothing&agency=0", "figure=due&agency=x", "figure=due", ""])
def test_an_address_that_makes_no_sense_is_not_found(world, as_, query):
    assert as_(world.officer).get(f"/reports/sessions/{world.session.pk}/times/rows/?{query}").status_code == 404


def test_more_rows_take_no_more_queries(world, as_):
    client = as_(world.officer)
    world.forwarded()
    one = queries(client, f"/reports/sessions/{world.session.pk}/times/")
    for _number in range(2):
        world.forwarded()

    assert queries(client, f"/reports/sessions/{world.session.pk}/times/") == one
