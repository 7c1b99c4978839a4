"""Which days are working days, and what a day off is called."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import holidays

_WEEKEND = {5: "thứ Bảy", 6: "Chủ nhật"}


@dataclass(frozen=True)
class WorkingCalendar:
    """Days off by name, and weekend days that are worked instead (làm bù)."""

    days_off: dict[date, str] = field(default_factory=dict)
    working_weekends: frozenset[date] = frozenset()

    def day_off(self, day):
        """The name of a day off: “Quốc khánh”, “thứ Bảy”; "" on a working day."""
        if day in self.working_weekends:
            return ""
        return self.days_off.get(day) or _WEEKEND.get(day.weekday(), "")

    def next_working_day(self, day):
        """`day` itself, or the first working day after it."""
        while self.day_off(day):
            day += timedelta(days=1)
        return day


class _Vietnam(WorkingCalendar):
    """The public calendar of Vietnam, year by year as it is asked for."""

    def day_off(self, day):
        return _year(day.year).day_off(day)


@dataclass(frozen=True)
class CorrectedCalendar(WorkingCalendar):
    """A calendar with entries of one's own on top: they win over what lies beneath."""

    base: Any = None

    def day_off(self, day):
        if day in self.working_weekends:
            return ""
        return self.days_off.get(day) or self.base.day_off(day)


@cache
def _year(year):
    public = holidays.VN(years=year, language="vi")
    return WorkingCalendar(dict(public), frozenset(day for day in public.weekend_workdays if day.year == year))


VIETNAM = _Vietnam()


def public_days(year):
    """[(day, name)] of one year's public calendar in order; a weekend day that is worked has the name ""."""
    public = _year(year)
    return sorted([*public.days_off.items(), *((day, "") for day in public.working_weekends)])
