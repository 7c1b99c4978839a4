"""deadlines/counting.py: from a start and a number of days to a due date, and why."""

from datetime import date, timedelta

import pytest

from deadlines.calendar import VIETNAM, WorkingCalendar
from deadlines.counting import Counting, DayOff, count

WORKING, CALENDAR = Counting.WORKING, Counting.CALENDAR


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 25)),  # 24 November is a day off since 2026
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # Friday → Monday
        (date(2026, 11, 30), 5, date(2026, 12, 7)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # a start on a Saturday is not counted either
        (date(2024, 2, 7), 1, date(2024, 2, 15)),  # over Tết Giáp Thìn
        (date(2025, 1, 24), 1, date(2025, 2, 3)),  # over Tết Ất Tỵ
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # over Tết Bính Ngọ
        (date(2026, 2, 10), 10, date(2026, 3, 3)),
        (date(2024, 5, 3), 1, date(2024, 5, 4)),  # the Saturday worked instead of 29 April
        (date(2024, 4, 26), 1, date(2024, 5, 2)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # the Saturday worked instead of 31 August
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2025, 12, 31), 1, date(2026, 1, 2)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
)
def test_working_days_skip_every_day_off(start, days, due):
    derivation = count(start, days, WORKING)

    assert derivation.due_on == due
    assert derivation.moved_from is None
    if days:
        assert VIETNAM.day_off(due) == ""


@pytest.mark.parametrize(
    ("start", "days", "due", "moved_from"),
    [
        (date(2026, 11, 20), 5, date(2026, 11, 25), None),
        (date(2026, 11, 20), 1, date(2026, 11, 23), date(2026, 11, 21)),  # ends on a Saturday
        (date(2026, 11, 20), 2, date(2026, 11, 23), date(2026, 11, 22)),  # ends on a Sunday
        (date(2026, 2, 2), 15, date(2026, 2, 23), date(2026, 2, 17)),  # ends on the first of Tết
        (date(2026, 8, 2), 20, date(2026, 8, 22), None),  # ends on a Saturday that is worked
        (date(2026, 8, 2), 29, date(2026, 9, 3), date(2026, 8, 31)),
        (date(2024, 1, 31), 29, date(2024, 2, 29), None),
        (date(2026, 11, 21), 0, date(2026, 11, 23), date(2026, 11, 21)),
    ],
)
def test_calendar_days_end_on_a_working_day(start, days, due, moved_from):
    derivation = count(start, days, CALENDAR)

    assert (derivation.due_on, derivation.moved_from) == (due, moved_from)


@pytest.mark.parametrize(
    ("start", "days", "counting", "due"),
    [
        (date(2026, 12, 10), -15, CALENDAR, date(2026, 11, 25)),
        (date(2026, 12, 7), -15, CALENDAR, date(2026, 11, 22)),  # a Sunday: “at least 15 days” must not become fewer
        (date(2026, 12, 7), -1, WORKING, date(2026, 12, 4)),
        (date(2026, 12, 10), -5, WORKING, date(2026, 12, 3)),
        (date(2026, 2, 23), -1, WORKING, date(2026, 2, 13)),
        (date(2024, 5, 6), -1, WORKING, date(2024, 5, 4)),
    ],
)
def test_counting_backwards_moves_nothing(start, days, counting, due):
    derivation = count(start, days, counting)

    assert (derivation.due_on, derivation.moved_from) == (due, None)


def test_every_day_skipped_is_named():
    skipped = count(date(2024, 4, 26), 1).skipped

    assert skipped == [
        DayOff(date(2024, 4, 27), "thứ Bảy"),
        DayOff(date(2024, 4, 28), "Chủ nhật"),
        DayOff(date(2024, 4, 29), "Ngày nghỉ (thay cho ngày 04/05/2024)"),
        DayOff(date(2024, 4, 30), "Ngày Chiến thắng"),
        DayOff(date(2024, 5, 1), "Ngày Quốc tế Lao động"),
    ]


def test_the_days_between_a_day_off_and_the_day_it_moved_to_are_named():
    derivation = count(date(2026, 8, 2), 29, CALENDAR)

    assert [skipped.day for skipped in derivation.skipped] == [
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 9, 2),
    ]


@pytest.mark.parametrize("days", range(0, 400, 7))
def test_every_day_is_either_counted_or_named(days):
    start = date(2025, 12, 1)

    derivation = count(start, days, WORKING)

    assert derivation.due_on == start + timedelta(days=days + len(derivation.skipped))
    assert all(skipped.name for skipped in derivation.skipped)


def test_there_and_back_again():
    for days in range(1, 60):
        due = count(date(2026, 1, 5), days).due_on
        assert count(due, -days).due_on == date(2026, 1, 5)


def test_another_calendar_can_be_counted_in():
    calendar = WorkingCalendar({date(2026, 11, 23): "bão"})

    derivation = count(date(2026, 11, 20), 1, WORKING, calendar)

    assert derivation.due_on == date(2026, 11, 24)
    assert derivation.skipped[-1] == DayOff(date(2026, 11, 23), "bão")


@pytest.mark.parametrize(
    ("start", "days", "counting", "sentence"),
    [
        (
            date(2026, 2, 13),
            5,
            WORKING,
            "5 ngày làm việc kể từ ngày 13/02/2026, không tính ngày bắt đầu: hạn là ngày 27/02/2026.",
        ),
        (
            date(2026, 11, 20),
            1,
            CALENDAR,
            (
                "1 ngày kể từ ngày 20/11/2026, không tính ngày bắt đầu; ngày cuối 21/11/2026 là ngày nghỉ nên chuyển "
                "sang ngày làm việc kế tiếp: hạn là ngày 23/11/2026."
            ),
        ),
        (date(2026, 12, 10), -15, CALENDAR, "15 ngày trước ngày 10/12/2026: hạn là ngày 25/11/2026."),
        (date(2026, 12, 10), -5, WORKING, "5 ngày làm việc trước ngày 10/12/2026: hạn là ngày 03/12/2026."),
    ],
)
def test_a_due_date_explains_itself_in_one_sentence(start, days, counting, sentence):
    assert count(start, days, counting).sentence == sentence
