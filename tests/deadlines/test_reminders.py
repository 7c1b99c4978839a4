"""deadlines/notifications.py: who hears of a due date, on which day, once."""

from datetime import timedelta

import pytest

from accounts.models import Notice
from common.formats import short_date
from deadlines import notifications, workflow
from deadlines.models import Clock, ReminderPlan
from directory.models import Agency
from petitions.models import Assignment


@pytest.fixture(autouse=True)
def plans(world):
    workflow.adopt_defaults(world.council)


def due(world, days):
    return world.forwarded(due_on=world.today + timedelta(days=days))


def told(user, kind=None):
    notices = Notice.objects.filter(user=user, key__startswith="due/", is_void=False)
    return [notice.text for notice in (notices.filter(kind=kind) if kind else notices).order_by("pk")]


def test_a_reminder_says_what_is_due_when_and_how_far_off(world):
    petition = due(world, 10)

    notifications.remind(world.today + timedelta(days=3))

    [notice] = Notice.objects.filter(user=world.drafter, kind="due")
    day = world.today + timedelta(days=10)
    assert notice.text == f"Hạn trả lời của Sở Xây dựng: {day.day:02d}/{_month(day)}/{day.year}, còn 7 ngày."
    assert (notice.group_title, notice.url) == (f"{petition.code} – {petition.title}", petition.get_absolute_url())


def _month(day):
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


@pytest.mark.parametrize(
    ("days_before", "hear"),
    [
        (16, set()),
        (15, {"drafter"}),
        (14, {"drafter"}),
        (3, {"drafter", "head"}),
        (0, {"drafter", "head"}),
        (-1, {"drafter", "head", "officer"}),
        (-7, {"drafter", "head", "officer", "leader"}),
    ],
)
def test_each_role_hears_from_its_day_on(world, days_before, hear):
    due(world, 20)

    notifications.remind(world.today + timedelta(days=20 - days_before))

    people = {"drafter": world.drafter, "head": world.head, "officer": world.officer, "leader": world.leader}
    assert {role for role, user in people.items() if told(user)} == hear
    assert not told(world.other_drafter)


def test_leaders_are_told_that_it_was_brought_to_them(world):
    due(world, 5)

    notifications.remind(world.today + timedelta(days=12))

    assert len(told(world.leader, "escalated")) == len(told(world.head, "escalated")) == 1
    assert len(told(world.officer, "late")) == len(told(world.drafter, "late")) == 1


def test_run_twice_a_day_and_every_day_each_milestone_is_told_once(world):
    due(world, 20)

    for day in range(20):
        notifications.remind(world.today + timedelta(days=day))
        notifications.remind(world.today + timedelta(days=day))

    assert Notice.objects.filter(user=world.drafter, kind="due").count() == 3  # 15, 7 and 3 days before
    assert len(told(world.drafter)) == 1  # the later one has overtaken the earlier


def test_after_days_of_standstill_only_what_holds_now_is_told(world):
    due(world, 20)

    notifications.remind(world.today + timedelta(days=18))

    assert [text.rsplit(", ", 1)[1] for text in told(world.drafter)] == ["còn 2 ngày."]
    assert Notice.objects.filter(user=world.drafter, kind="due").count() == 1


def test_points_of_one_petition_are_one_reminder(world):
    world.forwarded(points=("Một.", "Hai.", "Ba."), due_on=world.today + timedelta(days=7))

    notifications.remind(world.today)

    assert len(told(world.drafter)) == 1


def test_what_is_answered_is_no_longer_said(world):
    petition = due(world, 3)
    notifications.remind(world.today)
    world.issue(world.drafted_reply(petition).document, world.drafter, world.head, world.registrar)

    notifications.remind(world.today)

    assert told(world.drafter) == told(world.head) == []


def test_an_extension_takes_back_the_reminder_and_gives_a_new_one_in_time(world):
    due(world, 3)
    notifications.remind(world.today)
    clock = Assignment.objects.get().clock
    workflow.extend(clock, on=world.today, days=40, reason="chờ", by=world.officer)

    notifications.remind(world.today)

    assert told(world.drafter) == []


def test_nothing_is_late_while_the_clock_is_paused(world):
    due(world, 3)
    workflow.pause(Assignment.objects.get().clock, on=world.today, reason="chờ", by=world.officer)

    notifications.remind(world.today + timedelta(days=30))

    assert told(world.drafter) == told(world.officer) == []


def test_an_internal_date_stays_inside_the_agency(world):
    due(world, 30)
    clock = Clock.objects.get()
    workflow.start_inside(clock, due_on=world.today + timedelta(days=5), on=world.today, by=world.drafter)

    notifications.remind(world.today + timedelta(days=12))

    assert [text.split(":")[0] for text in told(world.drafter)] == ["Hạn nội bộ của Sở Xây dựng"]
    assert told(world.officer) == told(world.leader) == []


def test_nobody_is_reminded_at_an_agency_that_has_ended_but_the_council_still_is(world):
    due(world, 3)
    Agency.objects.filter(pk=world.department.pk).update(valid_to=world.today)

    notifications.remind(world.today)
    assert told(world.drafter) == ["Hạn trả lời của Sở Xây dựng: " + _day(world, 3) + ", còn 3 ngày."]
    notifications.remind(world.today + timedelta(days=10))

    assert told(world.drafter) == told(world.head) == []
    assert len(told(world.officer)) == len(told(world.leader)) == 1


def _day(world, days):
    return short_date(world.today + timedelta(days=days))


def test_a_council_may_choose_other_days(world):
    ReminderPlan.objects.filter(role="drafter").update(before="20", on_the_day=False, after="")
    due(world, 20)

    notifications.remind(world.today)

    assert len(told(world.drafter)) == 1


def test_milestones_are_the_latest_day_that_has_come(world):
    plan = ReminderPlan(before="15, 7,3", on_the_day=True, after="1, 7")

    assert plan.offsets == [-15, -7, -3, 0, 1, 7]
    assert [plan.milestone(offset) for offset in (-20, -15, -8, -7, 0, 3, 90)] == [None, -15, -15, -7, 0, 1, 7]


def test_those_responsible_hear_of_what_others_did(world):
    petition = world.forwarded()

    heard = Notice.objects.filter(kind="event")
    assert set(heard.values_list("user__username", flat=True)) == {"drafter", "head"}
    assert heard.first().text.startswith("Chuyển")
    assert not heard.exclude(group=f"petition/{petition.pk}").exists()


def test_nobody_is_told_of_what_they_did_themselves_nor_of_old_news(world):
    petition = world.forwarded(sent_on=world.today - timedelta(days=8))
    assert not Notice.objects.filter(kind="event").exists()

    world.issue(world.drafted_reply(petition).document, world.drafter, world.head, world.registrar)

    assert set(Notice.objects.filter(kind="event").values_list("user__username", flat=True)) == {"officer"}
