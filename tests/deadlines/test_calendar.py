"""deadlines/calendar.py: which days are worked."""

from datetime import date, timedelta

import pytest

from deadlines.calendar import VIETNAM, WorkingCalendar

SATURDAY, SUNDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)


def working_days(first, last):
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in days if not VIETNAM.day_off(day)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),
    ],
)
def test_nobody_works_over_tet_and_everybody_on_the_days_around_it(first, last):
    assert working_days(first, last) == []
    assert working_days(first - timedelta(days=1), last + timedelta(days=1)) == [
        first - timedelta(days=1),
        last + timedelta(days=1),
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 2, 10), "Tết Nguyên Đán"),
        (date(2025, 1, 29), "Tết Nguyên Đán"),
        (date(2026, 2, 17), "Tết Nguyên Đán"),
        (date(2026, 9, 2), "Quốc khánh"),
        (date(2026, 4, 30), "Ngày Chiến thắng"),
        (date(2025, 4, 7), "Ngày Giỗ Tổ Hùng Vương"),
        (SATURDAY, "thứ Bảy"),
        (SUNDAY, "Chủ nhật"),
        (MONDAY, ""),
    ],
)
def test_a_day_off_has_a_name(day, name):
    assert VIETNAM.day_off(day) == name


@pytest.mark.parametrize(
    ("worked", "free"),
    [
        (date(2024, 5, 4), date(2024, 4, 29)),
        (date(2025, 4, 26), date(2025, 5, 2)),
        (date(2026, 8, 22), date(2026, 8, 31)),
    ],
)
def test_a_swapped_saturday_is_worked_and_the_day_it_stands_for_is_free(worked, free):
    assert worked.weekday() == 5
    assert free.weekday() < 5
    assert VIETNAM.day_off(worked) == ""
    assert VIETNAM.day_off(free) == f"Ngày nghỉ (thay cho ngày {worked:%d/%m/%Y})"


def test_the_saturdays_around_a_swapped_one_are_free():
    assert VIETNAM.day_off(date(2026, 8, 15)) == VIETNAM.day_off(date(2026, 8, 29)) == "thứ Bảy"


@pytest.mark.parametrize(
    ("day", "worked_next"),
    [
        (MONDAY, MONDAY),
        (SATURDAY, MONDAY),
        (date(2026, 2, 14), date(2026, 2, 23)),
        (date(2026, 8, 29), date(2026, 9, 3)),
        (date(2026, 8, 22), date(2026, 8, 22)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_the_next_working_day_is_the_day_itself_or_the_first_after_it(day, worked_next):
    assert VIETNAM.next_working_day(day) == worked_next


def test_an_office_may_have_a_calendar_of_its_own():
    calendar = WorkingCalendar({MONDAY: "mất điện"}, frozenset({SATURDAY}))

    assert [calendar.day_off(day) for day in (SATURDAY, SUNDAY, MONDAY)] == ["", "Chủ nhật", "mất điện"]
    assert calendar.next_working_day(SUNDAY) == MONDAY + timedelta(days=1)
