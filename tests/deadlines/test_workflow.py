"""deadlines/workflow.py and models.py: a due date follows from events and is never edited."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from deadlines import workflow
from deadlines.counting import Counting
from deadlines.models import Clock, ClockEvent
from tests.refusals import refused

START, DUE = date(2026, 2, 10), date(2026, 3, 3)


@pytest.fixture
def clock(world):
    """Ten working days over Tết 2026."""
    return workflow.start(on=START, by=world.officer, days=10, document="15/HĐND-VP")


def events(clock):
    return [(event.kind, event.happened_on, event.due_on) for event in clock.events.all()]


def test_a_clock_counts_days_and_says_how(clock):
    event = clock.events.get()

    assert (clock.due_on, clock.original_due_on, clock.stopped_on) == (DUE, DUE, None)
    assert (event.days, event.counting, event.due_on, event.document) == (10, "working", None, "15/HĐND-VP")
    assert event.derivation.due_on == DUE
    assert len(event.derivation.skipped) == 11


def test_a_clock_can_count_calendar_days(world):
    clock = workflow.start(on=date(2026, 2, 2), by=world.officer, days=15, counting=Counting.CALENDAR)

    assert clock.due_on == date(2026, 2, 23)
    assert clock.events.get().derivation.moved_from == date(2026, 2, 17)


def test_a_clock_can_start_with_a_date_agreed_in_writing(world):
    clock = workflow.start(on=START, by=world.officer, due_on=date(2026, 6, 30), days=10)

    event = clock.events.get()
    assert (clock.due_on, event.due_on, event.days, event.counting) == (date(2026, 6, 30), date(2026, 6, 30), None, "")
    assert event.derivation is None


def test_what_has_stopped_stops_once(clock, world):
    workflow.stop(clock, on=START, by=world.officer)
    workflow.stop(clock, on=DUE, by=world.leader)

    clock.refresh_from_db()
    assert (clock.stopped_on, [event.kind for event in clock.events.all()]) == (START, ["started", "stopped"])


def test_an_extension_keeps_the_original_date_and_says_who_and_why(clock, world):
    later = DUE + timedelta(days=20)

    extended = workflow.extend(
        clock, on=DUE, due_on=later, reason="chờ kinh phí", by=world.leader, document="20/HĐND-VP"
    )

    assert (extended.due_on, extended.original_due_on) == (later, DUE)
    event = extended.events.last()
    assert (event.kind, event.due_on, event.reason, event.document) == ("extended", later, "chờ kinh phí", "20/HĐND-VP")
    for record in (extended, event):
        row = record.history.first()
        assert (row.history_user, row.history_change_reason) == (world.leader, "chờ kinh phí")


@pytest.mark.parametrize("days", [0, -1])
def test_an_extension_ends_after_the_present_due_date(clock, world, days):
    with pytest.raises(ValidationError, match="phải sau hạn hiện tại") as refused:
        workflow.extend(clock, on=START, due_on=DUE + timedelta(days=days), reason="x", by=world.leader)

    assert list(refused.value.message_dict) == ["due_on"]
    assert clock.events.count() == 1


def test_an_extension_is_judged_by_the_clock_as_it_stands_not_as_it_was_read(clock, world):
    stale = Clock.objects.get(pk=clock.pk)
    workflow.extend(clock, on=START, due_on=DUE + timedelta(days=30), reason="lần 1", by=world.leader)

    with pytest.raises(ValidationError):
        workflow.extend(stale, on=START, due_on=DUE + timedelta(days=10), reason="lần 2", by=world.leader)


def test_each_extension_counts_from_the_last(clock, world):
    for days in (10, 20, 30):
        clock = workflow.extend(clock, on=START, due_on=DUE + timedelta(days=days), reason="x", by=world.leader)

    assert (clock.due_on, clock.original_due_on) == (DUE + timedelta(days=30), DUE)
    assert clock.events.count() == 4


def test_a_clock_stops_on_the_day_of_the_act(clock, world):
    stopped = workflow.stop(clock, on=date(2026, 2, 27), by=world.drafter, reason="đã trả lời")

    assert (stopped.stopped_on, stopped.due_on) == (date(2026, 2, 27), DUE)
    assert events(stopped)[-1] == ("stopped", date(2026, 2, 27), None)
    assert stopped.history.first().history_user == world.drafter


@pytest.mark.parametrize("act", ["extend", "pause", "resume"])
def test_the_time_of_a_stopped_clock_does_not_change(clock, world, act):
    workflow.pause(clock, on=START, reason="chờ", by=world.leader)
    workflow.stop(clock, on=DUE, by=world.drafter)
    details = {"due_on": DUE + timedelta(days=5)} if act == "extend" else {}

    with refused("Thời hạn đã kết thúc."):
        getattr(workflow, act)(clock, on=DUE, reason="x", by=world.leader, **details)

    clock.refresh_from_db()
    assert (clock.due_on, clock.stopped_on, clock.events.count()) == (DUE, DUE, 3)


def test_a_reopened_clock_runs_on_as_if_it_had_not_stopped_and_says_who_and_why(clock, world):
    workflow.stop(clock, on=DUE, by=world.drafter)

    running = workflow.reopen(clock, on=DUE, by=world.registrar, reason="thu hồi 01/SXD", document="02/SXD")

    assert (running.due_on, running.stopped_on) == (DUE, None)
    event = running.events.last()
    assert (event.kind, event.happened_on, event.due_after) == ("reopened", DUE, DUE)
    assert (event.recorded_by, event.reason, event.document) == (world.registrar, "thu hồi 01/SXD", "02/SXD")
    assert workflow.extend(running, on=DUE, days=5, reason="x", by=world.leader).due_on > DUE
    derived = Clock.objects.get(pk=clock.pk).derived
    assert derived.sentences[1] == "Sau khi gia hạn 1 lần, tính tiếp 1 lần, hạn hiện nay là ngày 10/3/2026."


def test_clocks_beside_it_are_reopened_if_they_stopped_with_it(clock, world):
    replaced = workflow.start_inside(clock, due_on=START + timedelta(days=3), on=START, by=world.head)
    inside = workflow.start_inside(clock, due_on=START + timedelta(days=5), on=START, by=world.head)
    workflow.stop(clock, on=DUE, by=world.drafter)

    workflow.reopen(clock, on=DUE, by=world.registrar, reason="thu hồi")

    assert list(clock.inside.open()) == [inside]
    replaced.refresh_from_db()
    assert replaced.stopped_on == START


def test_a_clock_that_runs_is_not_reopened(clock, world):
    workflow.reopen(clock, on=DUE, by=world.registrar, reason="thu hồi")

    assert clock.events.count() == 1


def test_reasons_left_out_are_recorded_in_vietnamese(clock, world):
    workflow.stop(clock, on=DUE, by=world.drafter)

    assert list(clock.history.values_list("history_change_reason", flat=True)) == [
        "dừng tính thời hạn",
        "bắt đầu tính thời hạn",
    ]


def test_an_event_says_either_a_date_or_a_number_of_days(clock):
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockEvent.objects.create(clock=clock, kind="extended", happened_on=START)

    assert ClockEvent.objects.create(clock=clock, kind="stopped", happened_on=START).derivation is None


def test_nothing_is_left_of_a_clock_that_could_not_start(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        workflow.start(on=START, by=world.officer, days=-3)

    assert not Clock.objects.exists()


def test_a_clock_and_its_events_read_as_days(clock):
    assert str(clock) == "03/03/2026"
    assert str(clock.events.get()) == "bắt đầu 10/02/2026"


def test_the_page_tells_why_this_date(clock, world):
    workflow.extend(clock, on=DUE, due_on=date(2026, 3, 31), reason="chờ kinh phí", by=world.leader, document="20/HĐND")

    text = " ".join(render_to_string("deadlines/_why.html", {"clock": Clock.objects.get(pk=clock.pk)}).split())

    assert "10 ngày làm việc kể từ ngày 10/02/2026, không tính ngày bắt đầu: hạn là ngày 03/3/2026." in text
    assert "(15/HĐND-VP)" in text
    assert "<strong>31/3/2026</strong> — chờ kinh phí" in text
    assert "03/3/2026." in text.split("chờ kinh phí")[1]
